import re
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
import time_machine

from monitor.domain.when import Bound, When, read_value
from monitor.errors import UnreadableDate
from monitor.parsing.dates import Order, find_dates, read_date

CORPUS = Path(__file__).with_name("dates_corpus.tsv")
TODAYS = ("2024-02-29T12:00:00Z", "2026-08-20T23:59:59Z", "2031-12-31T00:00:00Z")
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|(.))")
_LETTERS = {"n": "\n", "t": "\t", "\\": "\\"}


class Entry(NamedTuple):
    line: int
    text: str
    order: Order
    year: int | None
    zone: ZoneInfo | None
    read: When | None
    found: tuple[When, ...]


def when(label: str) -> When:
    value, _, at = label.removeprefix(">=").partition("@")
    bound = Bound.NOT_BEFORE if label.startswith(">=") else Bound.EXACT
    return read_value(value, bound, datetime.fromisoformat(at).astimezone(UTC) if at else None)


def whens(label: str) -> tuple[When, ...]:
    return () if label == "!" else tuple(when(one) for one in label.split(";"))


def entry(line: int, row: str) -> Entry:
    printed, options, read, found = row.split("\t")
    text = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)) if escape[1] else _LETTERS[escape[2]], printed)
    given = options.split()
    years = [int(option.removeprefix("year=")) for option in given if option.startswith("year=")]
    zones = [ZoneInfo(option.removeprefix("zone=")) for option in given if option.startswith("zone=")]
    orders = [Order(option) for option in given if "=" not in option]
    return Entry(
        line=line,
        text=text,
        order=orders[0] if orders else Order.REFUSE,
        year=years[0] if years else None,
        zone=zones[0] if zones else None,
        read=None if read == "!" else when(read),
        found=whens(read if found == "=" else found),
    )


ROWS = CORPUS.read_text(encoding="utf-8").splitlines()
ENTRIES = [entry(line, row) for line, row in enumerate(ROWS, 1) if row and not row.startswith("##")]


def read(one: Entry) -> When | None:
    try:
        return read_date(one.text, order=one.order, year=one.year, zone=one.zone)
    except UnreadableDate:
        return None


def found(one: Entry) -> tuple[When, ...]:
    return tuple(date.when for date in find_dates(one.text, order=one.order, year=one.year, zone=one.zone))


def test_the_corpus_is_large_and_says_nothing_twice() -> None:
    assert len(ENTRIES) >= 220
    assert len({row for row in ROWS if row and not row.startswith("##")}) == len(ENTRIES)


@pytest.mark.parametrize("today", TODAYS)
def test_every_label_is_read_the_same_on_any_day(today: str) -> None:
    with time_machine.travel(today, tick=False):
        answers = [(one.line, one.text, read(one), found(one)) for one in ENTRIES]
    assert [answer for answer in answers if answer not in [(one.line, one.text, one.read, one.found) for one in ENTRIES]] == []


def test_what_is_found_is_the_slice_it_was_read_from() -> None:
    for one in ENTRIES:
        dates = find_dates(one.text, order=one.order, year=one.year, zone=one.zone)
        assert [date.text for date in dates] == [one.text[date.start : date.end] for date in dates]
        assert all(first.end <= second.start for first, second in pairwise(dates))
