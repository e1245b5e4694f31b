"""Alerts: what is told, what waits, and the text of one of them."""

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.alerts.messages import Message, render
from monitor.domain.identity import ModelKey, read_scope
from monitor.domain.policy.alerts import Alert, AlertKind
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
    key = reminded(view.alert)
    states = tuple(ledger.claims.resolved(keys=[key]).values()) if key else ()
    told = view.alert.kind is AlertKind.NEWS or bool(states)
    return AlertText(view, render(replace(view.alert, lifecycles=states), now) if told else None)


def about(alert: Alert) -> str:
    """What an alert is about, in a few words."""
    match alert.kind:
        case AlertKind.NEWS:
            kinds = dict.fromkeys(event.kind.replace("_", " ") for event in alert.events)
            return f"{alert.events[0].key}: {', '.join(kinds)}"
        case AlertKind.REMINDER:
            return f"{reminded(alert)}: {alert.lead} days ahead"
        case AlertKind.DIGEST:
            return f"first reading of {alert.idempotency_key.rpartition(':')[2]}"


def reminded(alert: Alert) -> ModelKey | None:
    """The key that a reminder is about, out of its idempotency key; None for other alerts."""
    if alert.kind is not AlertKind.REMINDER:
        return None
    rest = alert.idempotency_key.removeprefix(f"remind:{alert.watch}:{alert.channel}:").rsplit(":", 3)[0]
    name, _, scope = rest.partition(" [")
    provider, _, model = name.partition("/")
    return ModelKey(provider, model, read_scope(scope.rstrip("]")))
