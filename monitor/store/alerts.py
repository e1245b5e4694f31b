"""Alerts ↔ rows: events travel in the payload, lifecycles as their keys."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from monitor.domain.events import Event
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.severity import Severity
from monitor.store.codec import Values, bounded, key_values
from monitor.store.types import clean_text
from monitor.store.views import AlertState


@dataclass(frozen=True, slots=True)
class _Payload:
    events: tuple[Event, ...]
    keys: tuple[ModelKey, ...]


def alert_values(alert: Alert) -> Values:
    """The columns of a new alert."""
    keys = tuple(lifecycle.key for lifecycle in alert.lifecycles)
    for key in (*keys, *(event.key for event in alert.events)):
        key_values(key)  # refuses names that no row takes
    payload = _Payload(tuple(_clean(event) for event in alert.events), keys)
    return {
        "idempotency_key": bounded("an alert's key", clean_text(alert.idempotency_key)),
        "visible_id": alert.visible_id,
        "kind": alert.kind.value,
        "severity": alert.severity.value,
        "channel": alert.channel,
        "batch": None,
        "watch": alert.watch,
        "owner": alert.owner,
        "lead": alert.lead,
        "created_at": alert.created_at,
        "due_at": alert.due_at or alert.created_at,
        "state": AlertState.WAITING.value,
        "lease_until": None,
        "attempts": 0,
        "last_error": "",
        "payload": msgspec.to_builtins(payload),
    }


def lifecycle_keys(row: Any) -> tuple[ModelKey, ...]:  # noqa: ANN401 - a row of alerts
    """The keys whose lifecycles an alert carries."""
    return msgspec.convert(row.payload, _Payload).keys


def alert_of(row: Any, states: Mapping[ModelKey, Lifecycle]) -> Alert:  # noqa: ANN401 - a row of alerts
    """The alert of a row, with those of its lifecycles that *states* has."""
    payload = msgspec.convert(row.payload, _Payload)
    lifecycles = tuple(states[key] for key in payload.keys if key in states)
    what = (row.idempotency_key, AlertKind(row.kind), row.channel, row.watch, row.owner, row.created_at)
    return Alert(*what, payload.events, lifecycles, row.lead, Severity(row.severity))


def _clean(event: Event) -> Event:
    texts = [clean_text(text) for text in (event.before, event.after, event.quote, event.url)]
    return replace(event, before=texts[0], after=texts[1], quote=texts[2], url=texts[3])
