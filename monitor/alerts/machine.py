"""Alerts for machines: what a plain webhook is given beside the text; pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from monitor.alerts.inert import field, inert_address
from monitor.domain.claims import Claim
from monitor.domain.events import Event
from monitor.domain.facts import when_of
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert
from monitor.domain.when import When

MOST_ALERTS = 100
_LONG = 500

Record = dict[str, Any]


def alert_record(alert: Alert, now: datetime) -> Record:
    """One alert: its events as everywhere else (DESIGN section 6), and the models it is about with their ends."""
    return {
        "alert": alert.visible_id,
        "kind": alert.kind.value,
        "watch": alert.watch,
        "owner": alert.owner,
        "lead": alert.lead,
        "created_at": alert.created_at.isoformat(),
        "events": [_event(event) for event in alert.events],
        "models": [_model(state, now) for state in alert.lifecycles],
    }


def batch_record(alerts: Sequence[Alert], batch: str, now: datetime) -> Record:
    """Several alerts in one message: how many, and the first hundred of them."""
    return {"batch": batch, "total": len(alerts), "alerts": [alert_record(alert, now) for alert in alerts[:MOST_ALERTS]]}


def _event(event: Event) -> Record:
    return {
        "event": event.kind.value,
        **_key(event.key),
        "kind": event.subject.value,
        "at": event.at.isoformat(),
        "fact": event.fact,
        "before": field(event.before, _LONG),
        "after": field(event.after, _LONG),
        **({"direction": event.direction} if event.direction else {}),
        "source": event.source,
        "quote": field(event.quote, _LONG),
        "url": inert_address(event.url),
        "page": event.page,
    }


def _model(state: Lifecycle, now: datetime) -> Record:
    slots = {slot: _dated(claim, now) for slot in ("deprecated", "redirects", "retires") if (claim := state.claim(slot))}
    return {
        **_key(state.key),
        "stage": state.stage_on(now).value,
        **slots,
        "replaced_by": [field(name, _LONG) for name in state.replacements],
    }


def _dated(claim: Claim, now: datetime) -> Record:
    when = when_of(claim.fact)
    return {
        **(_when(when, now) if when else {"value": None}),
        "authority": claim.authority.label,
        "source": claim.source,
        "first_seen_at": claim.first_seen_at.isoformat(),
        "quote": field(claim.statement.quote, _LONG),
        "url": inert_address(claim.url),
        "page": claim.page,
    }


def _when(when: When, now: datetime) -> Record:
    at = when.at.isoformat() if when.at else None
    return {"value": when.value, "bound": when.bound.value, "at": at, "days_left": when.days_left(now.date())}


def _key(key: ModelKey) -> Record:
    scope = {
        name: field(values, _LONG) if isinstance(values, str) else [field(one, _LONG) for one in values]
        for name, values in key.scope.as_dict().items()
    }
    return {"provider": field(key.provider, _LONG), "model": field(key.model, _LONG), "scope": scope}
