"""Bundles: what a release brought along, beside our own readings and never taken for one."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from monitor.domain.bundles import Copy
from monitor.domain.readings import Outcome, Shape, Verdict
from monitor.domain.reconcile.bundled import Taken
from monitor.domain.reconcile.decide import Changes
from monitor.store.codec import bounded
from monitor.store.events import Events
from monitor.store.lifecycles import LifecycleCache
from monitor.store.readings import BLANK
from monitor.store.recording import apply
from monitor.store.schema import ClaimRow, PageRow, ReadingRow
from monitor.store.sources import Sources

_PREFIX = "bundled "


class Bundles:
    """The copies taken over."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def loaded(self) -> dict[str, str]:
        """By source, the digest of the copy taken over last."""
        rows = self._db.execute(select(ReadingRow.source, ReadingRow.reason).where(ReadingRow.bundled).order_by(ReadingRow.id))
        return {row.source: row.reason.removeprefix(_PREFIX) for row in rows}

    def read_here(self, until: datetime | None = None) -> frozenset[str]:
        """The sources with a good reading of our own (up to and with *until*)."""
        ours = select(ReadingRow.source).where(ReadingRow.bundled.is_(False), ReadingRow.outcome == Outcome.GOOD.value)
        if until:
            ours = ours.where(ReadingRow.read_at <= until)
        return frozenset(self._db.execute(ours.distinct()).scalars())

    def as_of(self, until: datetime | None = None) -> dict[str, datetime]:
        """By source that was never read in full here (until *until*), when somebody read what its claims rest on."""
        copies = select(ReadingRow.source, func.max(ReadingRow.id).label("id")).where(ReadingRow.bundled)
        if until:
            copies = copies.where(ReadingRow.id.in_(select(ClaimRow.reading_id).where(ClaimRow.recorded_at <= until)))
        newest = copies.group_by(ReadingRow.source).subquery()
        rows = self._db.execute(select(ReadingRow.source, ReadingRow.read_at).join(newest, newest.c.id == ReadingRow.id))
        read_here = self.read_here(until)
        return {row.source: row.read_at for row in rows if row.source not in read_here}

    def record(self, taken: Taken, now: datetime) -> None:
        """Write copies with their claims, the lifecycles and the events; the pages as addresses with a hash, without a body."""
        for copy, claims in taken.copies:
            Sources(self._db).register(copy.source)
            reading_id = self._reading(copy, len(claims.added))
            apply(self._db, reading_id, now, Changes(Verdict(Outcome.GOOD, Shape(len(claims.added))), True, claims, (), ()))  # noqa: FBT003
        LifecycleCache(self._db).put(taken.lifecycles)
        Events(self._db).append(taken.events)

    def _reading(self, copy: Copy, count: int) -> int:
        for sheet in copy.sheets:
            page = {"hash": sheet.page, "url": bounded("an address", sheet.url), "fetched_at": copy.as_of, "content_type": "", "size": 0}
            self._db.execute(upsert(PageRow).values(**page, body=None).on_conflict_do_nothing())
        values = BLANK | {
            "source": copy.source,
            "read_at": copy.as_of,
            "outcome": Outcome.GOOD.value,
            "reason": _PREFIX + copy.digest,
            "claims": count,
            "reader_version": copy.reader_version,
            "bundled": True,
            "pages": [[sheet.url, sheet.page, sheet.page] for sheet in copy.sheets],
        }
        return int(self._db.execute(insert(ReadingRow).values(**values).returning(ReadingRow.id)).scalar_one())
