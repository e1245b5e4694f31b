"""Timelines of `Date | Update`."""

import pytest

from monitor.domain.claims import Skipped
from monitor.domain.identity import Kind
from monitor.domain.when import read_value
from monitor.parsing.documents import Row, Table, Text
from monitor.parsing.tables.rows import Frame, Rows
from monitor.parsing.tables.timelines import is_timeline, read_timeline
from tests.parsing.saying import short

FRAME = Frame("acme", read_value("2026-06-03"))


def timeline(*rows: tuple[str, str | Text], cut: bool = False) -> Table:
    cells = [(Text(date), Text(update) if isinstance(update, str) else update) for date, update in rows]
    return Table((Text("Date"), Text("Update")), tuple(Row(pair, cut=cut and pair == cells[-1]) for pair in cells))


def read(*rows: tuple[str, str | Text], topic: str = "Evals platform", cut: bool = False) -> Rows:
    return read_timeline(timeline(*rows, cut=cut), FRAME, topic)


@pytest.mark.parametrize(
    ("header", "is_one"),
    [(("Date", "Update"), True), (("When", "What"), True), (("Date", "Model", "Update"), False), (("Shutdown date", "Model"), False)],
)
def test_a_timeline_has_dates_and_updates_and_no_models(header: tuple[str, ...], is_one: bool) -> None:  # noqa: FBT001 - a value under test
    assert is_timeline(Table(tuple(Text(word) for word in header), ())) is is_one


def test_the_topic_ends_where_the_row_names_nothing_in_code() -> None:
    rows = read(("June 3, 2026", "Deprecation announced."), ("Nov 30, 2026", "It is scheduled to shut down."))
    assert short(rows.statements) == [
        ("acme/Evals platform", "retires", "2026-11-30", "Nov 30, 2026 | It is scheduled to shut down."),
        ("acme/Evals platform", "deprecated", "2026-06-03", "June 3, 2026 | Deprecation announced."),
    ]
    assert {(said.kind, said.said_on) for said in rows.statements} == {(Kind.SERVICE, read_value("2026-06-03"))}


def test_what_the_row_of_the_end_names_in_code_ends_and_was_announced() -> None:
    end = Text("The v1/prompts API and prompt objects will be removed. So will nothing else.", ("v1/prompts",))
    assert short(read(("June 3, 2026", "Deprecation announced."), ("Nov 30, 2026", end)).statements) == [
        ("acme/v1/prompts", "retires", "2026-11-30", f"Nov 30, 2026 | {end.plain}"),
        ("acme/prompt objects", "retires", "2026-11-30", f"Nov 30, 2026 | {end.plain}"),
        ("acme/v1/prompts", "deprecated", "2026-06-03", "June 3, 2026 | Deprecation announced."),
        ("acme/prompt objects", "deprecated", "2026-06-03", "June 3, 2026 | Deprecation announced."),
    ]


def test_code_that_is_not_the_subject_does_not_end() -> None:
    end = Text("The platform will be removed; call v2/evals from then on.", ("v2/evals",))
    assert [said[0] for said in short(read(("Nov 30, 2026", end)).statements)] == ["acme/Evals platform"]


def test_nobody_being_able_to_create_any_longer_is_an_end() -> None:
    said = short(read(("Jan 6, 2027", "Customers will no longer be able to create jobs."), topic="fine-tuning").statements)
    assert said == [("acme/fine-tuning", "retires", "2027-01-06", "Jan 6, 2027 | Customers will no longer be able to create jobs.")]


def test_an_announcement_alone_is_of_the_topic() -> None:
    assert [said[:3] for said in short(read(("June 3, 2026", "We announced that it is deprecated.")).statements)] == [
        ("acme/Evals platform", "deprecated", "2026-06-03")
    ]


@pytest.mark.parametrize(
    ("date", "update", "reason"),
    [
        ("Oct 31, 2026", "Everything becomes read-only.", "a step that ends nothing"),
        ("soon", "It will be removed.", "a step that ends nothing"),
        ("May 7, 2026", "Removed for organizations that have not used it.", "only some customers"),
    ],
)
def test_a_step_that_ends_nothing_for_everybody_is_skipped_with_the_reason(date: str, update: str, reason: str) -> None:
    rows = read((date, update))
    assert (rows.statements, rows.skipped) == ([], [Skipped(f"{date} | {update}", reason, f"timeline: {reason}")])


def test_the_row_at_which_the_document_breaks_off_says_nothing() -> None:
    rows = read(("Nov 30, 2026", "It will be removed."), cut=True)
    assert (rows.statements, rows.cut, len(rows.skipped)) == ([], True, 1)


def test_a_short_row_is_skipped() -> None:
    table = Table((Text("Date"), Text("Update")), (Row((Text("Nov 30, 2026"),), short=True),))
    assert [skipped.text for skipped in read_timeline(table, FRAME, "x").skipped] == ["Nov 30, 2026 | "]


def test_a_step_that_names_nothing_under_no_heading_is_skipped_with_that_reason() -> None:
    rows = read(("2026-07-31", "We announced the end."), ("2027-01-06", "You will no longer be able to create new jobs."), topic="")
    assert rows.statements == []
    assert [skipped.shape for skipped in rows.skipped][-1] == "timeline: nothing named"
    named = read(("2027-01-06", Text("`v1/evals` will be shut down.", ("v1/evals",))), topic="")
    assert [statement.key.model for statement in named.statements] == ["v1/evals"]
