"""A date as a vendor gives it: a day, month, quarter or year, exact or "not before", sometimes with an instant."""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

LAST_ZONE = timedelta(hours=12)  # a day ends last in UTC-12
_LATEST = date(9999, 12, 1)  # "9999-12-31" means never; its last zone would lie beyond the calendar


class Precision(StrEnum):
    """How much of the calendar a date names."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Bound(StrEnum):
    """Whether a date is the day itself or only the earliest one."""

    EXACT = "exact"
    NOT_BEFORE = "not_before"


_MONTHS = {Precision.DAY: 0, Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}
_VALUE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?")


class When(Struct, frozen=True, gc=False):
    """A period that begins on *starts_on*; *at* is the aware UTC instant where one is printed."""

    starts_on: date
    precision: Precision = Precision.DAY
    bound: Bound = Bound.EXACT
    at: datetime | None = None

    @property
    def ends_on(self) -> date:
        """The last day the period can mean."""
        months = _MONTHS[self.precision]
        if not months:
            return self.starts_on
        index = self.starts_on.year * 12 + self.starts_on.month - 1 + months - 1
        year, month = divmod(index, 12)
        return date(year, month + 1, calendar.monthrange(year, month + 1)[1])

    @property
    def is_floor(self) -> bool:
        """Whether only the earliest day is known."""
        return self.bound is Bound.NOT_BEFORE

    @property
    def value(self) -> str:
        """The period as text: `2026-02-13`, `2026-02`, `2026-Q1` or `2026`."""
        day = self.starts_on.isoformat()
        if self.precision is Precision.DAY:
            return day
        year, month, quarter = day[:4], day[:7], f"{day[:4]}-Q{(self.starts_on.month + 2) // 3}"
        return {Precision.MONTH: month, Precision.QUARTER: quarter, Precision.YEAR: year}[self.precision]

    @property
    def first_day(self) -> date:
        """The first day (UTC) it can mean: what reminders count to."""
        return self.at.date() if self.at else self.starts_on

    @property
    def last_moment(self) -> datetime:
        """The last moment it can mean: the printed instant, or the end of the period in UTC-12."""
        return self.at or datetime.combine(min(self.ends_on, _LATEST), time(), UTC) + timedelta(days=1) + LAST_ZONE

    def days_left(self, today: date) -> int:
        """Whole days from *today* to the first day it can mean; negative once past."""
        return (self.first_day - today).days

    def past(self, now: datetime) -> bool:
        """Whether even its last moment is over."""
        return self.last_moment <= now

    def refines(self, older: "When") -> bool:
        """Whether this says more exactly what *older* said: a smaller period inside it, or an instant for the same day."""
        if self.bound is not older.bound or self == older:
            return False
        inside = older.starts_on <= self.starts_on and self.ends_on <= older.ends_on
        if self.starts_on == older.starts_on and self.precision is older.precision:
            return older.at is None and self.at is not None
        return inside

    def as_floor(self) -> "When":
        """The same period as an earliest date."""
        return replace(self, bound=Bound.NOT_BEFORE)


def read_value(text: str, bound: Bound = Bound.EXACT, at: datetime | None = None) -> When:
    """The inverse of `When.value`; raises ValueError for anything else."""
    found = _VALUE.fullmatch(text)
    if not found:
        msg = f"no period: {text!r}"
        raise ValueError(msg)
    year, quarter, month, day = found.groups()
    if quarter:
        return When(date(int(year), int(quarter) * 3 - 2, 1), Precision.QUARTER, bound, at)
    if day:
        return When(date(int(year), int(month), int(day)), Precision.DAY, bound, at)
    if month:
        return When(date(int(year), int(month), 1), Precision.MONTH, bound, at)
    return When(date(int(year), 1, 1), Precision.YEAR, bound, at)


def read_shown(text: str) -> When | None:
    """A date as events print it (`2026-02-13`, `not_before:2027-06-09`); None for anything else."""
    bound, _, value = text.rpartition(":")
    try:
        return read_value(value, Bound(bound or Bound.EXACT))
    except ValueError:
        return None
