"""Records: what people handed in, each a source of its own that is never visited."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from monitor.domain.claims import Authority, Claim
from monitor.domain.records import DOCUMENT, WORD, is_document
from monitor.store.bulk import read_columns
from monitor.store.codec import CLAIM_COLUMNS, claims_of
from monitor.store.schema import ClaimRow, SourceRow
from monitor.store.views import RecordView


class Records:
    """The documents and words recorded."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def same_document(self, provider: str, page: str) -> str | None:
        """The key under which this very document was recorded before."""
        keys = self._db.execute(select(SourceRow.key).where(SourceRow.key.startswith(DOCUMENT, autoescape=True)).order_by(SourceRow.key))
        return next((key for key in keys.scalars() if is_document(key, provider, page)), None)

    def in_force(self, key: str) -> tuple[Claim, ...]:
        """What a record still says; nothing for a key that is no record's."""
        if not key.startswith((DOCUMENT, WORD)):
            return ()
        said = select(*CLAIM_COLUMNS).where(ClaimRow.source == key, ClaimRow.withdrawn_at.is_(None)).order_by(ClaimRow.id)
        return tuple(claims_of(read_columns(self._db, said, {})))

    def expired(self, now: datetime) -> tuple[Claim, ...]:
        """The words in force that no longer count at *now*, oldest first."""
        over = (ClaimRow.expires_on.is_not(None), ClaimRow.expires_on <= now.date(), ClaimRow.withdrawn_at.is_(None))
        return tuple(claims_of(read_columns(self._db, select(*CLAIM_COLUMNS).where(*over).order_by(ClaimRow.id), {})))

    def listing(self, until: datetime | None = None) -> tuple[RecordView, ...]:
        """Every record there ever was (or was at *until*), by key."""
        ours = or_(ClaimRow.source.startswith(DOCUMENT, autoescape=True), ClaimRow.source.startswith(WORD, autoescape=True))
        wanted = select(ClaimRow).where(ours).order_by(ClaimRow.source, ClaimRow.id)
        by_source: dict[str, list[Any]] = defaultdict(list)
        for row in self._db.execute(wanted.where(ClaimRow.recorded_at <= until) if until else wanted):
            by_source[row.source].append(row)
        return tuple(_view(key, rows, until) for key, rows in by_source.items())


def _view(key: str, rows: list[Any], until: datetime | None) -> RecordView:
    newest = rows[-1]
    in_force = sum(row.withdrawn_at is None or (until is not None and row.withdrawn_at > until) for row in rows)
    return RecordView(key, newest.provider, Authority(newest.authority), newest.author or "", newest.url, newest.recorded_at, in_force)
