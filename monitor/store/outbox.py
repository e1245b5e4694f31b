"""The outbox: alerts written in the transaction of the change, leased for delivery, marked after it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert

from monitor.domain.identity import ModelKey
from monitor.domain.policy.alerts import Alert, AlertKind, Background
from monitor.domain.policy.tellings import Warned
from monitor.store.alerts import alert_of, alert_values, lifecycle_keys
from monitor.store.background import Backgrounds
from monitor.store.codec import Values
from monitor.store.departures import POSTPONED, due, leased
from monitor.store.schema import AlertRow, DeliveryRow
from monitor.store.views import AlertState, AlertView, BacklogView, DeliveryView, Waiting
from monitor.store.warned import find_warned


class Outbox:
    """Alerts not yet delivered, and what became of the others."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self.grown = False  # whether an alert was added in this transaction

    def add(self, alerts: Iterable[Alert]) -> int:
        """Write the alerts whose idempotency key is new, due when they say; how many those were."""
        rows = [alert_values(alert) for alert in alerts]
        if not rows:
            return 0
        fresh = insert(AlertRow).on_conflict_do_nothing(index_elements=["idempotency_key"]).returning(AlertRow.id)
        count = len(self._db.execute(fresh, rows).all())
        self.grown = self.grown or count > 0
        return count

    def sent_keys(self, prefix: str = "remind:", before: datetime | None = None) -> frozenset[str]:
        """The idempotency keys with *prefix* ever written, or those written *before* an instant."""
        keys = select(AlertRow.idempotency_key).where(AlertRow.idempotency_key.startswith(prefix, autoescape=True))
        return frozenset(self._db.execute(keys.where(AlertRow.created_at < before) if before else keys).scalars())

    def warned(self, keys: Collection[ModelKey]) -> Mapping[ModelKey, Collection[Warned]]:
        """Who was told that the keys come to an end, and has not been told since that they do not."""
        return find_warned(self._db, keys)

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
        any more has none. With them comes the background of the text.
        """
        found = select(AlertRow).where(due(now)).order_by(AlertRow.due_at, AlertRow.id).limit(limit)
        if channels is not None:
            found = found.where(AlertRow.channel.in_(channels))
        if made_since is not None:
            found = found.where(AlertRow.created_at >= made_since)
        rows = self._db.execute(found.with_for_update(skip_locked=True)).all()  # SQLite, where a writer is alone, leaves the lock out
        return list(leased(self._db, rows, now + lease))

    def background(self, alert: Alert) -> Background:
        """What the text of *alert* needs besides: the lifecycles of its models' replacements, and when its source was last read."""
        return Backgrounds(self._db, alert.lifecycles).of(alert.events)

    def delivered(self, alert_ids: Collection[int], at: datetime, detail: str = "") -> None:
        """They arrived."""
        self._attempted(alert_ids, at, "delivered", detail)
        self._mark(alert_ids, {"state": AlertState.DONE.value, "last_error": ""}, but_for=())

    def retry(self, alert_ids: Collection[int], at: datetime, next_at: datetime, error: str, *, postponed: bool = False) -> None:
        """They did not arrive; due again at *next_at*, unless another attempt has settled one meanwhile.

        *postponed*: the channel as a whole rests until then.
        """
        self._attempted(alert_ids, at, POSTPONED if postponed else "retry", error)
        again = {"state": AlertState.WAITING.value, "due_at": next_at, "last_error": error}
        self._mark(alert_ids, again, but_for=(AlertState.DONE, AlertState.GIVEN_UP, AlertState.MUTED))

    def give_up(self, alert_ids: Collection[int], at: datetime, error: str) -> None:
        """They never will arrive, unless another attempt has brought one meanwhile."""
        self._attempted(alert_ids, at, "given_up", error)
        self._mark(alert_ids, {"state": AlertState.GIVEN_UP.value, "last_error": error}, but_for=(AlertState.DONE,))

    def listing(self, state: AlertState | None = None, limit: int = 100) -> tuple[AlertView, ...]:
        """The newest alerts (in one state), newest first."""
        newest = select(AlertRow).order_by(AlertRow.id.desc()).limit(limit)
        rows = self._db.execute(newest.where(AlertRow.state == state) if state else newest)
        return tuple(view_of(row) for row in rows)

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
        return view_of(row, tuple(DeliveryView(attempt.at, attempt.outcome, attempt.detail) for attempt in attempts))

    def batch(self, batch: str) -> tuple[AlertView, ...]:
        """The alerts that leave in the message of that id (in any case of letters), oldest first."""
        together = select(AlertRow).where(AlertRow.batch == batch.strip().upper()).order_by(AlertRow.id)
        return tuple(view_of(row) for row in self._db.execute(together))

    def _attempted(self, alert_ids: Collection[int], at: datetime, outcome: str, detail: str) -> None:
        rows = [{"alert_id": alert_id, "at": at, "outcome": outcome, "detail": detail} for alert_id in alert_ids]
        self._db.execute(plain_insert(DeliveryRow), rows)

    def _mark(self, alert_ids: Collection[int], values: Values, *, but_for: Collection[AlertState]) -> None:
        settled = AlertRow.state.in_([state.value for state in but_for])
        self._db.execute(update(AlertRow).where(AlertRow.id.in_(alert_ids), ~settled).values(values | {"lease_until": None}))


def view_of(row: Any, deliveries: tuple[DeliveryView, ...] = ()) -> AlertView:  # noqa: ANN401 - a row of alerts
    """The alert of a row."""
    progress = (AlertState(row.state), row.due_at, row.attempts, row.last_error)
    return AlertView(row.id, row.visible_id, alert_of(row, {}), *progress, deliveries, row.batch or "", lifecycle_keys(row))
