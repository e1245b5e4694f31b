"""From the numbers and the month printed in a token to a period of the calendar."""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from monitor.domain.when import Precision
from monitor.parsing.dates.pieces import MONTH
from monitor.parsing.dates.shapes import FIELDS

FIRST_YEAR = 2015
LAST_YEAR = 2100

Period = tuple[date, Precision]

_NUMBER = re.compile(r"[0-9]+")
_NAME = re.compile(rf"(?<![a-z]){MONTH}", re.IGNORECASE)
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


class Order(StrEnum):
    """How to read 4/5/2026; REFUSE reads it only where one reading is possible."""

    REFUSE = "refuse"
    MDY = "mdy"
    DMY = "dmy"


def period(shape: str, token: str, order: Order, year: int | None) -> Period | None:
    """The period that a *token* of that *shape* names, or None where there is none or more than one."""
    numbers = [int(number) for number in _NUMBER.findall(token)]
    if shape == "numeric":
        return _one({(day, Precision.DAY) for day in _orders(token, numbers, order)})
    printed = dict(zip(FIELDS[shape], numbers, strict=True))
    name = _NAME.search(token)
    if name:
        printed["m"] = _MONTHS[name[0].casefold()[:3]]
    return _period(printed, printed.get("y", year))


def _period(printed: dict[str, int], year: int | None) -> Period | None:
    if year is None:
        return None
    if "q" in printed:
        precision, month = Precision.QUARTER, printed["q"] * 3 - 2
    elif "m" in printed:
        precision, month = (Precision.DAY if "d" in printed else Precision.MONTH), printed["m"]
    else:
        precision, month = Precision.YEAR, 1
    day = _day(year, month, printed.get("d", 1))
    return day and (day, precision)


def _orders(token: str, numbers: list[int], order: Order) -> Iterator[date]:
    """The days that 4/5/2026 or 4/5/26 can be in the *order* given."""
    first, second, last = numbers
    short = len(token.rpartition("/")[2]) == len("26")
    year = last + 2000 * short
    candidates = {
        Order.MDY: [(year, first, second)],
        Order.DMY: [(year, second, first)],
        Order.REFUSE: [(year, first, second), (year, second, first)] + [(first + 2000, second, last)] * short,
    }
    for candidate in candidates[order]:
        day = _day(*candidate)
        if day:
            yield day


def _one(periods: set[Period]) -> Period | None:
    return periods.pop() if len(periods) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
