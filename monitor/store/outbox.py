"""The outbox: alerts written in the transaction of the change, leased for delivery, marked after it."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert

from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.store.alerts import alert_of, alert_values, lifecycle_keys
from monitor.store.claims import Claims
from monitor.store.codec import Values
from monitor.store.schema import AlertRow, DeliveryRow
from monitor.store.views import AlertState, AlertView, BacklogView, DeliveryView, Waiting


class Outbox:
    """Alerts not yet delivered, and what became of the others."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, alerts: Iterable[Alert]) -> int:
        """Write the alerts whose idempotency key is new, due at once; how many those were."""
        rows = [alert_values(alert) for alert in alerts]
        if not rows:
            return 0
        fresh = insert(AlertRow).on_conflict_do_nothing(index_elements=["idempotency_key"]).returning(AlertRow.id)
        return len(self._db.execute(fresh, rows).all())

    def sent_keys(self, prefix: str = "remind:") -> frozenset[str]:
        """The idempotency keys with *prefix* ever written."""
        keys = select(AlertRow.idempotency_key).where(AlertRow.idempotency_key.startswith(prefix, autoescape=True))
        return frozenset(self._db.execute(keys).scalars())

    def claim_due(
        self,
        now: datetime,
        *,
        limit: int,
        lease: timedelta,
        channels: Collection[str] | None = None,
        made_since: datetime | None = None,
    ) -> list[Waiting]:
        """Lease the alerts due at *now* until *now + lease*, longest due first; an expired lease is due again.

        Their lifecycles are those of now, so that a text tells the state of the day it is sent; a key that nothing is believed about
        any more has none.
        """
        waiting = and_(AlertRow.state == AlertState.WAITING, AlertRow.due_at <= now)
        expired = and_(AlertRow.state == AlertState.LEASED, AlertRow.lease_until <= now)
        due = select(AlertRow).where(or_(waiting, expired)).order_by(AlertRow.due_at, AlertRow.id).limit(limit)
        if channels is not None:
            due = due.where(AlertRow.channel.in_(channels))
        if made_since is not None:
            due = due.where(AlertRow.created_at >= made_since)
        rows = self._db.execute(due.with_for_update(skip_locked=True)).all()  # SQLite, where a writer is alone, leaves the lock out
        leased = {"state": AlertState.LEASED.value, "lease_until": now + lease, "attempts": AlertRow.attempts + 1}
        self._db.execute(update(AlertRow).where(AlertRow.id.in_([row.id for row in rows])).values(leased))
        states = Claims(self._db).resolved(keys={key for row in rows for key in lifecycle_keys(row)}) if rows else {}
        return [Waiting(row.id, alert_of(row, states), row.attempts) for row in rows]

    def delivered(self, alert_id: int, at: datetime, detail: str = "") -> None:
        """It arrived."""
        self._attempted(alert_id, at, "delivered", detail)
        self._mark(alert_id, {"state": AlertState.DONE.value, "last_error": ""}, but_for=())

    def retry(self, alert_id: int, at: datetime, next_at: datetime, error: str) -> None:
        """It did not arrive; due again at *next_at*, unless another attempt has settled it meanwhile."""
        self._attempted(alert_id, at, "retry", error)
        again = {"state": AlertState.WAITING.value, "due_at": next_at, "last_error": error}
        self._mark(alert_id, again, but_for=(AlertState.DONE, AlertState.GIVEN_UP))

    def give_up(self, alert_id: int, at: datetime, error: str) -> None:
        """It never will arrive, unless another attempt has brought it meanwhile."""
        self._attempted(alert_id, at, "given_up", error)
        self._mark(alert_id, {"state": AlertState.GIVEN_UP.value, "last_error": error}, but_for=(AlertState.DONE,))

    def listing(self, state: AlertState | None = None, limit: int = 100) -> tuple[AlertView, ...]:
        """The newest alerts (in one state), newest first."""
        newest = select(AlertRow).order_by(AlertRow.id.desc()).limit(limit)
        rows = self._db.execute(newest.where(AlertRow.state == state) if state else newest)
        return tuple(_view(row) for row in rows)

    def backlog(self, *, late: datetime, since: datetime) -> BacklogView:
        """What has not arrived: waiting, made before *late* and still waiting, given up of those made after *since*."""
        open_ = AlertRow.state.in_([AlertState.WAITING.value, AlertState.LEASED.value])
        given_up = and_(AlertRow.state == AlertState.GIVEN_UP.value, AlertRow.created_at >= since)
        waiting, overdue = self._count(open_), self._count(and_(open_, AlertRow.created_at <= late))
        reminded = select(func.max(AlertRow.created_at)).where(AlertRow.kind == AlertKind.REMINDER.value)
        return BacklogView(waiting, overdue, self._count(given_up), self._db.execute(reminded).scalar_one_or_none())

    def _count(self, condition: ColumnElement[bool]) -> int:
        return int(self._db.execute(select(func.count()).select_from(AlertRow).where(condition)).scalar_one())

    def find(self, visible_id: str) -> AlertView | None:
        """The alert with the id a person sees (in any case of letters), with its deliveries; the newest, should two share it."""
        named = select(AlertRow).where(AlertRow.visible_id == visible_id.strip().upper()).order_by(AlertRow.id.desc()).limit(1)
        row = self._db.execute(named).one_or_none()
        if row is None:
            return None
        attempts = self._db.execute(select(DeliveryRow).where(DeliveryRow.alert_id == row.id).order_by(DeliveryRow.id))
        return _view(row, tuple(DeliveryView(attempt.at, attempt.outcome, attempt.detail) for attempt in attempts))

    def _attempted(self, alert_id: int, at: datetime, outcome: str, detail: str) -> None:
        self._db.execute(plain_insert(DeliveryRow).values(alert_id=alert_id, at=at, outcome=outcome, detail=detail))

    def _mark(self, alert_id: int, values: Values, *, but_for: Collection[AlertState]) -> None:
        settled = AlertRow.state.in_([state.value for state in but_for])
        self._db.execute(update(AlertRow).where(AlertRow.id == alert_id, ~settled).values(values | {"lease_until": None}))


def _view(row: Any, deliveries: tuple[DeliveryView, ...] = ()) -> AlertView:  # noqa: ANN401 - a row of alerts
    progress = (AlertState(row.state), row.due_at, row.attempts, row.last_error)
    return AlertView(row.id, row.visible_id, alert_of(row, {}), *progress, deliveries)
