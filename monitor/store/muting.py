"""Alerts that were acknowledged before they left: marked as muted, never deleted, and brought back where that is right."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection, and_, select, update

from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.store.codec import Values
from monitor.store.outbox import Outbox, view_of
from monitor.store.schema import AlertRow
from monitor.store.views import AlertState, AlertView


class Muting:
    """The way of an alert from waiting to muted and back."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def waiting(self) -> tuple[AlertView, ...]:
        """The alerts that wait and are not on their way just now, oldest first."""
        rows = self._db.execute(select(AlertRow).where(AlertRow.state == AlertState.WAITING).order_by(AlertRow.id))
        return tuple(view_of(row) for row in rows)

    def leaving(self, made_before: datetime | None = None) -> tuple[AlertView, ...]:
        """The alerts on their way out, oldest first; with *made_before* those that were then, as far as their rows tell."""
        if made_before:
            were = and_(AlertRow.created_at < made_before, AlertRow.due_at >= made_before, AlertRow.state != AlertState.MUTED.value)
        else:
            were = AlertRow.state.in_([AlertState.WAITING.value, AlertState.LEASED.value])
        return tuple(view_of(row) for row in self._db.execute(select(AlertRow).where(were).order_by(AlertRow.id)))

    def muted(self, due_after: datetime | None = None) -> tuple[AlertView, ...]:
        """The muted alerts, oldest first; with *due_after* the news among them that would not have left by then."""
        rows = select(AlertRow).where(AlertRow.state == AlertState.MUTED).order_by(AlertRow.id)
        if due_after:
            rows = rows.where(AlertRow.due_at > due_after, AlertRow.kind != AlertKind.REMINDER.value)
        return tuple(view_of(row) for row in self._db.execute(rows))

    def keys(self) -> frozenset[str]:
        """The idempotency keys of the muted alerts: written, but never told."""
        muted = select(AlertRow.idempotency_key).where(AlertRow.state == AlertState.MUTED)
        return frozenset(self._db.execute(muted).scalars())

    def told_keys(self, prefix: str = "remind:", before: datetime | None = None) -> frozenset[str]:
        """The idempotency keys that `Outbox.sent_keys` gives, but for those that a mute holds back now."""
        return Outbox(self._db).sent_keys(prefix, before) - self.keys()

    def mute(self, alert_id: int, why: str) -> None:
        """Keep a waiting alert from leaving."""
        muted = {"state": AlertState.MUTED.value, "last_error": why}
        self._db.execute(update(AlertRow).where(AlertRow.id == alert_id, AlertRow.state == AlertState.WAITING).values(muted))

    def unmute(self, alert_ids: Collection[int]) -> None:
        """Let muted alerts wait again for their time."""
        waiting = {"state": AlertState.WAITING.value, "last_error": "", "batch": None}
        self._db.execute(update(AlertRow).where(AlertRow.id.in_(alert_ids), AlertRow.state == AlertState.MUTED).values(waiting))

    def bring_back(self, alerts: Iterable[Alert], now: datetime) -> int:
        """Let those of *alerts*, due again, that were muted leave after all; how many those were."""
        found = 0
        for alert in alerts:
            mine = (AlertRow.idempotency_key == alert.idempotency_key, AlertRow.state == AlertState.MUTED)
            again: Values = {"state": AlertState.WAITING.value, "last_error": "", "batch": None}
            again |= {"due_at": alert.due_at or now, "severity": alert.severity.value}
            found += len(self._db.execute(update(AlertRow).where(*mine).values(again).returning(AlertRow.id)).all())
        return found
