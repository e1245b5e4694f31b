"""Batches: which alerts leave one channel as one message, and the id of that message."""

from collections.abc import Iterable, Sequence

from monitor.domain.policy.alerts import Alert, AlertKind, visible_id
from monitor.domain.policy.severity import Severity, worst

MOST = 10  # messages out of what is due together on a channel

Group = tuple[bool, str]


def batches_of(alerts: Iterable[Alert], most: int = MOST) -> tuple[tuple[Alert, ...], ...]:
    """The alerts of one channel that are due together, as at most *most* messages; the most urgent first.

    A message per source, a critical alert never among what is not. Reminders are one message, and so is what was put off (a digest,
    quiet hours): those who want it together get it together. Where there are more groups than messages, the most urgent and then the
    largest keep theirs and the rest shares the last one.
    """
    groups: dict[Group, list[Alert]] = {}
    for alert in sorted(alerts, key=lambda alert: (alert.created_at, alert.idempotency_key)):
        groups.setdefault(_group(alert), []).append(alert)
    found = sorted(groups.values(), key=_precedence)
    rest = [alert for group in found[most - 1 :] for alert in group]
    kept = found if len(found) <= most else [*found[: most - 1], rest]
    return tuple(tuple(group) for group in kept)


def batch_id(alerts: Sequence[Alert]) -> str:
    """The id a person sees of the message: that of its alert where there is one, else one made from all of them in any order."""
    if len(alerts) == 1:
        return alerts[0].visible_id
    return visible_id("\n".join(sorted(alert.idempotency_key for alert in alerts)))


def _group(alert: Alert) -> Group:
    return alert.severity is Severity.CRITICAL, _origin(alert)


def _origin(alert: Alert) -> str:
    """The source an alert comes from; a first reading's digest is the whole of its source, and a reminder comes from the calendar."""
    if alert.due_at is not None:
        return "put off"
    if alert.kind is AlertKind.DIGEST:
        return alert.idempotency_key
    return f"source:{alert.events[0].source}" if alert.events else alert.kind.value


def _precedence(group: Sequence[Alert]) -> tuple[int, int, str]:
    return -worst(alert.severity for alert in group).rank, -len(group), group[0].idempotency_key
