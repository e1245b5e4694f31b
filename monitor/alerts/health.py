"""News about a source: whether its silence can be trusted, since when not and why, and what to do about it; pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from monitor.alerts.foot import foot
from monitor.alerts.inert import field, inert
from monitor.alerts.known import SHORT_HASH, Facts, of_event
from monitor.alerts.machine import alert_record
from monitor.alerts.message import Message, composed
from monitor.alerts.parts import Parts, Proof
from monitor.alerts.sentences import Told, headline, sentence
from monitor.alerts.severity import severity_of
from monitor.alerts.wording import place, span
from monitor.domain.events import Event, EventKind
from monitor.domain.policy.alerts import Alert

_NEXT: Mapping[EventKind, str] = {
    EventKind.SOURCE_DRIFTED: "look at the page, then either modelwatch sources accept {key} (its new shape is right) or report the reader",
    EventKind.SOURCE_FAILED: "nothing unless it lasts, it is tried again by itself; modelwatch poll {key} tries now",
    EventKind.SOURCE_STALE: "modelwatch poll {key} tries now and says what is wrong",
}


def source_news(alert: Alert, now: datetime) -> Message:
    """The message of a change of a source's health."""
    event = alert.events[0]
    told = Told(event, event.at.date())
    parts = Parts((sentence(told),), tuple(_facts(alert, event, now)), _proofs(event), foot=(*foot(alert), f"More: {_more(alert)}"))
    title = f"Source {field(event.key.model, 60)}: {headline(told)}{_title_end(alert, event, now)}"
    return composed(title, parts, severity_of(told), alert.visible_id, alert_record(alert, now))


def _facts(alert: Alert, event: Event, now: datetime) -> Facts:
    reason = [("Reason", field(event.quote, 300))] if event.quote and event.kind is not EventKind.SOURCE_RECOVERED else []
    next_ = [("To do", _NEXT[event.kind].format(key=field(event.key.model, 60)))] if event.kind in _NEXT else []
    page = [("Page", f"modelwatch page {inert(event.page)[:SHORT_HASH]}")] if event.page and reason else []
    return [
        ("Source", field(event.key.model, 100)),
        ("Speaks of", place(event.key.provider)),
        ("Health", field(event.after, 40) + (f" (before: {field(event.before, 40)})" if event.before else "")),
        *reason,
        *_read_before(alert, event, now),
        ("Seen", f"{event.at:%Y-%m-%d %H:%M} UTC"),
        *page,
        *next_,
    ]


def _read_before(alert: Alert, event: Event, now: datetime) -> Facts:
    """When it was last read in full before this news, and how long ago that is, or was when it recovered."""
    if alert.background is None or event.source not in alert.background.read_at:
        return []
    read_at = alert.background.read_at[event.source]
    if event.kind is EventKind.SOURCE_RECOVERED:
        return [
            ("Away", f"{span(event.at - read_at)}, since {read_at:%Y-%m-%d %H:%M} UTC" if read_at else "it had never been read in full")
        ]
    return [("Last read in full", f"{read_at:%Y-%m-%d %H:%M} UTC, {span(now - read_at)} ago" if read_at else "never")]


def _title_end(alert: Alert, event: Event, now: datetime) -> str:
    read_at = alert.background.read_at.get(event.source) if alert.background else None
    if read_at is None:
        return ""
    return f", after {span(event.at - read_at)}" if event.kind is EventKind.SOURCE_RECOVERED else f", last read {span(now - read_at)} ago"


def _proofs(event: Event) -> tuple[Proof, ...]:
    """Where it is read, if the event knows; its words are a reason of ours and no quote."""
    return (replace(of_event(event), quote=""),) if event.url else ()


def _more(alert: Alert) -> str:
    return f"modelwatch sources · modelwatch alerts show {alert.visible_id}"
