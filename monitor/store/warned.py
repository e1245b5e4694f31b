"""Who was warned of a coming end, out of the alerts ever written."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, and_, or_, select

from monitor.domain.events import EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.news import clears
from monitor.domain.policy.severity import DATED, is_end, worst
from monitor.domain.policy.tellings import Warned
from monitor.store.alerts import alert_of, lifecycle_keys
from monitor.store.schema import AlertRow
from monitor.store.views import AlertState

_NEWS = DATED | {EventKind.RETIREMENT_REFINED, EventKind.CLAIM_CORRECTED}


def find_warned(connection: Connection, keys: Collection[ModelKey]) -> Mapping[ModelKey, Collection[Warned]]:
    """The channels told of an end of each of *keys*, and not since then that it was cancelled; what a mute held back told nobody."""
    if not keys:
        return {}
    named = or_(*(AlertRow.idempotency_key.contains(str(key), autoescape=True) for key in keys))
    told = and_(or_(named, AlertRow.kind == AlertKind.DIGEST.value), AlertRow.state != AlertState.MUTED.value)
    rows = connection.execute(select(AlertRow).where(told).order_by(AlertRow.id))
    found: dict[ModelKey, dict[str, Warned]] = {key: {} for key in keys}
    for row in rows:
        alert = alert_of(row, {})
        for key in found.keys() & {*lifecycle_keys(row), *(event.key for event in alert.events)}:
            _follow(found[key], alert, key)
    return {key: tuple(warned.values()) for key, warned in found.items()}


def _follow(warned: dict[str, Warned], alert: Alert, key: ModelKey) -> None:
    own = [event for event in alert.events if event.key == key]
    if any(map(clears, own)):
        warned.pop(alert.channel, None)
    elif alert.kind is not AlertKind.NEWS or any(event.kind in _NEWS and is_end(event) for event in own):
        before = warned.get(alert.channel)
        severity = worst((alert.severity, before.severity)) if before else alert.severity
        warned[alert.channel] = Warned(alert.channel, alert.watch, alert.owner, severity)
