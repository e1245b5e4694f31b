"""Acknowledgements and snoozes: who muted what, and until when."""

from datetime import datetime

from sqlalchemy import Connection, insert, or_, select

from monitor.domain.policy import Mute
from monitor.store.schema import AckRow
from monitor.store.views import AckView


class Acks:
    """What people muted."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def mutes(self, now: datetime) -> tuple[Mute, ...]:
        """The mutes that have not run out at *now*; those bound to a date run out by `Mute.covers`."""
        awake = select(AckRow).where(or_(AckRow.until.is_(None), AckRow.until > now)).order_by(AckRow.id)
        return tuple(Mute(row.provider, row.model, row.until, row.while_on) for row in self._db.execute(awake))

    def add(self, mute: Mute, author: str, reason: str, now: datetime) -> None:
        """Mute a model."""
        muted = {"provider": mute.provider, "model": mute.model, "until": mute.until, "while_on": mute.while_on}
        self._db.execute(insert(AckRow).values(**muted, author=author, reason=reason, created_at=now))

    def listing(self) -> tuple[AckView, ...]:
        """Every ack and snooze, newest first."""
        rows = self._db.execute(select(AckRow).order_by(AckRow.id.desc()))
        return tuple(AckView(row.provider, row.model, row.author, row.reason, row.created_at, row.until, row.while_on) for row in rows)
