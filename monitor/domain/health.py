"""Can a source's silence be trusted: its health from its readings, and the events when that changes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.domain.events import Event, EventKind
from monitor.domain.identity import Kind, ModelKey
from monitor.domain.readings import SETTLED_AFTER, SETTLED_READINGS, Mark, Outcome, Past, SourceFacts

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
_LAST_GOOD, _NEVER, _BETWEEN = "last good reading: ", "never", "; "


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source with what its readings say: the last good one, the last of any kind, and why that one was not good."""

    source: SourceFacts
    cadence: timedelta
    last_good: Mark | None
    last: Mark | None
    reason: str = ""
    page: str = ""
    past: Past = field(default_factory=Past)

    @property
    def varies(self) -> bool:
        """Whether its last reading is partial as several before it were, in between which it was read in full: its way, and no news."""
        last, full = self.last, self.last_good
        if last is None or full is None or last.outcome is not Outcome.PARTIAL:
            return False
        alike = [level for level in self.past.partial if level.shape.resembles(last.shape)]
        first = min((level.first_at for level in alike), default=last.read_at)
        often = sum(level.readings for level in alike) > SETTLED_READINGS
        return often and first < full.read_at and last.read_at - first >= SETTLED_AFTER


def health_of(state: SourceState, now: datetime) -> Health:
    """Its health at *now*; stale once the last good reading is older than three cadences, however well it does what it always does."""
    if state.last is None:
        return Health.NEVER_READ
    by_outcome = {Outcome.GOOD: Health.GOOD, Outcome.FAILED: Health.FAILING}
    health = Health.GOOD if state.varies else by_outcome.get(state.last.outcome, Health.DRIFTING)
    overdue = state.last_good is not None and now - state.last_good.read_at > STALE_AFTER * state.cadence
    return Health.STALE if overdue else health


def health_events(state: SourceState, told: Health | None, now: datetime) -> Sequence[Event]:
    """The event for a health that nobody has been told of; *told* is what the last event about this source said.

    Its quote says why, and of when the last good reading is: `read_reason` takes it apart.
    """
    health = health_of(state, now)
    if health in {Health.NEVER_READ, told} or (told is None and health is Health.GOOD):
        return ()
    key = ModelKey(state.source.provider, state.source.key)
    before = told.value if told else ""
    event = Event(
        _EVENT[health], key, now, "health", before, health.value, state.source.key, _said(state), page=state.page, subject=Kind.SERVICE
    )
    return (event,)


def read_reason(event: Event) -> tuple[str, datetime | None]:
    """Why the health of a source changed ("" for nothing but time), and when it had last been read in full; None for never."""
    reason, found, since = event.quote.rpartition(_LAST_GOOD)
    if not found:  # an event of an older program says only why
        return event.quote, None
    return reason.removesuffix(_BETWEEN), None if since == _NEVER else datetime.fromisoformat(since)


def _said(state: SourceState) -> str:
    since = state.last_good.read_at.isoformat() if state.last_good else _NEVER
    return _BETWEEN.join(filter(None, (state.reason, f"{_LAST_GOOD}{since}")))
