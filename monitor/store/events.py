"""Events: appended, never changed, and counted by month."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, select

from monitor.domain.events import ABOUT_SOURCES, FROM_CALENDAR, Event, EventKind
from monitor.domain.health import Health
from monitor.domain.identity import ModelKey
from monitor.store.bulk import read_columns, write_rows
from monitor.store.codec import EVENT_COLUMNS, event_values, events_of, key_of
from monitor.store.making import maker
from monitor.store.schema import EventRow, MonthRow
from monitor.store.views import MonthCount

_COUNTED = itemgetter("at", "provider", "kind")
_ADDING = "ON CONFLICT (month, provider, kind) DO UPDATE SET count = event_months.count + excluded.count"


class Events:
    """What changed, in the order it was written."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def append(self, events: Iterable[Event], reading_id: int | None = None) -> None:
        """Write events, with the reading they came from."""
        rows = [event_values(event) for event in events]
        if not rows:
            return
        last = self._db.execute(select(func.max(EventRow.id))).scalar_one() or 0  # nobody else writes meanwhile
        for number, row in enumerate(rows, last + 1):
            row["id"] = number
        write_rows(self._db, EventRow, rows, {"reading_id": reading_id})
        fresh = Counter[tuple[str, str, str]]()
        for (at, provider, kind), count in Counter(map(_COUNTED, rows)).items():
            fresh[month_of(at), provider, kind] += count
        self.count(fresh)

    def count(self, fresh: Mapping[tuple[str, str, str], int]) -> None:
        """Add to the counts by month, provider and kind."""
        rows = [dict(zip(("month", "provider", "kind", "count"), (*key, count), strict=True)) for key, count in fresh.items()]
        write_rows(self._db, MonthRow, rows, on_conflict=_ADDING)

    def counted(self) -> Counter[tuple[str, str, str]]:
        """The counts as they are kept."""
        rows = self._db.execute(select(MonthRow.month, MonthRow.provider, MonthRow.kind, MonthRow.count.label("events")))
        return Counter({(row.month, row.provider, row.kind): row.events for row in rows})

    def recounted(self) -> Counter[tuple[str, str, str]]:
        """The counts made anew from every event."""
        month = func.to_char(func.timezone("UTC", EventRow.at), "YYYY-MM")
        if self._db.dialect.name == "sqlite":
            month = func.substr(EventRow.at, 1, 7)
        columns = (month.label("month"), EventRow.provider, EventRow.kind)
        rows = self._db.execute(select(*columns, func.count().label("events")).group_by(*columns))
        return Counter({(row.month, row.provider, row.kind): row.events for row in rows})

    def recount(self) -> int:
        """Make the counts those of the events; how many differed, which must be 0."""
        kept, true = self.counted(), self.recounted()
        differing = [key for key in kept | true if kept[key] != true[key]]
        if differing:
            self._db.execute(delete(MonthRow))
            self.count(true)
        return len(differing)

    def by_month(self, since: str = "", until: str = "9999-12") -> tuple[MonthCount, ...]:
        """How many events of each kind each month had, from month *since* to month *until* (`2026-11`), both included, in that order."""
        found = read_columns(self._db, _by_month(), {"since": since, "until": until})
        months, kinds, counts = found or ((), (), ())
        return tuple(map(maker(MonthCount), months, kinds, map(int, counts)))

    def since(self, at: datetime | None = None, until: datetime | None = None, limit: int | None = None) -> tuple[Event, ...]:
        """The events from *at* to *until*, both included, oldest first; with *limit*, the newest of them."""
        return self._found(since=at, until=until, limit=limit)

    def of_lines(self, lines: Collection[str], until: datetime | None = None) -> tuple[Event, ...]:
        """The events of every surface of some lines, up to and with *until*, oldest first."""
        return self._found(lines=[*lines], until=until)

    def calendar_written(self, before: datetime | None = None) -> frozenset[tuple[EventKind, ModelKey, str]]:
        """The calendar's events already written, or those written *before* an instant, as kind, key and after."""
        kinds = [kind.value for kind in FROM_CALENDAR]
        columns = (EventRow.kind, EventRow.provider, EventRow.model, EventRow.scope, EventRow.after)
        written = select(*columns).where(EventRow.kind.in_(kinds))
        rows = self._db.execute(written.where(EventRow.at < before) if before else written)
        return frozenset((EventKind(row.kind), key_of(row), row.after) for row in rows)

    def told_health(self, source: str) -> Health | None:
        """What the last event about a source said of its health; None if there was none."""
        kinds = [kind.value for kind in ABOUT_SOURCES]
        told = select(EventRow.after).where(EventRow.kind.in_(kinds), EventRow.source == source)
        after = self._db.execute(told.order_by(EventRow.id.desc()).limit(1)).scalar_one_or_none()
        return Health(after) if after is not None else None

    def _found(self, **wanted: object) -> tuple[Event, ...]:
        given = {name: value for name, value in wanted.items() if value is not None}
        return events_of(read_columns(self._db, _newest_first(*given), given))[::-1]


@cache
def _by_month() -> Select[str, str, int]:
    among = MonthRow.month.between(bindparam("since"), bindparam("until"))
    counted = select(MonthRow.month, MonthRow.kind, func.sum(MonthRow.count).label("events")).where(among)
    return counted.group_by(MonthRow.month, MonthRow.kind).order_by(MonthRow.month, MonthRow.kind)


@cache
def _newest_first(*given: str) -> Select[Any]:
    """The events that satisfy what is given; made once, for making a statement takes longer than finding most answers."""
    conditions = {
        "since": EventRow.at >= bindparam("since"),
        "until": EventRow.at <= bindparam("until"),
        "lines": EventRow.line.in_(bindparam("lines", expanding=True)),
    }
    wanted = select(*EVENT_COLUMNS).where(*(condition for name, condition in conditions.items() if name in given))
    newest_first = wanted.order_by(EventRow.at.desc(), EventRow.id.desc())
    return newest_first.limit(bindparam("limit")) if "limit" in given else newest_first


def month_of(at: datetime) -> str:
    """The month of an instant in UTC, as `2026-11`."""
    return at.astimezone(UTC).isoformat()[:7]
