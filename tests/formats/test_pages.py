"""A page's statements as a table that fits, and the verdict on the page."""

import pytest

from monitor.domain.claims import Authority
from monitor.domain.facts import Retires
from monitor.domain.identity import Kind
from monitor.domain.readings import Parsed
from monitor.formats.pages import parsed_parts, verdict
from monitor.formats.tables import Table
from tests.builders import key, skipped, statement, when

LONG = "gpt-4.1-mini will be retired on a day that is told in a sentence which does not end soon"


def table(parsed: Parsed, width: int | None = None) -> Table:
    first = next(parsed_parts(parsed, Authority.PROVIDER, width))
    assert isinstance(first, Table)
    return first


def one(quote: str = LONG) -> Parsed:
    return Parsed((statement(Retires(when("2027-01-14", floor=True)), quote=quote),))


def test_quotes_are_cut_to_the_width_and_nowhere_else() -> None:
    assert table(one()).rows == (("retires", "gpt-4.1-mini", "2027-01-14", "not before", LONG),)
    row = table(one(), 80).rows[0]
    assert row[-1].endswith("…")
    assert sum(map(len, row)) + 2 * (len(row) - 1) == 80
    assert table(one("short"), 80).rows[0][-1] == "short"
    assert table(one(), 60).rows[0][-1] == LONG  # too narrow for a column: the rows are printed one under the other


def test_what_differs_between_rows_has_a_column_and_what_every_row_repeats_has_none() -> None:
    promise = statement(Retires(when("2027-01-14", floor=True), promise=True), key(provider="azure", region="eastus"))
    parsed = Parsed((promise, statement(Retires(when("2027-01-14")), authority=Authority.REPORT), *one().statements))
    assert table(parsed).columns == ("FACT", "MODEL", "VALUE", "BOUND", "SCOPE", "PROVIDER", "AUTHORITY", "QUOTE")
    assert [row[3] for row in table(parsed).rows] == ["promise", "exact", "not before"]
    services = Parsed((*one().statements, statement(Retires(when("2027-01-14")), key("Assistants API"), kind=Kind.SERVICE)))
    assert "KIND" in table(services).columns


@pytest.mark.parametrize(
    ("parsed", "words"),
    [
        (one(), "1 statement, nothing skipped."),
        (Parsed(one().statements * 2, (skipped("a"),) * 2, cut=True), "2 statements, 2 rows skipped; the page breaks off before its end."),
        (Parsed(skipped=(skipped("a"),)), "The page states nothing, 1 row skipped."),
        (Parsed(empty_state=True), "The page says that there is nothing to report, nothing skipped."),
        (Parsed(drift="JSON, not a page"), "This page does not fit its reader: JSON, not a page"),
    ],
)
def test_the_verdict_is_one_line(parsed: Parsed, words: str) -> None:
    assert verdict(parsed) == words
