"""Events: appended, never changed, and counted by month."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from monitor.domain.events import ABOUT_SOURCES, FROM_CALENDAR, Event, EventKind
from monitor.domain.health import Health
from monitor.domain.identity import ModelKey
from monitor.store.codec import EVENT_COLUMNS, event_of, event_values, key_of
from monitor.store.schema import EventRow, MonthRow
from monitor.store.views import MonthCount


class Events:
    """What changed, in the order it was written."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def append(self, events: Iterable[Event], reading_id: int | None = None) -> None:
        """Write events, with the reading they came from."""
        rows = [event_values(event) | {"reading_id": reading_id} for event in events]
        if rows:
            self._db.execute(insert(EventRow), rows)
            self.count(Counter((month_of(row["at"]), row["provider"], row["kind"]) for row in rows))

    def count(self, fresh: Mapping[tuple[str, str, str], int]) -> None:
        """Add to the counts by month, provider and kind."""
        rows = [dict(zip(("month", "provider", "kind", "count"), (*key, count), strict=True)) for key, count in fresh.items()]
        if not rows:
            return
        more = upsert(MonthRow)
        counted = {"count": MonthRow.count + more.excluded.count}
        self._db.execute(more.on_conflict_do_update(index_elements=["month", "provider", "kind"], set_=counted), rows)

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
        months = select(MonthRow.month, MonthRow.kind, func.sum(MonthRow.count).label("events")).where(MonthRow.month.between(since, until))
        rows = self._db.execute(months.group_by(MonthRow.month, MonthRow.kind).order_by(MonthRow.month, MonthRow.kind))
        return tuple(MonthCount(row.month, row.kind, int(row.events)) for row in rows)

    def since(self, at: datetime | None = None, until: datetime | None = None, limit: int | None = None) -> tuple[Event, ...]:
        """The events from *at* to *until*, both included, oldest first; with *limit*, the newest of them."""
        return self._found([EventRow.at >= at] if at else [], until, limit)

    def of_lines(self, lines: Collection[str], until: datetime | None = None) -> tuple[Event, ...]:
        """The events of every surface of some lines, up to and with *until*, oldest first."""
        return self._found([EventRow.line.in_(lines)], until)

    def of_keys(self, keys: Collection[ModelKey], until: datetime | None = None) -> tuple[Event, ...]:
        """The events of some keys, up to and with *until*, oldest first."""
        providers, models = {key.provider for key in keys}, {key.model for key in keys}
        near = self._found([EventRow.provider.in_(providers), EventRow.model.in_(models)], until)
        return tuple(event for event in near if event.key in keys)

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

    def _found(self, conditions: list[ColumnElement[bool]], until: datetime | None, limit: int | None = None) -> tuple[Event, ...]:
        if until:
            conditions.append(EventRow.at <= until)
        newest_first = select(*EVENT_COLUMNS).where(*conditions).order_by(EventRow.at.desc(), EventRow.id.desc()).limit(limit)
        return tuple(event_of(row) for row in self._db.execute(newest_first))[::-1]


def month_of(at: datetime) -> str:
    """The month of an instant in UTC, as `2026-11`."""
    return at.astimezone(UTC).isoformat()[:7]
