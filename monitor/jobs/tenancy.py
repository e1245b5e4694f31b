"""Visits under a lease: several daemons on one database share the work, and none writes over another."""

import threading
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.errors import FetchStopped
from monitor.jobs.poll import poll
from monitor.jobs.shop import PollOutcome, Shop
from monitor.jobs.visits import Visit
from monitor.store import Database

LEASE = timedelta(seconds=60)


@dataclass(slots=True)
class Tenant:
    """One process among those that share a database, by its *holder* name; its leases last *lasting* unless renewed."""

    holder: str
    lasting: timedelta = LEASE
    _held: dict[str, int] = field(default_factory=dict)
    _renewed_at: datetime | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def visit(self, shop: Shop, visit: Visit, now: datetime) -> PollOutcome | None:
        """Visit a source if it is still due and nobody else is reading it; None if not. Raises what `poll` raises."""
        with shop.database.write() as ledger:
            epoch = ledger.leases.take(visit.key, self.holder, now, self.lasting)
        return None if epoch is None else self._visit(shop, visit, epoch, now)

    def visit_anyway(self, shop: Shop, visit: Visit, now: datetime) -> PollOutcome:
        """Visit a source because a person wants it read now; a visit of another process that is under way is fenced off."""
        with shop.database.write() as ledger:
            epoch = ledger.leases.seize(visit.key, self.holder, now, self.lasting)
        return self._visit(shop, visit, epoch, now)

    def renew(self, database: Database, now: datetime) -> None:
        """Let the leases of the visits under way last on; to be called more often than a lease lasts."""
        with self._lock:
            held = dict(self._held)
            fresh = self._renewed_at is not None and now - self._renewed_at < self.lasting / 4
        if not held or fresh:
            return
        with database.write() as ledger:
            ledger.leases.renew(held, now, self.lasting)
        self._renewed_at = now

    def _visit(self, shop: Shop, visit: Visit, epoch: int, now: datetime) -> PollOutcome:
        with self._lock:
            self._held[visit.key] = epoch
        try:
            return poll(shop, replace(visit, epoch=epoch), now)
        except FetchStopped:
            with shop.database.write() as ledger:
                ledger.leases.release(visit.key, epoch)
            raise
        finally:
            with self._lock:
                self._held.pop(visit.key, None)
