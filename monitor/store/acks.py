"""Acknowledgements and snoozes: who muted what, until when, and what ended it."""

from datetime import datetime

from sqlalchemy import Connection, insert, or_, select

from monitor.domain.policy.mutes import Mute, MuteTarget
from monitor.store.schema import AckRow
from monitor.store.views import AckView


class Acks:
    """What people muted."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def mutes(self, now: datetime) -> tuple[Mute, ...]:
        """The mutes that have neither been ended nor run out at *now*; those bound to a date run out by `Mute.covers`."""
        awake = select(AckRow).where(AckRow.ended_at.is_(None), or_(AckRow.until.is_(None), AckRow.until > now)).order_by(AckRow.id)
        return tuple(Mute(MuteTarget(row.target), row.name, row.provider, row.until, row.ends) for row in self._db.execute(awake))

    def add(self, mute: Mute, author: str, reason: str, now: datetime) -> None:
        """Mute something."""
        muted = {"target": mute.target.value, "name": mute.name, "provider": mute.provider, "until": mute.until, "ends": dict(mute.ends)}
        said = {"author": author, "reason": reason, "created_at": now, "ended_at": None, "ended_by": "", "end_reason": ""}
        self._db.execute(insert(AckRow).values(muted | said))

    def listing(self) -> tuple[AckView, ...]:
        """Every ack and snooze, newest first."""
        rows = self._db.execute(select(AckRow).order_by(AckRow.id.desc()))
        return tuple(
            AckView(
                row.id,
                Mute(MuteTarget(row.target), row.name, row.provider, row.until, row.ends),
                row.author,
                row.reason,
                row.created_at,
                row.ended_at,
                row.ended_by,
                row.end_reason,
            )
            for row in rows
        )
