"""Sources: when each is visited next, what its servers gave us to ask "has it changed?", and an operator's word on its shape."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, select, update

# SQLite took ON CONFLICT from PostgreSQL, and SQLAlchemy compiles this one construct for both
from sqlalchemy.dialects.postgresql import insert

from monitor.domain.pages import Validators
from monitor.domain.readings import Outcome
from monitor.store.leases import Leases
from monitor.store.schema import AddressRow, ReadingRow, SourceRow


class Sources:
    """The sources and their schedule."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def ensure(self, first_visits: Mapping[str, datetime]) -> None:
        """Register the sources that have no visit planned yet; the others keep theirs."""
        for key, at in first_visits.items():
            upsert = insert(SourceRow).values(key=key, next_visit_at=at)
            unplanned = SourceRow.next_visit_at.is_(None)
            self._db.execute(upsert.on_conflict_do_update(index_elements=["key"], set_={"next_visit_at": at}, where=unplanned))

    def register(self, key: str) -> None:
        """Make *key* known without planning a visit."""
        self._db.execute(insert(SourceRow).values(key=key).on_conflict_do_nothing())

    def due(self, now: datetime, keys: Collection[str]) -> list[str]:
        """Those of *keys* whose visit is due at *now* and that nobody is reading, the longest overdue first."""
        due = (SourceRow.next_visit_at <= now, Leases(self._db).free(now))
        rows = self._db.execute(select(SourceRow.next_visit_at, SourceRow.key).where(*due))
        return [key for _, key in sorted((at, key) for at, key in rows if key in keys)]

    def next_visit(self, key: str) -> datetime | None:
        """When *key* is visited next; None if that is not planned."""
        return self._db.execute(select(SourceRow.next_visit_at).where(SourceRow.key == key)).scalar_one_or_none()

    def schedule(self, key: str, at: datetime) -> None:
        """Plan the next visit of *key*, registering it if need be."""
        upsert = insert(SourceRow).values(key=key, next_visit_at=at)
        self._db.execute(upsert.on_conflict_do_update(index_elements=["key"], set_={"next_visit_at": at}))

    def validators(self, key: str) -> dict[str, Validators]:
        """By address, what the server gave us with the page that was read last."""
        rows = self._db.execute(select(AddressRow.url, AddressRow.etag, AddressRow.last_modified).where(AddressRow.source == key))
        return {url: Validators(etag, last_modified) for url, etag, last_modified in rows}

    def accept(self, key: str, now: datetime) -> bool:
        """An operator takes the newest shape for good from the next reading on; False if the newest page was read as good already."""
        ours = (ReadingRow.source == key, ReadingRow.bundled.is_(False))
        read = select(ReadingRow.id, ReadingRow.outcome).where(*ours, ReadingRow.outcome != Outcome.FAILED.value)
        newest = self._db.execute(read.order_by(ReadingRow.id.desc()).limit(1)).one_or_none()
        if newest is None or newest.outcome == Outcome.GOOD:
            return False
        self._db.execute(update(ReadingRow).where(ReadingRow.id == newest.id).values(accepted=True))
        self._db.execute(update(SourceRow).where(SourceRow.key == key).values(accepted_at=now))
        return True
