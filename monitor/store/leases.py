"""Leases: which process reads a source just now, and the epoch that fences off a holder that woke up late."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Interval, cast, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from monitor.errors import LeaseLost
from monitor.store.schema import SourceRow
from monitor.store.types import UtcDateTime


class Leases:
    """The leases of sources. On PostgreSQL the server's clock ends them, for the clocks of several machines differ; else the caller's."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._on_server = connection.dialect.name == "postgresql"

    def take(self, key: str, holder: str, now: datetime, lasting: timedelta) -> int | None:
        """Lease a source whose visit is due and that nobody holds; its new epoch, or None."""
        free = (SourceRow.next_visit_at <= now, self.free(now))
        return self._take(key, holder, now, lasting, *free)

    def seize(self, key: str, holder: str, now: datetime, lasting: timedelta) -> int:
        """Lease a source whoever holds it and whenever it is due, for a person wants it read now; what the other brings is refused."""
        self._db.execute(insert(SourceRow).values(key=key).on_conflict_do_nothing())
        return self._take(key, holder, now, lasting) or 0

    def renew(self, held: Mapping[str, int], now: datetime, lasting: timedelta) -> None:
        """Let the leases of the epochs in *held* last anew; one that was taken over stays lost."""
        for key, epoch in held.items():
            mine = (SourceRow.key == key, SourceRow.epoch == epoch, SourceRow.lease_until.is_not(None))
            self._db.execute(update(SourceRow).where(*mine).values(lease_until=self._until(now, lasting)))

    def hold(self, key: str, epoch: int) -> None:
        """Raise LeaseLost unless *epoch* is still the newest lease of the source."""
        newest = self._db.execute(select(SourceRow.epoch).where(SourceRow.key == key)).scalar_one_or_none()
        if newest != epoch:
            message = f"{key}: another process has taken this visit over; what this one brought is dropped"
            raise LeaseLost(message)

    def release(self, key: str, epoch: int) -> None:
        """Give a lease back; one that was taken over is let alone."""
        mine = (SourceRow.key == key, SourceRow.epoch == epoch)
        self._db.execute(update(SourceRow).where(*mine).values(holder="", lease_until=None))

    def overdue(self, now: datetime) -> list[str]:
        """The sources whose lease has run out and was never given back: their holder died or froze."""
        left = (SourceRow.lease_until.is_not(None), SourceRow.lease_until <= self._moment(now))
        return list(self._db.execute(select(SourceRow.key).where(*left).order_by(SourceRow.key)).scalars())

    def free(self, now: datetime) -> ColumnElement[bool]:
        """Whether nobody holds a source's lease at *now*."""
        return or_(SourceRow.lease_until.is_(None), SourceRow.lease_until <= self._moment(now))

    def _take(self, key: str, holder: str, now: datetime, lasting: timedelta, *where: ColumnElement[bool]) -> int | None:
        until = self._until(now, lasting)
        lease = update(SourceRow).where(SourceRow.key == key, *where)
        taken = lease.values(holder=holder, epoch=SourceRow.epoch + 1, lease_until=until).returning(SourceRow.epoch)
        return self._db.execute(taken).scalar_one_or_none()

    def _until(self, now: datetime, lasting: timedelta) -> ColumnElement[datetime]:
        if self._on_server:
            return cast(func.clock_timestamp() + literal(lasting, Interval()), UtcDateTime())
        return literal(now + lasting, UtcDateTime())

    def _moment(self, now: datetime) -> ColumnElement[datetime]:
        if self._on_server:
            return func.clock_timestamp(type_=UtcDateTime())
        return literal(now, UtcDateTime())
