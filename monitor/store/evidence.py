"""Evidence: the pages that were seen, what rests on them, and the visits that saw them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from monitor.domain.claims import Claim
from monitor.domain.readings import Outcome
from monitor.store.bulk import read_columns
from monitor.store.codec import CLAIM_COLUMNS, claims_of
from monitor.store.readings import seen_at
from monitor.store.schema import ClaimRow, PageRow, ReadingRow, SourceRow
from monitor.store.views import PageView, VisitView

_ALIKE = 10  # pages named, at most, where a prefix fits several


class Evidence:
    """What proves the claims."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def pages(self, prefix: str) -> tuple[PageView, ...]:
        """The pages whose hash begins with *prefix* (hexadecimal, in any case), at most ten."""
        named = PageRow.hash.startswith(prefix.lower(), autoescape=True)
        columns = (
            PageRow.hash,
            PageRow.url,
            PageRow.fetched_at,
            PageRow.content_type,
            PageRow.size,
            PageRow.body.is_not(None).label("kept"),
        )
        rows = self._db.execute(select(*columns).where(named).order_by(PageRow.hash).limit(_ALIKE))
        return tuple(PageView(*row) for row in rows)

    def claims_on(self, page: str) -> tuple[Claim, ...]:
        """Every claim that rests on a page, in force or withdrawn, oldest first."""
        return tuple(claims_of(read_columns(self._db, select(*CLAIM_COLUMNS).where(ClaimRow.page == page).order_by(ClaimRow.id), {})))

    def stated(self, source: str, at: datetime) -> tuple[Claim, ...]:
        """What a source said at an instant, as far as its claims tell: those in force then and not missing."""
        in_force = (ClaimRow.recorded_at <= at, _not_before(ClaimRow.withdrawn_at, at), _not_before(ClaimRow.missing_since, at))
        said = select(*CLAIM_COLUMNS).where(ClaimRow.source == source, *in_force).order_by(ClaimRow.id)
        return tuple(claims_of(read_columns(self._db, said, {})))

    def last_good_at(self, source: str, until: datetime) -> datetime | None:
        """When a source was last read in full, up to and with *until*."""
        good = (ReadingRow.source == source, ReadingRow.outcome == Outcome.GOOD.value, ReadingRow.bundled.is_(False))
        newest = select(ReadingRow).where(*good, ReadingRow.read_at <= until).order_by(ReadingRow.read_at.desc()).limit(1)
        row = self._db.execute(newest).one_or_none()
        return seen_at(row, until) if row else None

    def visits(self, source: str, until: datetime | None = None) -> Iterator[VisitView]:
        """The visits of a source, the newest first, copies that a release brought along among them."""
        wanted = select(ReadingRow).where(ReadingRow.source == source).order_by(ReadingRow.id.desc())
        return (_visit(row) for row in self._db.execute(wanted.where(ReadingRow.read_at <= until) if until else wanted))

    def known(self, source: str) -> bool:
        """Whether there ever was a source of that key."""
        return self._db.execute(select(SourceRow.key).where(SourceRow.key == source)).first() is not None


def _not_before(column: Any, at: datetime) -> ColumnElement[bool]:  # noqa: ANN401 - a column of claims
    return or_(column.is_(None), column > at)


def _visit(row: Any) -> VisitView:  # noqa: ANN401 - a row of readings
    pages = tuple((url, evidence) for url, _, evidence in row.pages)
    counts = (Outcome(row.outcome), row.reason, row.claims, row.skipped)
    return VisitView(row.id, row.read_at, *counts, pages, not row.bundled)
