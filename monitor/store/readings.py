"""Readings: what every visit brought, and the pages that prove it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from monitor.domain.claims import Skipped
from monitor.domain.events import Event
from monitor.domain.pages import Page, Validators
from monitor.domain.readings import Mark, Outcome, Reading, Shape
from monitor.domain.reconcile.decide import Changes
from monitor.errors import StoreError
from monitor.store.codec import Spelled, Values
from monitor.store.events import Events
from monitor.store.pages import Pages, Seen
from monitor.store.recording import apply
from monitor.store.schema import AlertRow, EventRow, ReadingRow, SourceRow
from monitor.store.sources import Sources
from monitor.store.views import ReadingView

MARKS = 50
_LOOK_BACK = 5000  # readings: half a year of hourly visits to a source that is not good
_SKIPPED_ROWS, _SKIPPED_TEXT = 500, 2000


class Readings:
    """The visits of every source, newest by the order of writing."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._pages = Pages(connection)

    def marks(self, key: str, until: datetime | None = None) -> tuple[Mark | None, tuple[Mark, ...]]:
        """The last good reading of a source (up to and with *until*), and those since, oldest first.

        Of a run of equal ones only the first two and the last are given, and 50 in all: what the drift guard needs, however often
        a source is visited.
        """
        good = self._db.execute(_newest(key, until).where(ReadingRow.outcome == Outcome.GOOD.value).limit(1)).one_or_none()
        since = _newest(key, until).where(ReadingRow.id > (good.id if good else 0)).limit(_LOOK_BACK)
        marks = [_mark(row, until) for row in self._db.execute(since)][::-1]
        return _mark(good, until) if good else None, tuple(_thinned(marks)[-MARKS:])

    def last(self, key: str, until: datetime | None = None) -> ReadingView | None:
        """The newest reading of a source (up to and with *until*)."""
        row = self._db.execute(_newest(key, until).limit(1)).one_or_none()
        return _view(row, until) if row else None

    def times(self, key: str) -> tuple[datetime, ...]:
        """When a source was visited, oldest first."""
        at = select(ReadingRow.read_at).where(ReadingRow.source == key).order_by(ReadingRow.id)
        return tuple(self._db.execute(at).scalars())

    def last_good_at(self) -> dict[str, datetime]:
        """By source, when it was last read in full."""
        good = (ReadingRow.source == SourceRow.key, ReadingRow.outcome == Outcome.GOOD.value, ReadingRow.bundled.is_(False))
        newest = select(func.max(ReadingRow.read_at)).where(*good).scalar_subquery()
        return {row.key: row.at for row in self._db.execute(select(SourceRow.key, newest.label("at"))) if row.at is not None}

    def recorded_until(self) -> datetime | None:
        """The newest instant that anything was recorded at: a reading of any source, an event or an alert; None for an empty database."""
        newest = (select(func.max(column)) for column in (ReadingRow.read_at, EventRow.at, AlertRow.created_at))
        return max(filter(None, (self._db.execute(query).scalar() for query in newest)), default=None)

    def record(self, reading: Reading, changes: Changes, validators: Mapping[str, Validators]) -> int:
        """Write a reading with its pages, claims, lifecycles and events, and return its id; the alerts are the outbox's.

        *validators* are by address; an address without any (its page was taken from the store) keeps those it has.
        """
        key = reading.source.key
        Sources(self._db).register(key)
        spelled = Spelled()
        seen = self._pages.look(reading, changes, spelled)
        news = changes.verdict.outcome is not Outcome.GOOD or any(one.news for one in seen)
        reading_id = self._write(_values(reading, changes, seen) | {"skipped_rows": _skipped_rows(reading) if news else None})
        self._pages.remember(reading, seen, validators, whole=changes.verdict.outcome is Outcome.GOOD)
        apply(self._db, reading_id, reading.read_at, changes, spelled)
        Events(self._db).append(changes.events, reading_id)
        return reading_id

    def record_failed(self, key: str, at: datetime, reason: str, events: Iterable[Event] = ()) -> int:
        """Write a visit that brought no page, with the events about the source, and return its id."""
        Sources(self._db).register(key)
        reading_id = self._write({**BLANK, "source": key, "read_at": at, "outcome": Outcome.FAILED.value, "reason": reason})
        Events(self._db).append(events, reading_id)
        return reading_id

    def record_unchanged(self, key: str, at: datetime) -> int:
        """Write a visit that found the same bytes: outcome and shape of the last reading that brought pages. StoreError if none did."""
        row = self._db.execute(_brought(key).limit(1)).one_or_none()
        if row is None:
            msg = f"{key}: no reading that this visit could repeat"
            raise StoreError(msg)
        same = {name: getattr(row, name) for name in _REPEATED}
        return self._write(BLANK | same | {"read_at": at, "unchanged": True})

    def evidence(self, key: str) -> dict[str, Page]:
        """By address, the stored page that says what the last reading of the source said."""
        return self._pages.evidence(key)

    def page(self, digest: str) -> Page | None:
        """A stored page by its hash; None if it is not stored."""
        return self._pages.find(digest)

    def skipped(self, key: str, until: datetime | None = None) -> tuple[Skipped, ...]:
        """The rows that could not be read when what the source says last changed (at most 500, cut at 2,000 characters)."""
        row = self._db.execute(_brought(key, until).where(ReadingRow.skipped_rows.is_not(None)).limit(1)).one_or_none()
        return tuple(Skipped(*parts) for parts in row.skipped_rows) if row else ()

    def _write(self, values: Values) -> int:
        return int(self._db.execute(insert(ReadingRow).values(**values).returning(ReadingRow.id)).scalar_one())


_REPEATED = ("source", "outcome", "reason", "claims", "skipped", "skips", "reader_version", "accepted", "pages")
BLANK: Values = {
    "claims": 0,
    "skipped": 0,
    "skips": [],
    "skipped_rows": None,
    "reader_version": 0,
    "accepted": False,
    "correction": False,
    "unchanged": False,
    "bundled": False,
    "merged": 0,
    "merged_until": None,
    "pages": [],
}


def _newest(key: str, until: datetime | None = None) -> Select[ReadingRow]:
    """The readings of our own."""
    ours = select(ReadingRow).where(ReadingRow.source == key, ReadingRow.bundled.is_(False)).order_by(ReadingRow.id.desc())
    return ours.where(ReadingRow.read_at <= until) if until else ours


def _brought(key: str, until: datetime | None = None) -> Select[ReadingRow]:
    return _newest(key, until).where(ReadingRow.outcome != Outcome.FAILED.value)


def _values(reading: Reading, changes: Changes, seen: list[Seen]) -> Values:
    verdict = changes.verdict
    return {
        "source": reading.source.key,
        "read_at": reading.read_at,
        "outcome": verdict.outcome.value,
        "reason": verdict.reason,
        "claims": verdict.shape.claims,
        "skipped": len(reading.skipped),
        "skips": sorted(verdict.shape.skips),
        "reader_version": reading.reader_version,
        "accepted": verdict.accepted,
        "correction": reading.correction,
        "unchanged": False,
        "bundled": False,
        "merged": 0,
        "merged_until": None,
        "pages": [[one.url, one.fetched, one.evidence] for one in seen],
    }


def _skipped_rows(reading: Reading) -> list[list[str | bool]]:
    return [[row.text[:_SKIPPED_TEXT], row.reason, row.shape, row.aside] for row in reading.skipped[:_SKIPPED_ROWS]]


def seen_at(row: Any, until: datetime | None) -> datetime:  # noqa: ANN401 - a row of readings
    """When a source was last found as a reading says, up to and with *until*: later than the reading where equal visits were rolled up."""
    seen: datetime = row.read_at
    return seen if until is None or row.merged_until is None else min(row.merged_until, until)


def _mark(row: Any, until: datetime | None) -> Mark:  # noqa: ANN401 - a row of readings
    return Mark(seen_at(row, until), Outcome(row.outcome), Shape(row.claims, frozenset(row.skips)), row.accepted)


def _thinned(marks: list[Mark]) -> list[Mark]:
    runs = [list(run) for _, run in groupby(marks, key=lambda mark: (mark.outcome, mark.shape, mark.accepted))]
    return [mark for run in runs for mark in (*run[:2], *run[2:][-1:])]


def _view(row: Any, until: datetime | None) -> ReadingView:  # noqa: ANN401 - a row of readings
    page = row.pages[0][2] if row.pages else ""
    shape = (row.claims, row.skipped, page, row.accepted, row.unchanged, row.correction, row.reader_version)
    return ReadingView(row.id, row.source, seen_at(row, until), Outcome(row.outcome), row.reason, *shape)
