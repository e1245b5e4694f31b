"""What the text of an alert needs besides its own events and lifecycles, looked up when it is sent."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from monitor.domain.events import ABOUT_SOURCES, Event
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.lines import fold, line_of
from monitor.domain.policy.alerts import Background
from monitor.domain.readings import Outcome
from monitor.store.alerts import alert_of
from monitor.store.claims import Claims
from monitor.store.schema import ReadingRow
from monitor.store.views import Waiting

STEPS = 4  # a replacement, what is to follow it, and the snapshots that names point to


class Backgrounds:
    """Looks up, for the alerts of one delivery, what follows their models and when their sources were last read."""

    def __init__(self, connection: Connection, states: Collection[Lifecycle]) -> None:
        self._db = connection
        unscoped_last = sorted(self._following(states).values(), key=lambda state: (not state.key.scope, state.key))
        self._successors = {(state.key.provider, fold(state.key.model)): state for state in unscoped_last}

    def of(self, events: Iterable[Event]) -> Background:
        """The background of an alert with these events."""
        about = [event for event in events if event.kind in ABOUT_SOURCES]
        return Background(self._successors, {event.source: self._read_before(event.source, event.at) for event in about})

    def _following(self, states: Collection[Lifecycle]) -> dict[ModelKey, Lifecycle]:
        """The lifecycles of the lines that replacements belong to, step by step as far as they go."""
        found: dict[ModelKey, Lifecycle] = {}
        asked: set[tuple[str, str]] = set()
        newest: Iterable[Lifecycle] = states
        for _ in range(STEPS):
            wanted = {(state.key.provider, line_of(name)) for state in newest for name in _named(state)} - asked
            if not wanted:
                break
            asked |= wanted
            lines = Claims(self._db).resolved(providers={provider for provider, _ in wanted}, lines={line for _, line in wanted})
            newest = [state for key, state in lines.items() if key not in found]
            found |= lines
        return found

    def _read_before(self, source: str, at: datetime) -> datetime | None:
        good = (ReadingRow.source == source, ReadingRow.outcome == Outcome.GOOD.value, ReadingRow.bundled.is_(False))
        last = func.coalesce(ReadingRow.merged_until, ReadingRow.read_at)
        newest = select(ReadingRow.read_at, ReadingRow.merged_until).where(*good, last < at).order_by(ReadingRow.id.desc()).limit(1)
        row = self._db.execute(newest).one_or_none()
        return (row.merged_until or row.read_at) if row else None


def waiting_of(connection: Connection, rows: Sequence[Any], states: Mapping[ModelKey, Lifecycle]) -> tuple[Waiting, ...]:
    """The alerts of rows that were leased, with those of their lifecycles that *states* has and the background of their texts."""
    backgrounds = Backgrounds(connection, states.values())
    alerts = [(row, alert_of(row, states)) for row in rows]
    return tuple(Waiting(row.id, replace(alert, background=backgrounds.of(alert.events)), row.attempts) for row, alert in alerts)


def _named(state: Lifecycle) -> tuple[str, ...]:
    return (*state.replacements, *([state.snapshot] if state.snapshot else []))
