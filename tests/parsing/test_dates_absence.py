import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.dates import absent, announced_absence, find_dates

SILENT = (
    "", "   ", "\u00a0", "\u200b", "N/A", "n/a", "NA", "na", "N.A.", "n / a", "**N/A**", "`N/A`", "N/A*", "(n/a)", "\u2014", "\u2013",
    "-", "--", "---", "\u2212",
    "TBD", "tbd", "TBA", "TBC", "Tentative", "To be announced", "to be determined.", "null", "None", '""', "nil", "Not applicable",
    "Unknown",
)  # fmt: skip
PROMISED = (
    "No shutdown date announced", "No shutdown date announced.", "no  shutdown\u00a0date announced", "**No shutdown date announced**",
    "No retirement date announced", "No retirement date set", "No retirement date scheduled", "No retirement scheduled",
    "No retirement scheduled.",
    "No retirement planned", "No planned retirement", "No planned retirement date", "No planned deprecations", "No scheduled shutdown",
    "No EOL date announced",
    "No end-of-life date has been announced", "No shut-down date announced yet", "No shutdown is currently planned", "No date announced",
    "No date set",
    "Not announced", "Not yet announced", "None announced", "None scheduled", "Not currently scheduled", "No deprecation date announced",
    "No removal date set*", "No end date announced",
)  # fmt: skip
SPEAKING = (
    "2026-05-14", "Not sooner than May 14, 2026", "No retirement scheduled. Will not retire before April 15, 2027", "2026", "Active",
    "Retired", "yes", "0", "no",
    "Base model retirement", "Announced", "Scheduled", "No", "No replacement", "No longer available", "not sooner than", "See note",
    "P1", "-1", "a", "n",
    "No shutdown date announced for enterprise customers", "\u2014 see note", "soon", "No retirement" + " date announced" * 20,
)  # fmt: skip


@pytest.mark.parametrize("cell", SILENT)
def test_an_empty_cell_has_no_date_and_promises_nothing(cell: str) -> None:
    assert absent(cell)
    assert not announced_absence(cell)


@pytest.mark.parametrize("cell", PROMISED)
def test_a_statement_in_words_is_a_promise(cell: str) -> None:
    assert absent(cell)
    assert announced_absence(cell)


@pytest.mark.parametrize("cell", SPEAKING)
def test_anything_else_is_no_absence(cell: str) -> None:
    assert not absent(cell)
    assert not announced_absence(cell)


@pytest.mark.parametrize("cell", SILENT + PROMISED)
def test_a_cell_without_a_date_holds_no_date(cell: str) -> None:
    assert find_dates(cell, year=2026) == ()


@given(st.text())
def test_a_promise_is_always_an_absence(cell: str) -> None:
    assert absent(cell) or not announced_absence(cell)


@pytest.mark.parametrize("piece", ["no ", "N/A ", "-", " ", "no planned ", "not yet "])
def test_a_huge_cell_is_no_absence_or_only_white_space(piece: str) -> None:
    assert absent(piece * 100_000) == (not piece.strip())
