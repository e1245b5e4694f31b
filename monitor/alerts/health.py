"""News about a source: whether its silence can be trusted, since when not and why, and what to do about it; pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from monitor.alerts.foot import foot, pasteable
from monitor.alerts.inert import field
from monitor.alerts.known import SHORT_HASH, Facts, of_event
from monitor.alerts.machine import alert_record
from monitor.alerts.message import Message, composed
from monitor.alerts.parts import Parts, Proof
from monitor.alerts.sentences import Told, headline, sentence
from monitor.alerts.wording import place, span
from monitor.domain.events import Event, EventKind
from monitor.domain.health import read_reason
from monitor.domain.policy.alerts import Alert

_NEXT: Mapping[EventKind, str] = {
    EventKind.SOURCE_DRIFTED: "look at what was read; if the new shape is right, accept it, else its reader needs mending",
    EventKind.SOURCE_FAILED: "nothing, unless it lasts: it is tried again by itself",
    EventKind.SOURCE_STALE: "try it now and see what is wrong",
}


def source_news(alert: Alert, now: datetime) -> Message:
    """The message of a change of a source's health."""
    event = alert.events[0]
    told = Told(event, event.at.date())
    parts = Parts((sentence(told),), tuple(_facts(alert, event, now)), _proofs(event), foot=foot(alert), commands=_commands(alert, event))
    title = f"Source {field(event.key.model, 60)}: {headline(told)}{_title_end(alert, event, now)}"
    return composed(title, parts, alert.severity, alert.visible_id, alert_record(alert, now))


def _facts(alert: Alert, event: Event, now: datetime) -> Facts:
    why = reason_of(event)
    reason = [("Reason", why)] if why and event.kind is not EventKind.SOURCE_RECOVERED else []
    next_ = [("To do", _NEXT[event.kind])] if event.kind in _NEXT else []
    return [
        ("Source", field(event.key.model, 100)),
        ("Speaks of", place(event.key.provider)),
        ("Health", field(event.after, 40) + (f" (before: {field(event.before, 40)})" if event.before else "")),
        *reason,
        *_read_before(alert, event, now),
        ("Seen", f"{event.at:%Y-%m-%d %H:%M} UTC"),
        *next_,
    ]


def _read_before(alert: Alert, event: Event, now: datetime) -> Facts:
    """When it was last read in full before this news, and how long ago that is, or was when it recovered."""
    known, read_at = _last_good(alert, event)
    if not known:
        return []
    if event.kind is EventKind.SOURCE_RECOVERED:
        return [
            ("Away", f"{span(event.at - read_at)}, since {read_at:%Y-%m-%d %H:%M} UTC" if read_at else "it had never been read in full")
        ]
    return [("Last read in full", f"{read_at:%Y-%m-%d %H:%M} UTC, {span(now - read_at)} ago" if read_at else "never")]


def _title_end(alert: Alert, event: Event, now: datetime) -> str:
    _, read_at = _last_good(alert, event)
    if read_at is None:
        return ""
    return f", after {span(event.at - read_at)}" if event.kind is EventKind.SOURCE_RECOVERED else f", last read {span(now - read_at)} ago"


def _last_good(alert: Alert, event: Event) -> tuple[bool, datetime | None]:
    """Whether it is known when the source was last read in full before this news, and when; None for never."""
    if alert.background and event.source in alert.background.read_at:
        return True, alert.background.read_at[event.source]
    if event.kind is EventKind.SOURCE_RECOVERED:
        return False, None
    _, read_at = read_reason(event)
    return read_at is not None, read_at


def _proofs(event: Event) -> tuple[Proof, ...]:
    """Where it is read, if the event knows; its words are a reason of ours and no quote."""
    return (replace(of_event(event), quote=""),) if event.url else ()


def reason_of(event: Event) -> str:
    """Why it is so, without the name of the source before it; "" for nothing but time."""
    reason, _ = read_reason(event)
    return field(reason.removeprefix(f"{event.source}: "), 300)


def _commands(alert: Alert, event: Event) -> tuple[tuple[str, str], ...]:
    key = event.key.model
    page, accept = ("What was read", "modelwatch page", event.page[:SHORT_HASH]), ("Accept it", "modelwatch sources accept", key)
    drifted = [page, accept] if event.kind is EventKind.SOURCE_DRIFTED else []
    again = [("Try now", "modelwatch poll", key)] if event.kind in {EventKind.SOURCE_FAILED, EventKind.SOURCE_STALE} else []
    return pasteable(*drifted, *again, ("More", "modelwatch alerts show", alert.visible_id))
