"""How urgent an alert is: news by its kind and by how near the day is that it brings, a reminder by the days left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.domain.events import Event, EventKind
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.reconcile.diff import shown
from monitor.domain.when import When, read_shown


class Severity(StrEnum):
    """How urgent an alert is."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for the least urgent."""
        return list(Severity).index(self)


WARNING_WITHIN = 30
CRITICAL_WITHIN = 7

_ALWAYS_CRITICAL = frozenset({EventKind.MODEL_RETIRED, EventKind.GONE_EARLY})
DATED = frozenset({EventKind.RETIREMENT_SCHEDULED, EventKind.RETIREMENT_MOVED, EventKind.REDIRECT_SCHEDULED})
_WARNING = DATED | {
    EventKind.DEPRECATION_ANNOUNCED,
    EventKind.RETIREMENT_UNCONFIRMED,
    EventKind.OUTLIVED_RETIREMENT,
    EventKind.REPLACEMENT_AT_RISK,
    EventKind.MODEL_DELISTED,
    EventKind.DISPUTE_OPENED,
    EventKind.SOURCE_DRIFTED,
    EventKind.SOURCE_FAILED,
    EventKind.SOURCE_STALE,
}


@dataclass(frozen=True, slots=True)
class Nearness:
    """From how many days before it on a date is a warning, and from how many critical."""

    warning_within: int = WARNING_WITHIN
    critical_within: int = CRITICAL_WITHIN

    @property
    def bounds(self) -> tuple[int, int]:
        """The days left at which it changes how urgent a date is."""
        return self.warning_within, self.critical_within

    def of(self, days_left: int) -> Severity:
        """How urgent a date is that is *days_left* away; one that has passed is as urgent as today's."""
        if days_left <= self.critical_within:
            return Severity.CRITICAL
        return Severity.WARNING if days_left <= self.warning_within else Severity.INFO

    def within(self, severity: Severity) -> int | None:
        """The days left at which a date becomes that urgent; None for what every date is."""
        return {Severity.WARNING: self.warning_within, Severity.CRITICAL: self.critical_within}.get(severity)


USUAL = Nearness()
_ENDS = frozenset({"retires", "redirects"})


def is_end(event: Event) -> bool:
    """Whether it is about the day something ends."""
    return event.fact in _ENDS


def worst(severities: Iterable[Severity]) -> Severity:
    """The most urgent; information where there is none."""
    return max(severities, key=lambda severity: severity.rank, default=Severity.INFO)


def news_severity(event: Event, state: Lifecycle | None, today: date, nearness: Nearness = USUAL) -> Severity:
    """An event: by its kind, and by how near the date is that it brings. A promise is never more than information."""
    promise = state is not None and state.promised and event.fact == "retires"
    after = _after(event, state)
    if event.kind in _ALWAYS_CRITICAL:
        return Severity.CRITICAL
    if promise:
        return Severity.INFO
    dated = event.kind in DATED or (event.kind is EventKind.CLAIM_CORRECTED and is_end(event))
    if dated and after is not None and nearness.of(after.days_left(today)) is Severity.CRITICAL:
        return Severity.CRITICAL
    return Severity.WARNING if event.kind in _WARNING or (dated and after is not None) else Severity.INFO


def reminder_severity(state: Lifecycle, end: When, today: date, nearness: Nearness = USUAL) -> Severity:
    """A date ahead: by the days left *today*; a promise is never more than information."""
    return Severity.INFO if state.soft else nearness.of(end.days_left(today))


def _after(event: Event, state: Lifecycle | None) -> When | None:
    """The date that an event ends with, with its instant where it is the one believed."""
    believed = state.retires if state and event.fact == "retires" else None
    return believed if believed and shown(believed) == event.after else read_shown(event.after)
