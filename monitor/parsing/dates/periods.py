"""From the numbers and the month printed in a token to a period of the calendar."""

import re
from datetime import date
from enum import StrEnum

from monitor.domain.when import Precision
from monitor.parsing.dates.pieces import MONTH
from monitor.parsing.dates.shapes import FIELDS

FIRST_YEAR = 2015
LAST_YEAR = 2100

Period = tuple[date, Precision]

_NUMBER = re.compile(r"[0-9]+")
_NAME = re.compile(rf"(?<![a-z])(?=(.{{3}})){MONTH}", re.IGNORECASE)
_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}


class Order(StrEnum):
    """How to read 4/5/2026; REFUSE reads it only where one reading is possible."""

    REFUSE = "refuse"
    MDY = "mdy"
    DMY = "dmy"


def period(shape: str, token: str, order: Order, year: int | None) -> Period | None:
    """The period that a *token* of that *shape* names, or None where there is none or more than one."""
    numbers = [int(number) for number in _NUMBER.findall(token)]
    fields = FIELDS[shape]
    if fields == "?":
        return _numeric(token, numbers, order)
    printed = dict(zip(fields.replace("M", ""), numbers, strict=True))
    if "M" in fields:
        printed["m"] = _MONTHS[_NAME.findall(token)[0].casefold()]
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
    return (day, precision) if day else None


def _numeric(token: str, numbers: list[int], order: Order) -> Period | None:
    """The day that 4/5/2026 or 4/5/26 is in that *order*; under REFUSE the only one it can be."""
    first, second, last = numbers
    short = len(token.rpartition("/")[2]) == len("26")
    year = last + 2000 if short else last
    month_first = _day(year, first, second) if order is not Order.DMY else None
    day_first = _day(year, second, first) if order is not Order.MDY else None
    year_first = _day(first + 2000, second, last) if short and order is Order.REFUSE else None
    days = {day for day in (month_first, day_first, year_first) if day}
    return (days.pop(), Precision.DAY) if len(days) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
