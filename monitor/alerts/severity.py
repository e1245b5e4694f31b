"""How urgent an event or a coming date is; pure."""

from datetime import datetime

from monitor.alerts.sentences import Told, after_of
from monitor.domain.events import EventKind
from monitor.domain.policy.severity import Severity
from monitor.domain.when import When

CRITICAL_WITHIN = 7
WARNING_WITHIN = 30


_ALWAYS_CRITICAL = frozenset({EventKind.MODEL_RETIRED, EventKind.GONE_EARLY})
_DATED = frozenset({EventKind.RETIREMENT_SCHEDULED, EventKind.RETIREMENT_MOVED, EventKind.REDIRECT_SCHEDULED})
_WARNING = _DATED | {
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


def urgency_of(end: When, now: datetime) -> Severity:
    """A date ahead: critical in its last week, a warning in its last month."""
    left = end.days_left(now.date())
    return Severity.CRITICAL if left <= CRITICAL_WITHIN else Severity.WARNING if left <= WARNING_WITHIN else Severity.INFO


def severity_of(told: Told) -> Severity:
    """An event: by its kind, and by how near the date is that it brings."""
    kind, after = told.event.kind, after_of(told)
    soon = kind in _DATED and after is not None and not told.promise and (after.first_day - told.today).days <= CRITICAL_WITHIN
    if kind in _ALWAYS_CRITICAL or soon:
        return Severity.CRITICAL
    return Severity.WARNING if kind in _WARNING and not told.promise else Severity.INFO
