"""Acknowledgements and snoozes: who muted what, until when, and what ended it. Rows are marked, never deleted."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, insert, or_, select, update

from monitor.domain.policy.mutes import Mute, MuteTarget
from monitor.domain.records import Signature
from monitor.store.schema import AckRow
from monitor.store.views import AckView


class Acks:
    """What people muted."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def mutes(self, now: datetime) -> tuple[Mute, ...]:
        """The mutes in force at *now*, past or present; those bound to a date run out by `Mute.covers`."""
        ahead = and_(AckRow.created_at <= now, or_(AckRow.until.is_(None), AckRow.until > now))
        rows = self._db.execute(_oldest_first().where(ahead, or_(AckRow.ended_at.is_(None), AckRow.ended_at > now)))
        return tuple(_mute(row) for row in rows)

    def add(self, mute: Mute, signature: Signature, now: datetime) -> int:
        """Mute something; the number it is known by."""
        muted = {"target": mute.target.value, "name": mute.name, "provider": mute.provider, "until": mute.until, "ends": dict(mute.ends)}
        said = {"author": signature.author, "reason": signature.reason, "created_at": now}
        open_ = {"ended_at": None, "ended_by": "", "end_reason": ""}
        return int(self._db.execute(insert(AckRow).values(muted | said | open_).returning(AckRow.id)).scalar_one())

    def open(self) -> tuple[AckView, ...]:
        """The mutes that are not marked as ended, oldest first."""
        return tuple(_view(row) for row in self._db.execute(_oldest_first().where(AckRow.ended_at.is_(None))))

    def find(self, ack_ids: Collection[int]) -> tuple[AckView, ...]:
        """The mutes of these numbers, oldest first."""
        return tuple(_view(row) for row in self._db.execute(_oldest_first().where(AckRow.id.in_(ack_ids))))

    def known_at(self, at: datetime) -> tuple[AckView, ...]:
        """Every mute written by *at* and not ended before, oldest first."""
        there = and_(AckRow.created_at <= at, or_(AckRow.ended_at.is_(None), AckRow.ended_at >= at))
        return tuple(_view(row) for row in self._db.execute(_oldest_first().where(there)))

    def end(self, ack_id: int, signature: Signature, now: datetime) -> None:
        """Mark a mute as over, on somebody's word."""
        over = {"ended_at": now, "ended_by": signature.author, "end_reason": signature.reason}
        self._db.execute(update(AckRow).where(AckRow.id == ack_id, AckRow.ended_at.is_(None)).values(over))

    def follow(self, ack_id: int, mute: Mute) -> None:
        """Write down the ends that are said more exactly by now."""
        self._db.execute(update(AckRow).where(AckRow.id == ack_id).values(ends=dict(mute.ends)))

    def listing(self) -> tuple[AckView, ...]:
        """Every ack and snooze, newest first."""
        return tuple(_view(row) for row in self._db.execute(select(AckRow).order_by(AckRow.id.desc())))


def _oldest_first() -> Select[AckRow]:
    return select(AckRow).order_by(AckRow.id)


def _mute(row: Any) -> Mute:  # noqa: ANN401 - a row of acks
    return Mute(MuteTarget(row.target), row.name, row.provider, row.until, row.ends)


def _view(row: Any) -> AckView:  # noqa: ANN401 - a row of acks
    return AckView(row.id, _mute(row), row.author, row.reason, row.created_at, row.ended_at, row.ended_by, row.end_reason)
