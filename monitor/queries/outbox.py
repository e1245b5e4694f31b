"""Alerts: what is told, what waits, and the text of one of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.alerts.messages import Message, render
from monitor.domain.identity import ModelKey
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.channels import channel_news
from monitor.store import Ledger
from monitor.store.views import AlertState, AlertView


@dataclass(frozen=True, slots=True)
class AlertText:
    """One alert with the message it makes now; None where that cannot be told any more."""

    view: AlertView
    message: Message | None


def alerts(ledger: Ledger, state: AlertState | None = None, limit: int = 100) -> tuple[AlertView, ...]:
    """The newest alerts (in one state), newest first."""
    return ledger.outbox.listing(state, limit)


def alert_text(ledger: Ledger, visible_id: str, now: datetime) -> AlertText | None:
    """The alert with the id a person sees, its deliveries and its text; None for no such alert."""
    view = ledger.outbox.find(visible_id)
    if view is None:
        return None
    states = ledger.claims.resolved(keys=view.keys) if view.keys else {}
    told = view.alert.kind not in {AlertKind.REMINDER, AlertKind.DIGEST} or bool(states)
    alert = replace(view.alert, lifecycles=tuple(states[key] for key in view.keys if key in states))
    return AlertText(view, render(replace(alert, background=ledger.outbox.background(alert)), now) if told else None)


def about(alert: Alert, keys: Iterable[ModelKey]) -> str:
    """What an alert (of these keys) is about, in a few words."""
    match alert.kind:
        case AlertKind.NEWS:
            kinds = dict.fromkeys(event.kind.replace("_", " ") for event in alert.events)
            return f"{alert.events[0].key}: {', '.join(kinds)}"
        case AlertKind.REMINDER:
            days = "today" if alert.lead == 0 else f"{alert.lead} day{'s' * (alert.lead != 1)} ahead"
            return f"{', '.join(map(str, keys))}: {days}"
        case AlertKind.DIGEST:
            return f"first reading of {alert.first_read}"
        case AlertKind.CHANNEL:
            told = channel_news(alert.idempotency_key)
            return f"channel {told.channel}: {told.reason if told.broken else 'works again'}"
