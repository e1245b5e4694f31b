"""Dates in running text and in cells."""

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo

from msgspec import Struct

from monitor.domain.when import Bound, Precision, When
from monitor.errors import UnreadableDate
from monitor.parsing.dates.bounds import floor_after, floor_before
from monitor.parsing.dates.clocks import Clock, clock_beside
from monitor.parsing.dates.periods import Order, Period, period
from monitor.parsing.dates.pieces import GAP, SOME
from monitor.parsing.dates.shapes import SCANNER
from monitor.parsing.dates.visible import visible
from monitor.parsing.dates.zones import ZONE
from monitor.parsing.remembered import remembered

_EMPHASIS = " \t\r\n\u00a0*_`"
_LONGEST = 200  # characters of a cell that can still be one date and nothing else
_SHOWN = 80
_BEFORE_DIGIT = 120  # more characters than any date has before its first digit

_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thur?s?|fri|sat|sun)\b\.?"
_OPENING = r"[\s*`\"'\u201c\u2018(\[]{0,6}"
_LEAD = re.compile(
    rf"{_OPENING}(?:no{GAP}retirement{GAP}scheduled\.{SOME})?"
    rf"(?:(?:on|from|in|as{GAP}of|effective|starting(?:{GAP}(?:on|from))?){GAP})?(?:{_WEEKDAY},?{GAP})?(?:{ZONE}{GAP})?{_OPENING}",
    re.IGNORECASE,
)
_REST = re.compile(
    rf"(?:[\s*`\"'\u201d\u2019)\].:\\\u2020\u2021\u00a7\u00b6\u00b9\u00b2\u00b3\u2070\u2074-\u2079]"
    rf"|\({SOME}(?:{ZONE}|{_WEEKDAY}){SOME}\)|\[\^?[0-9]{{1,2}}\\?\]|\([0-9]\)|(?<=\s){ZONE})*",
    re.IGNORECASE,
)


_DIGIT = re.compile(r"[0-9]")
_DATED = re.compile(r"2[01][0-9]{2}|[0-9]/[0-9]")  # what stands in every date that prints its year: most sentences have none


class Found(Struct, frozen=True, gc=False):
    """A date in a text; *text* is the slice [start:end] it was read from, with its clock and its qualifier."""

    when: When
    start: int
    end: int
    text: str


class _Page(Struct, frozen=True, gc=False):
    """What the page around a date says about all its dates."""

    order: Order
    year: int | None
    zone: tzinfo | None


def find_dates(text: str, *, order: Order = Order.REFUSE, year: int | None = None, zone: tzinfo | None = None) -> tuple[Found, ...]:
    """Every date in running text, in order of appearance.

    *order* is how the page writes 4/5/2026, *year* the year of dates that print none, *zone* the zone of clocks that name none.
    What is no date for certain is left out: "mid-2026", "May-June 2024", impossible days, pieces of ids.
    """
    return _found(text, _Page(order, year, zone))


@remembered
def _found(text: str, page: _Page) -> tuple[Found, ...]:
    seen = visible(text)
    if not (_DATED if page.year is None else _DIGIT).search(seen.text):
        return ()
    found = []
    for when, first, last in _scan(seen.text, page):
        start, end = seen.span(first, last)
        found.append(Found(when, start, end, text[start:end]))
    return tuple(found)


def read_date(text: str, *, order: Order = Order.REFUSE, year: int | None = None, zone: tzinfo | None = None) -> When:
    """The one date that is the whole of *text*, footnote marks and a zone aside; see `find_dates` for the arguments.

    Raises UnreadableDate for anything else: no date, several, a date among other words, one that is not certain.
    """
    cell = visible(text).text.strip(_EMPHASIS)
    if len(cell) > _LONGEST:
        raise _unreadable(text)
    dates = list(_scan(cell, _Page(order, year, zone)))
    if not dates and len(cell) == len("2026"):
        return _bare_year(cell)
    if len(dates) != 1:
        raise _unreadable(text)
    when, start, end = dates[0]
    if not (_LEAD.fullmatch(cell, 0, start) and _REST.fullmatch(cell, end)):
        raise _unreadable(text)
    return when


def _bare_year(cell: str) -> When:
    only = period("year", cell, Order.REFUSE, None) if cell.isdecimal() and cell.isascii() else None
    if only is None:
        raise _unreadable(cell)
    return When(*only)


def _unreadable(text: str) -> UnreadableDate:
    return UnreadableDate(f"no date for certain: {text[:_SHOWN]!r}")


def _scan(text: str, page: _Page) -> Iterator[tuple[When, int, int]]:
    low = 0
    while (digit := _DIGIT.search(text, low)) and (match := SCANNER.search(text, max(low, digit.start() - _BEFORE_DIGIT))):
        date = _read(text, low, match, page)
        low = match.end()
        if date:
            yield date
            low = date[2]


def _read(text: str, low: int, match: re.Match[str], page: _Page) -> tuple[When, int, int] | None:
    """One token with what stands beside it; None where it is no date."""
    shape = match.lastgroup
    only = period(shape, match[0], page.order, page.year) if shape else None
    if only is None:
        return None
    try:
        clock = _clock(text, low, match, only)
    except ValueError:
        return None
    start, end = (clock.start, clock.end) if clock else match.span()
    before, after = floor_before(text, low, start), floor_after(text, end)
    if shape == "year" and not (before and before["firm"]):
        return None
    when = When(*only, Bound.NOT_BEFORE if before or after else Bound.EXACT, _instant(clock, only, page))
    return when, before.start() if before and not before["apart"] else start, after.end() if after else end


def _clock(text: str, low: int, match: re.Match[str], only: Period) -> Clock | None:
    return clock_beside(text, low, *match.span()) if only[1] is Precision.DAY else None


def _instant(clock: Clock | None, only: Period, page: _Page) -> datetime | None:
    return clock.on(only[0], page.zone) if clock else None
