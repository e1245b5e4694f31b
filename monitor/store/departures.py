"""Departures: what is due on each channel, in which messages it leaves, and what is known of a channel that takes nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select, true, update

from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.channels import channel_news, key_stem
from monitor.domain.policy.severity import Severity
from monitor.store.alerts import alert_of, lifecycle_keys
from monitor.store.background import waiting_of
from monitor.store.claims import Claims
from monitor.store.schema import AlertRow, DeliveryRow
from monitor.store.views import AlertState, Departure, Waiting

LONGEST_PAUSE = timedelta(hours=1)
POSTPONED = "postponed"  # an attempt that the whole channel rests after


def due(now: datetime) -> Any:  # noqa: ANN401 - a condition
    """Alerts waiting whose time has come, and those whose lease ran out."""
    waiting = and_(AlertRow.state == AlertState.WAITING.value, AlertRow.due_at <= now)
    return or_(waiting, and_(AlertRow.state == AlertState.LEASED.value, AlertRow.lease_until <= now))


def leaving(now: datetime) -> Any:  # noqa: ANN401 - a condition
    """What is due, and what a clock that was wrong put off: at once means at once, and no pause or lease is longer than the longest."""
    waiting, latest = AlertRow.state == AlertState.WAITING.value, now + LONGEST_PAUSE
    at_once = and_(waiting, AlertRow.attempts == 0, AlertRow.due_at <= AlertRow.created_at)
    paused = and_(waiting, AlertRow.attempts > 0, AlertRow.due_at > latest)
    leased = and_(AlertRow.state == AlertState.LEASED.value, AlertRow.lease_until > latest)
    return or_(due(now), at_once, paused, leased)


def leased(connection: Connection, rows: Sequence[Any], until: datetime) -> tuple[Waiting, ...]:
    """The alerts of these rows, leased until then, with what their texts need as of now."""
    values = {"state": AlertState.LEASED.value, "lease_until": until, "attempts": AlertRow.attempts + 1}
    connection.execute(update(AlertRow).where(AlertRow.id.in_([row.id for row in rows])).values(values))
    keys = {key for row in rows for key in lifecycle_keys(row)}
    return waiting_of(connection, rows, Claims(connection).resolved(keys=keys) if keys else {})


class Departures:
    """What leaves together, per channel."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def due_channels(self, now: datetime) -> frozenset[str]:
        """The channels that something is due on, but for those that asked for a pause that is not over. Only reads."""
        found = frozenset(self._db.execute(select(AlertRow.channel).where(leaving(now)).distinct()).scalars())
        return found - self._resting(now) if found else found

    def fresh(self, channel: str, now: datetime, limit: int) -> tuple[Waiting, ...]:
        """The alerts due on a channel that belong to no message yet, longest due first; not leased, and without lifecycles.

        Those that were not due at once say since when they are.
        """
        loose = select(AlertRow).where(leaving(now), AlertRow.channel == channel, AlertRow.batch.is_(None))
        rows = self._db.execute(loose.order_by(AlertRow.due_at, AlertRow.id).limit(limit))
        return tuple(Waiting(row.id, _put_off(row), row.attempts) for row in rows)

    def assign(self, batches: Mapping[str, Collection[Alert]]) -> None:
        """Write down which alerts leave together, by the id of their message: they do so on every attempt."""
        joined = update(AlertRow).where(AlertRow.idempotency_key == bindparam("of")).values(batch=bindparam("together"))
        self._db.execute(
            joined, [{"of": alert.idempotency_key, "together": batch} for batch, alerts in batches.items() for alert in alerts]
        )

    def lease(self, channel: str, now: datetime, until: datetime) -> Departure | None:
        """Lease the message of a channel that is the most urgent of those due, then the longest due; None for none.

        Lifecycles are those of now, so that a text tells the state of the day it is sent.
        """
        urgent = func.max(case((AlertRow.severity == Severity.CRITICAL.value, 1), else_=0))
        queue = (
            select(AlertRow.batch).where(leaving(now), AlertRow.channel == channel, AlertRow.batch.is_not(None)).group_by(AlertRow.batch)
        )
        first = queue.order_by(urgent.desc(), func.min(AlertRow.due_at), func.min(AlertRow.id)).limit(1)
        batch = self._db.execute(first).scalar_one_or_none()
        if batch is None:
            return None
        mine = select(AlertRow).where(leaving(now), AlertRow.channel == channel, AlertRow.batch == batch).order_by(AlertRow.id)
        return Departure(batch, channel, leased(self._db, self._db.execute(mine).all(), until))

    def broken(self, channels: Collection[str]) -> frozenset[str]:
        """Those of *channels* whose newest news is that they take nothing."""
        return frozenset(channel for channel in channels if self._failing(channel) and self._told_broken(channel))

    def put_back(self, now: datetime, *, ids: Collection[str] = (), channel: str | None = None) -> tuple[str, ...]:
        """Make alerts that were given up due again, as if never tried: those with these visible ids or batches, or all of a channel.

        Returns their visible ids.
        """
        wanted = [name.strip().upper() for name in ids]
        named = or_(AlertRow.visible_id.in_(wanted), AlertRow.batch.in_(wanted)) if ids else true()
        where = and_(AlertRow.state == AlertState.GIVEN_UP.value, named, AlertRow.channel == channel if channel else true())
        rows = self._db.execute(select(AlertRow.id, AlertRow.visible_id).where(where).order_by(AlertRow.id)).all()
        again = {"state": AlertState.WAITING.value, "due_at": now, "attempts": 0}
        self._db.execute(update(AlertRow).where(where).values(again))
        return tuple(row.visible_id for row in rows)

    def _resting(self, now: datetime) -> frozenset[str]:
        """The channels of alerts that wait for the end of a pause: their last attempt was postponed."""
        last = select(func.max(DeliveryRow.id)).where(DeliveryRow.alert_id == AlertRow.id).correlate(AlertRow).scalar_subquery()
        pausing = select(AlertRow.channel).join(DeliveryRow, and_(DeliveryRow.id == last, DeliveryRow.outcome == POSTPONED))
        waiting = and_(
            AlertRow.state == AlertState.WAITING.value,
            AlertRow.attempts > 0,
            AlertRow.due_at.between(now + timedelta.resolution, now + LONGEST_PAUSE),
        )
        return frozenset(self._db.execute(pausing.where(waiting).distinct()).scalars())

    def _failing(self, channel: str) -> bool:
        """Whether anything of the channel was not taken yet; costs little where all is well."""
        unsettled = AlertRow.state.in_([state.value for state in AlertState if state is not AlertState.DONE])
        failed = select(AlertRow.id).where(unsettled, AlertRow.channel == channel, AlertRow.last_error != "").limit(1)
        return self._db.execute(failed).scalar_one_or_none() is not None

    def _told_broken(self, channel: str) -> bool:
        news = and_(AlertRow.kind == AlertKind.CHANNEL.value, AlertRow.idempotency_key.startswith(key_stem(channel), autoescape=True))
        newest = select(AlertRow.idempotency_key).where(news).order_by(AlertRow.id.desc()).limit(1)
        key = self._db.execute(newest).scalar_one_or_none()
        return key is not None and channel_news(key).broken


def _put_off(row: Any) -> Alert:  # noqa: ANN401 - a row of alerts
    return replace(alert_of(row, {}), due_at=row.due_at if row.due_at > row.created_at else None)
