"""Can a source's silence be trusted: its health from its readings, and the events when that changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.domain.events import Event, EventKind
from monitor.domain.identity import Kind, ModelKey
from monitor.domain.readings import Mark, Outcome, SourceFacts

STALE_AFTER = 3  # cadences without a good reading


class Health(StrEnum):
    """How a source is doing; *never read* was not visited yet, *bundled only* neither, but a release brought a copy of it along."""

    GOOD = "good"
    STALE = "stale"
    DRIFTING = "drifting"
    FAILING = "failing"
    NEVER_READ = "never read"
    BUNDLED = "bundled only"
    NOT_CONFIGURED = "not configured"
    RECORDED = "recorded"


_EVENT = {
    Health.GOOD: EventKind.SOURCE_RECOVERED,
    Health.DRIFTING: EventKind.SOURCE_DRIFTED,
    Health.FAILING: EventKind.SOURCE_FAILED,
    Health.STALE: EventKind.SOURCE_STALE,
}


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source with what its readings say: the last good one, the last of any kind, and why that one was not good."""

    source: SourceFacts
    cadence: timedelta
    last_good: Mark | None
    last: Mark | None
    reason: str = ""
    page: str = ""


def health_of(state: SourceState, now: datetime) -> Health:
    """Its health at *now*; stale once the last good reading is older than three cadences."""
    if state.last is None:
        return Health.NEVER_READ
    by_outcome = {Outcome.GOOD: Health.GOOD, Outcome.FAILED: Health.FAILING}
    health = by_outcome.get(state.last.outcome, Health.DRIFTING)
    overdue = state.last_good is not None and now - state.last_good.read_at > STALE_AFTER * state.cadence
    return Health.STALE if overdue else health


def health_events(state: SourceState, told: Health | None, now: datetime) -> Sequence[Event]:
    """The event for a health that nobody has been told of; *told* is what the last event about this source said."""
    health = health_of(state, now)
    if health in {Health.NEVER_READ, told} or (told is None and health is Health.GOOD):
        return ()
    since = state.last_good.read_at.isoformat() if state.last_good else "never"
    key = ModelKey(state.source.provider, state.source.key)
    before = told.value if told else ""
    quote = state.reason or f"last good reading: {since}"
    event = Event(_EVENT[health], key, now, "health", before, health.value, state.source.key, quote, page=state.page, subject=Kind.SERVICE)
    return (event,)
