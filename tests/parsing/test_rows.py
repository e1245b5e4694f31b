"""Tables → statements: what a row states, what it is narrowed to, and what is skipped with its reason."""

import re

import pytest

from monitor.domain.claims import Statement
from monitor.domain.facts import Retires, fact_name, fact_value
from monitor.domain.identity import scope_of
from monitor.domain.when import read_value
from monitor.parsing.dates import Order
from monitor.parsing.documents import Row, Table, Text
from monitor.parsing.tables.rows import Frame, read_rows, speaks_of_lifecycles

FRAME = Frame("azure")
SCHEDULE = ("Model", "Version", "Lifecycle", "Retirement date", "Replacement")


def table(header: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    """A table of plain cells."""
    return Table(tuple(map(Text, header)), tuple(Row(tuple(map(Text, row))) for row in rows))


def brief(statement: Statement) -> str:
    said = f"{fact_name(statement.fact)} {fact_value(statement.fact)}".rstrip()
    return f"{statement.kind.value} {statement.key.model} [{statement.key.scope}] {said}"


def read(found: Table, frame: Frame = FRAME) -> list[str]:
    return [brief(statement) for statement in read_rows(found, frame).statements]


def skipped(found: Table) -> list[str]:
    return [item.shape for item in read_rows(found, FRAME).skipped]


def test_a_version_narrows_a_row_and_a_dash_does_not() -> None:
    found = table(SCHEDULE, ("gpt-4o", "2024-08-06", "GA", "2026-10-01", "gpt-5.1"), ("grok-4", "—", "GA", "—", "—"))
    assert read(found) == [
        "model gpt-4o [version=2024-08-06] stage active",
        "model gpt-4o [version=2024-08-06] retires 2026-10-01",
        "model gpt-4o [version=2024-08-06] replaced_by gpt-5.1",
        "model grok-4 [] stage active",
    ]


def test_a_version_behind_the_name_narrows_a_row_without_a_column_of_versions() -> None:
    header = ("Model", "Retirement date", "Suggested replacement")
    found = table(header, ("a-1 - 0301", "2025-02-13", "a-1 (0125), b-2"), ("a-1 - 2024-10-01", "2025-03-26", "b-2"))
    assert read(found) == [
        "model a-1 [version=0301] retires 2025-02-13",
        "model a-1 [version=0301] replaced_by a-1",
        "model a-1 [version=0301] replaced_by b-2",
        "model a-1 [version=2024-10-01] retires 2025-03-26",
        "model a-1 [version=2024-10-01] replaced_by b-2",
    ]


def test_each_of_several_columns_of_ends_holds_for_what_its_header_names() -> None:
    header = ("Model", "On-Demand Retirement Date", "Dedicated Mode Retirement Date", "Suggested Replacement")
    found = table(header, ("a-1", "2024-10-02", "2025-08-07", "b-2"), ("c-3", "", "2025-08-07", ""))
    assert read(found) == [
        "model a-1 [deployment=on-demand] retires 2024-10-02",
        "model a-1 [deployment=dedicated] retires 2025-08-07",
        "model a-1 [] replaced_by b-2",
        "model c-3 [deployment=dedicated] retires 2025-08-07",
    ]
    found = table(("Model", "Shutdown date", "Free tier shutdown", "End of life"), ("a-1", "2026-02-07", "2026-01-02", "2027-08-07"))
    assert read(found) == ["model a-1 [] retires 2026-02-07", "model a-1 [tier=free] retires 2026-01-02"]
    assert skipped(found) == ["retires: unreadable date"]


def test_a_cell_tells_an_end_in_words_where_no_column_prints_it() -> None:
    found = table(
        ("Model", "Status", "Notes"),
        ("a-1", "Closing down: 2026-02-17", ""),
        ("b-1", "Deprecated (June 1, 2026)", ""),
        ("c-1", "Deprecated, EOL 2026-06-01", ""),
        ("d-1", "Active until June 1, 2026", ""),
        ("k-1", "Retiring", "Soon."),
        ("e-1", "Active", "Will be retired on June 1, 2026."),
        ("f-1", "Active", "`g-1` will be retired on June 1, 2026."),
        ("h-1", "Active", "It may be retired in 2027."),
        ("i-1", "Active", "Was released on June 1, 2026, when h-1 retired."),
        ("j-1", "Active", "Will be retired on June 1, 2026. " * 100),
    )
    assert read(found) == [
        "model a-1 [] stage deprecated",
        "model a-1 [] retires 2026-02-17",
        "model b-1 [] stage deprecated",
        "model b-1 [] deprecated 2026-06-01",
        "model c-1 [] stage deprecated",
        "model c-1 [] retires 2026-06-01",
        "model d-1 [] stage active",
        "model d-1 [] retires 2026-06-01",
        "model k-1 [] stage deprecated",
        "model e-1 [] stage active",
        "model e-1 [] retires 2026-06-01",
        "model f-1 [] stage active",
        "model h-1 [] stage active",
        "model i-1 [] stage active",
        "model j-1 [] stage active",
    ]
    assert skipped(found) == ["other: unreadable date"] * 2


def test_where_a_column_prints_the_end_words_beside_it_are_no_other() -> None:
    found = table(
        ("Model", "Status", "Shutdown date", "Notes"),
        ("a-1", "Deprecated (June 1, 2026)", "2026-10-01", "Will be retired on June 1, 2026."),
        ("b-1", "Deprecated", "mid-2026", "Will be retired on June 1, 2026."),
    )
    assert read(found) == ["model a-1 [] stage deprecated", "model a-1 [] retires 2026-10-01", "model b-1 [] stage deprecated"]
    found = table(("Model", "Status", "Deprecated"), ("a-1", "Deprecated (June 1, 2026), shutdown July 1, 2026", "2026-05-01"))
    assert read(found)[1:] == ["model a-1 [] deprecated 2026-05-01", "model a-1 [] retires 2026-07-01"]


@pytest.mark.parametrize(
    ("note", "replaced"),
    [
        ("Please migrate to `a-2`", ["a-2"]),
        ("Use `a-2` or `a-3` for image generation instead.", ["a-2", "a-3"]),
        ("`a-1` is replaced by `a-2`.", ["a-2"]),
        ("Replaces `a-0`. Switch to Claude Opus 4.5 or Claude Sonnet 4.5", ["Claude Opus 4.5", "Claude Sonnet 4.5"]),
        ("`a-0` was replaced by `a-1`.", []),
        ("`b-1` users should switch to `b-2`.", []),
        ("Please use the Responses API.", []),
    ],
)
def test_a_note_tells_what_replaces_a_model_where_no_column_does(note: str, replaced: list[str]) -> None:
    header = ("Model", "Status", "Retirement date", "Notes")
    cells = tuple(
        Text(cell.replace("`", ""), codes=tuple(re.findall(r"`(.+?)`", cell))) for cell in ("`a-1`", "Legacy", "2027-01-15", note)
    )
    found = Table(tuple(map(Text, header)), (Row(cells),))
    assert [said.partition(" replaced_by ")[2] for said in read(found) if "replaced_by" in said] == replaced


def test_a_model_that_stays_is_told_of_others_without_being_replaced() -> None:
    found = table(
        ("Model", "Status", "Description"), ("a-2", "Active", "Migrate to a-3 for testing."), ("a-1", "Deprecated", "Migrate to a-2.")
    )
    assert read(found) == ["model a-2 [] stage active", "model a-1 [] stage deprecated", "model a-1 [] replaced_by a-2"]


def test_a_model_is_replaced_by_itself_only_in_another_version() -> None:
    found = table(
        SCHEDULE,
        ("sora-2", "2025-10-06", "Preview", "2026-07-15", "sora-2 (2025-12-08)"),
        ("sora-2", "2025-12-08", "Preview", "2026-09-15", "sora-2 (2025-12-08)"),
        ("o1", "2024-12-17", "Preview", "2026-09-15", "o1"),
        ("o3", "—", "Preview", "2026-09-15", "o3 (preferred)"),
    )
    assert [line for line in read(found) if "replaced_by" in line] == ["model sora-2 [version=2025-10-06] replaced_by sora-2"]


def test_fine_tuning_ends_twice_and_is_no_model() -> None:
    header = ("Model", "Version", "Training retirement date", "Deployment retirement date")
    found = table(header, ("o4-mini", "2025-04-16", "No earlier than 2027-04-16", "2027-10-16"))
    assert read(found) == [
        "service o4-mini [feature=fine-tuning phase=deployment version=2025-04-16] retires 2027-10-16",
        "service o4-mini [feature=fine-tuning phase=training version=2025-04-16] retires 2027-04-16",
    ]


def test_training_on_a_model_is_not_the_model() -> None:
    cell = Text("New fine-tuning training on babbage-002", ("babbage-002",))
    found = Table((Text("Model"), Text("Shutdown date")), (Row((cell, Text("2024-10-28"))),))
    assert read(found) == ["service babbage-002 [feature=fine-tuning] retires 2024-10-28"]


def test_regions_beside_one_date_hold_for_the_whole_row() -> None:
    header = ("Model version", "Legacy date", "EOL date", "Recommended replacement", "Recommended model ID")
    found = table(
        header,
        ("Claude 3.5 Sonnet v1", "January 30, 2026", "July 30, 2026 (ap-northeast-1)", "Claude Sonnet 4.5", "anthropic.claude-sonnet-4-5"),
        (
            "Claude 3 Opus",
            "July 15, 2025 (us-east-1)",
            "Mar 1, 2026 (us-west-2)",
            "Claude Opus 4.1, Claude Sonnet 4.5",
            "anthropic.claude-opus-4-1",
        ),
        ("Claude v2", "January 21, 2025", "July 21, 2025", "—", "—"),
    )
    assert read(found) == [
        "model Claude 3.5 Sonnet v1 [region=ap-northeast-1] retires 2026-07-30",
        "model Claude 3.5 Sonnet v1 [region=ap-northeast-1] deprecated 2026-01-30",
        "model Claude 3.5 Sonnet v1 [region=ap-northeast-1] replaced_by anthropic.claude-sonnet-4-5",
        "model Claude 3 Opus [region=us-west-2] retires 2026-03-01",
        "model Claude 3 Opus [region=us-east-1] deprecated 2025-07-15",
        "model Claude 3 Opus [] replaced_by Claude Opus 4.1",
        "model Claude 3 Opus [] replaced_by Claude Sonnet 4.5",
        "model Claude v2 [] retires 2025-07-21",
        "model Claude v2 [] deprecated 2025-01-21",
    ]


def test_a_floor_without_a_header_is_still_a_floor() -> None:
    header = ("Model name", "Model ID", "Launch date", "Input modalities")
    found = table(header, ("Nova", "amazon.nova-v1:0", "4/28/2025", "No sooner than 4/28/2026", "Text 2 and more"))
    assert speaks_of_lifecycles(found)
    statements = read_rows(found, Frame("bedrock", order=Order.MDY, promises=True)).statements
    assert [brief(statement) for statement in statements] == [
        "model amazon.nova-v1:0 [] released 2025-04-28",
        "model amazon.nova-v1:0 [] retires 2026-04-28",
    ]
    assert [statement.fact.promise for statement in statements if isinstance(statement.fact, Retires)] == [True]


def test_a_floor_in_a_column_with_a_header_is_read_once() -> None:
    header = ("Model ID", "Launch date")
    found = table(header, ("amazon.nova-v1:0", "No sooner than 4/28/2026", "x"))
    assert read(found, Frame("bedrock", order=Order.MDY)) == ["model amazon.nova-v1:0 [] released 2026-04-28"]


@pytest.mark.parametrize(
    ("days", "read_as"),
    [
        (("12/03/24", "03/31/25"), ["2024-12-03", "2025-03-31"]),
        (("03/12/2024", "31/03/2025"), ["2024-12-03", "2025-03-31"]),
        (("12/03/24", "25/03/31"), []),  # a year may come first
        (("12/03/2024", "03/31/2025", "31/03/2025"), ["2025-03-31", "2025-03-31"]),  # both orders
        (("12/03/2024", "04/05/2025"), []),
    ],
)
def test_the_order_of_a_table_s_dates_is_that_of_those_that_have_but_one(days: tuple[str, ...], read_as: list[str]) -> None:
    found = table(("Model", "Shutdown date"), *((f"a-{at}", day) for at, day in enumerate(days)))
    assert [said.split()[-1] for said in read(found)] == read_as
    assert len(skipped(found)) == len(days) - len(read_as)


def test_tables_that_speak_of_no_life_are_left_alone() -> None:
    assert not speaks_of_lifecycles(table(("Model", "Context window"), ("gpt-4o", "128,000")))
    assert not speaks_of_lifecycles(table(("Region", "EOL date"), ("us-east-1", "2026-01-01")))
    assert not speaks_of_lifecycles(table(("Model", "Price"), ("gpt-4o", "$1", "2026-01-01")))


def test_cells_that_do_not_stand_together_are_quoted_alone() -> None:
    found = Table((Text("Model"), Text("Shutdown date")), (Row((Text("gpt-4o"), Text("2026-10-01")), apart=True),))
    assert [statement.quote for statement in read_rows(found, FRAME).statements] == ["2026-10-01"]


def test_a_row_that_states_nothing_is_skipped_with_its_reason() -> None:
    found = table(
        SCHEDULE,
        ("gpt-5", "1", "", "soon after 2026-10-01", ""),
        ("", "1", "", "2026-10-01", ""),
        ("o3 until 2026-10-01", "1", "", "", ""),
        ("", "", "", "", ""),
    )
    assert skipped(found) == ["retires: unreadable date", "no model", "no meaning"]


def test_a_row_in_which_the_page_breaks_off_counts_for_nothing() -> None:
    found = Table((Text("Model"), Text("Shutdown date")), (Row((Text("gpt-4o"), Text("2026-1")), cut=True),))
    rows = read_rows(found, FRAME)
    assert (rows.cut, rows.statements, [item.shape for item in rows.skipped]) == (True, [], ["cut"])


def test_what_the_page_says_around_a_table_holds_in_it() -> None:
    frame = Frame("azure", read_value("2026-04-14"), "### 2026-04-14: Notice", all_floors=True, scope=scope_of({"cloud": "government"}))
    found = table(("Model", "Shutdown date"), ("gpt-4o", "2026-10-01"))
    rows = read_rows(found, frame)
    assert [brief(statement) for statement in rows.statements] == [
        "model gpt-4o [cloud=government] retires 2026-10-01",
        "model gpt-4o [cloud=government] deprecated 2026-04-14",
    ]
    assert [statement.fact.on.is_floor for statement in rows.statements if isinstance(statement.fact, Retires)] == [True]


def test_a_service_is_not_narrowed_by_its_section() -> None:
    found = table(("Endpoint", "Shutdown date"), ("/v1/engines", "2026-10-01"))
    frame = Frame("openai", scope=scope_of({"feature": "fine-tuning"}))
    assert read(found, frame) == ["service /v1/engines [] retires 2026-10-01"]


def test_a_row_with_a_name_among_its_dates_is_skipped_whole() -> None:
    header = ("Model", "Status", "Legacy date", "Deprecation date", "Retirement date", "Replacement")
    found = table(
        header, ("heron-3-large", "Legacy", "June 1, 2027", "December 1, 2027", "heron-4-large", ""), ("a-1", "GA", "", "", "P1", "")
    )
    assert read(found) == ["model a-1 [] stage active"]
    assert skipped(found) == ["retires: unreadable date", "retires: unreadable date"]
