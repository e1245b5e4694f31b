"""Alerts: the outbox, one alert with its deliveries, and what became of a test."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from monitor.alerts.messages import render
from monitor.domain.policy.alerts import Alert
from monitor.formats.events import event_record
from monitor.formats.json_lines import Record
from monitor.formats.tables import Part, Table
from monitor.formats.text import instant
from monitor.queries.outbox import AlertText, about
from monitor.store.views import AlertView

COLUMNS = ("ALERT", "STATE", "KIND", "ABOUT", "WATCH", "OWNER", "CHANNEL", "CREATED", "DUE", "TRIES", "LAST ERROR")


@dataclass(frozen=True, slots=True)
class Sent:
    """A test message and what became of it; no *error* means that it was taken."""

    channel: str
    title: str
    error: str = ""


def alert_record(view: AlertView) -> Record:
    """One alert of the outbox."""
    alert = view.alert
    return {
        "alert": view.visible_id,
        "state": view.state,
        "kind": alert.kind,
        "about": about(alert),
        "watch": alert.watch,
        "owner": alert.owner,
        "channel": alert.channel,
        "lead": alert.lead,
        "created_at": alert.created_at,
        "due_at": view.due_at,
        "tries": view.attempts,
        "last_error": view.last_error,
        "events": [event_record(event) for event in alert.events],
    }


def alert_records(views: Iterable[AlertView]) -> Iterator[Record]:
    """One object per alert."""
    return map(alert_record, views)


def alert_parts(views: Iterable[AlertView]) -> Iterator[Part]:
    """The same as a table."""
    yield Table(COLUMNS, tuple(_row(view) for view in views))


def text_record(text: AlertText) -> Record:
    """One alert with its text and its deliveries."""
    tries = [{"at": one.at, "outcome": one.outcome, "detail": one.detail} for one in text.view.deliveries]
    message = {"title": text.message.title, "body": text.message.body, "severity": text.message.severity} if text.message else {}
    return {**alert_record(text.view), **message, "deliveries": tries}


def text_parts(text: AlertText) -> Iterator[Part]:
    """The same for people."""
    yield from alert_parts([text.view])
    if text.message:
        yield f"{text.message.title}\n\n{text.message.body}"
    if text.view.deliveries:
        yield Table(("AT", "OUTCOME", "DETAIL"), tuple((instant(one.at), one.outcome, one.detail) for one in text.view.deliveries))


def simulated_record(alert: Alert, at: datetime) -> Record:
    """An alert of a replay, at its simulated instant."""
    return {
        "alert": alert.visible_id,
        "at": at,
        "kind": alert.kind,
        "watch": alert.watch,
        "owner": alert.owner,
        "channel": alert.channel,
        "lead": alert.lead,
        "title": render(alert, at).title,
    }


def sent_records(sent: Iterable[Sent]) -> Iterator[Record]:
    """One object per channel."""
    return ({"channel": one.channel, "delivered": not one.error, "title": one.title, "error": one.error} for one in sent)


def sent_parts(sent: Iterable[Sent]) -> Iterator[Part]:
    """The same as a table."""
    rows = tuple((one.channel, "failed" if one.error else "delivered", one.title, one.error) for one in sent)
    yield Table(("CHANNEL", "OUTCOME", "TITLE", "ERROR"), rows)


def _row(view: AlertView) -> tuple[str, ...]:
    alert = view.alert
    whose = (alert.watch, alert.owner, alert.channel)
    times = (instant(alert.created_at), instant(view.due_at))
    return (view.visible_id, view.state, alert.kind, about(alert), *whose, *times, str(view.attempts), view.last_error)
