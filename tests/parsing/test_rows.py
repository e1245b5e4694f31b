"""One table → statements, by column role."""

import pytest

from monitor.domain.claims import Skipped
from monitor.domain.identity import EVERYWHERE, Kind, Scope, scope_of
from monitor.domain.when import read_value
from monitor.parsing.dates import Order
from monitor.parsing.documents import Row, Table, Text
from monitor.parsing.rows import Frame, Rows, read_rows, speaks_of_lifecycles
from tests.parsing.saying import short, status

FRAME = Frame("acme")
SAID = Frame("acme", read_value("2026-06-11"), "2026-06-11: Old models")


def code(name: str) -> Text:
    return Text(name, (name,))


def row(*cells: str | Text, group: str = "", cut: bool = False) -> Row:
    return Row(tuple(Text(cell) if isinstance(cell, str) else cell for cell in cells), group=group, cut=cut)


def table(header: str, *rows: Row) -> Table:
    return Table(tuple(Text(word.strip()) for word in header.split("|")), rows)


def read(header: str, *rows: Row, frame: Frame = FRAME) -> Rows:
    return read_rows(table(header, *rows), frame)


@pytest.mark.parametrize(
    ("header", "speaks"),
    [
        ("Shutdown date | Model", True),
        ("Parameter | Status", True),
        ("Model ID | Deprecated", True),
        ("Model | System redirect", True),
        ("Model | Price", False),
        ("Date | Update", False),
        ("Benchmark | Score", False),
    ],
)
def test_a_table_of_lifecycles_has_a_subject_and_a_state_or_a_date(header: str, speaks: bool) -> None:  # noqa: FBT001
    assert speaks_of_lifecycles(table(header)) is speaks


def test_every_column_gives_its_fact() -> None:
    rows = read(
        "Model | State | Released | Deprecated | Redirect date | Shutdown date | Replacement",
        row("a-1", "Deprecated", "May 2023", "2026-01-02", "2026-03-04", "2026-05-06", "a-2"),
    )
    assert short(rows.statements) == [
        ("acme/a-1", "stage", "deprecated", "a-1 | Deprecated"),
        ("acme/a-1", "retires", "2026-05-06", "a-1 | Deprecated | May 2023 | 2026-01-02 | 2026-03-04 | 2026-05-06"),
        ("acme/a-1", "deprecated", "2026-01-02", "a-1 | Deprecated | May 2023 | 2026-01-02"),
        ("acme/a-1", "released", "2023-05", "a-1 | Deprecated | May 2023"),
        ("acme/a-1", "redirects", "2026-03-04", "a-1 | Deprecated | May 2023 | 2026-01-02 | 2026-03-04"),
        ("acme/a-1", "replaced_by", "a-2", "a-1 | Deprecated | May 2023 | 2026-01-02 | 2026-03-04 | 2026-05-06 | a-2"),
    ]
    assert status(rows.statements) == {"a-1"}
    assert {said.said_on for said in rows.statements} == {None}


def test_an_announcement_gives_its_day_to_every_row_without_one() -> None:
    rows = read("Shutdown date | Model", row("2026-12-11", code("a-1")), row("---", code("a-2")), frame=SAID)
    assert short(rows.statements) == [
        ("acme/a-1", "retires", "2026-12-11", "2026-12-11 | a-1"),
        ("acme/a-1", "deprecated", "2026-06-11", "2026-06-11: Old models"),
        ("acme/a-2", "deprecated", "2026-06-11", "2026-06-11: Old models"),
    ]
    assert status(rows.statements) == set()
    assert {said.said_on for said in rows.statements} == {read_value("2026-06-11")}


def test_a_deprecated_column_speaks_for_itself() -> None:
    rows = read("Model | Deprecated | Shutdown date", row("a-1", "2026-05-05", "2026-12-11"), frame=SAID)
    assert short(rows.statements)[1:] == [("acme/a-1", "deprecated", "2026-05-05", "a-1 | 2026-05-05")]


@pytest.mark.parametrize(
    ("state", "promises", "all_floors", "value"),
    [
        ("Active", False, False, "promise:2027-06-09"),
        ("Preview", False, False, "promise:2027-06-09"),
        ("Legacy", False, False, "promise:2027-06-09"),
        ("Deprecated", False, False, "not_before:2027-06-09"),
        ("Deprecated", True, False, "promise:2027-06-09"),
        ("Active", True, True, "not_before:2027-06-09"),
    ],
)
def test_a_floor_promises_beside_a_living_model_and_schedules_elsewhere(state: str, promises: bool, all_floors: bool, value: str) -> None:  # noqa: FBT001
    frame = Frame("acme", promises=promises, all_floors=all_floors)
    rows = read("Model | State | Retirement date", row("a-1", state, "Not sooner than June 9, 2027"), frame=frame)
    assert [said[1:3] for said in short(rows.statements)][1] == ("retires", value)


def test_where_all_dates_are_the_earliest_an_exact_one_is_a_floor() -> None:
    rows = read("Model | Shutdown date", row("a-1", "June 9, 2027"), frame=Frame("acme", all_floors=True))
    assert short(rows.statements) == [("acme/a-1", "retires", "not_before:2027-06-09", "a-1 | June 9, 2027")]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("No shutdown date announced", [("acme/a-1", "no_retirement", "", "a-1 | No shutdown date announced")]),
        ("N/A", []),
        ("—", []),
    ],
)
def test_only_a_cell_that_says_so_in_words_says_that_there_is_no_date(cell: str, found: list[object]) -> None:
    assert short(read("Model | Shutdown date", row("a-1", cell)).statements) == found


def test_the_order_of_numeric_dates_is_the_pages() -> None:
    american = read("Model | Shutdown date", row("a-1", "4/5/2026"), frame=Frame("acme", order=Order.MDY))
    refused = read("Model | Shutdown date", row("a-1", "4/5/2026"))
    assert short(american.statements) == [("acme/a-1", "retires", "2026-04-05", "a-1 | 4/5/2026")]
    assert refused.skipped == [Skipped("a-1 | 4/5/2026", "unreadable date: 4/5/2026", "retires: unreadable date")]


def test_a_group_row_is_the_state_of_the_rows_below_it_that_have_none() -> None:
    rows = read(
        "Model | State | Shutdown date",
        row("a-1", "", "2026-12-11", group="Preview models"),
        row("a-2", "see below", "2026-12-11", group="Preview models"),
        row("a-3", "GA", "2026-12-11", group="Preview models"),
        row("a-4", "", "2026-12-11", group="Other models"),
    )
    stages = [said for said in short(rows.statements) if said[1] == "stage"]
    assert stages == [
        ("acme/a-1", "stage", "preview", "Preview models"),
        ("acme/a-2", "stage", "preview", "Preview models"),
        ("acme/a-3", "stage", "active", "a-3 | GA"),
    ]


def test_a_link_in_a_row_keeps_the_quote_to_the_value() -> None:
    linked = Text("a-2", links=(("a-2", "https://example.org"),))
    rows = read("Model | Replacement | Shutdown date", row("a-1", linked, "2026-12-11"))
    assert short(rows.statements) == [
        ("acme/a-1", "retires", "2026-12-11", "2026-12-11"),
        ("acme/a-1", "replaced_by", "a-2", "a-2"),
    ]


def test_a_footnote_mark_keeps_the_quote_to_the_value() -> None:
    marked = Text("2026-12-11", marks=("1",))
    assert short(read("Model | Shutdown date", row("a-1", marked)).statements) == [("acme/a-1", "retires", "2026-12-11", "2026-12-11")]


def test_a_model_is_not_its_own_replacement() -> None:
    rows = read("Model | Shutdown date | Replacement", row("Sora-2", "2026-12-11", "sora-2, sora-3"))
    assert [said[1:3] for said in short(rows.statements)] == [("retires", "2026-12-11"), ("replaced_by", "sora-3")]


def test_a_family_column_marks_families_but_no_snapshots_and_no_services() -> None:
    rows = read("Model family / snapshot | Shutdown date", *(row(code(name), "2026-12-11") for name in ("a-1", "a-1-2025-08-28", "v1/a")))
    assert [(said.key.model, said.family, said.kind) for said in rows.statements] == [
        ("a-1", True, Kind.MODEL),
        ("a-1-2025-08-28", False, Kind.MODEL),
        ("v1/a", False, Kind.SERVICE),
    ]


@pytest.mark.parametrize(
    ("header", "cell", "frame_scope", "kind", "scope"),
    [
        ("Model", Text("New fine-tuning training on b-2", ("b-2",)), EVERYWHERE, Kind.SERVICE, scope_of({"feature": "fine-tuning"})),
        ("Model", code("b-2"), scope_of({"feature": "fine-tuning"}), Kind.MODEL, scope_of({"feature": "fine-tuning"})),
        ("Model", code("/v1/b"), scope_of({"feature": "fine-tuning"}), Kind.SERVICE, EVERYWHERE),
        ("Parameter", code("b_2"), EVERYWHERE, Kind.SERVICE, EVERYWHERE),
        ("System", code("b-2"), EVERYWHERE, Kind.SERVICE, EVERYWHERE),
    ],
)
def test_models_and_services_and_their_scopes(header: str, cell: Text, frame_scope: Scope, kind: Kind, scope: Scope) -> None:
    rows = read(f"{header} | Shutdown date", row(cell, "2026-12-11"), frame=Frame("acme", scope=frame_scope))
    assert [(said.kind, said.key.scope) for said in rows.statements] == [(kind, scope)]


@pytest.mark.parametrize(
    ("header", "cells", "reason", "shape"),
    [
        ("Model | Shutdown date", ("---", "2026-12-11"), "no model named in a row with a date", "no model"),
        ("Model | Shutdown date", ("", "2026-12-11"), "no model named in a row with a date", "no model"),
        ("Model | State | Notes", ("a-1", "", "until May 3, 2026"), "no column of this row says what its date means", "no meaning"),
        ("Model | Shutdown date", ("a-1", "some day in May 2026"), "unreadable date: some day in May 2026", "retires: unreadable date"),
    ],
)
def test_a_row_with_a_date_that_says_nothing_is_skipped_with_the_reason(
    header: str, cells: tuple[str, ...], reason: str, shape: str
) -> None:
    rows = read(header, row(*cells))
    assert (rows.statements, rows.skipped) == ([], [Skipped(" | ".join(cells), reason, shape)])


@pytest.mark.parametrize("cells", [("---", "---"), ("a-1", "---"), ("a-1",), ()])
def test_a_row_without_a_date_is_nothing(cells: tuple[str, ...]) -> None:
    assert read("Model | Shutdown date", row(*cells)) == Rows()


def test_the_row_at_which_the_document_breaks_off_is_skipped_and_told() -> None:
    rows = read("Model | Shutdown date", row("a-1", "2026-12-11"), row("a-2", "2026-1", cut=True))
    assert [said[0] for said in short(rows.statements)] == ["acme/a-1"]
    assert (rows.cut, rows.skipped) == (True, [Skipped("a-2 | 2026-1", "the document breaks off in this row", "cut")])
