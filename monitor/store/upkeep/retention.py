"""Thinning out: bodies of pages that prove nothing, and visits that only repeat their neighbours."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, or_, select, update

from monitor.store.schema import AddressRow, ClaimRow, DeliveryRow, EventRow, PageRow, ReadingRow, SourceRow

_AT_ONCE = 500  # rows in one statement


@dataclass(frozen=True, slots=True)
class Thinned:
    """What was thinned out, or would be: bodies of pages with their bytes, visits rolled up, failed deliveries."""

    pages: int = 0
    body_bytes: int = 0
    readings: int = 0
    deliveries: int = 0


class Retention:
    """What may go, and its going."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def thinnable(self, pages_before: datetime, readings_before: datetime) -> Thinned:
        """What `thin` would take, without taking it."""
        bodies = select(func.count(), func.coalesce(func.sum(func.length(PageRow.body)), 0)).where(_idle(pages_before))
        pages, body_bytes = self._db.execute(bodies).one()
        readings = sum(len(gone) for _, gone in self._runs(readings_before))
        deliveries = self._db.execute(select(func.count()).select_from(DeliveryRow).where(_retried(readings_before))).scalar_one()
        return Thinned(pages, int(body_bytes), readings, deliveries)

    def thin(self, pages_before: datetime, readings_before: datetime) -> Thinned:
        """Take the bodies of pages fetched before an instant, but for evidence; roll up the runs of equal visits before another.

        A page that is or ever was the evidence of a claim or an event keeps its body; so do those that what an address says rests on.
        Of a run of equal visits the first and the last stay, and the first says how many lay between and until when. Of an alert's
        failed deliveries the first and the last stay.
        """
        taken = self.thinnable(pages_before, readings_before)
        self._db.execute(update(PageRow).where(_idle(pages_before)).values(body=None))
        for first, gone in self._runs(readings_before):
            for start in range(0, len(gone), _AT_ONCE):
                self._db.execute(delete(ReadingRow).where(ReadingRow.id.in_([row.id for row in gone[start : start + _AT_ONCE]])))
            stands_for = first.merged + sum(row.merged + 1 for row in gone)
            rolled_up = {"merged": stands_for, "merged_until": gone[-1].merged_until or gone[-1].read_at}
            self._db.execute(update(ReadingRow).where(ReadingRow.id == first.id).values(rolled_up))
        self._db.execute(delete(DeliveryRow).where(_retried(readings_before)))
        return taken

    def _runs(self, before: datetime) -> Iterator[tuple[Any, list[Any]]]:
        """Of each run of equal visits longer than two, the first, and those between it and the last."""
        for source in self._db.execute(select(SourceRow.key).order_by(SourceRow.key)).scalars().all():
            for run in _alike(self._db.execute(_visits(source, before))):
                if len(run) > 2:  # noqa: PLR2004 - the first and the last stay
                    yield run[0], run[1:-1]


def _idle(before: datetime) -> ColumnElement[bool]:
    """Pages with a body that proves nothing and never did."""
    claimed = exists().where(ClaimRow.page == PageRow.hash)
    told, standing = select(EventRow.page), select(AddressRow.evidence)
    unused = (PageRow.hash.not_in(told), PageRow.hash.not_in(standing))
    return and_(PageRow.body.is_not(None), PageRow.fetched_at < before, ~claimed, *unused)


def _retried(before: datetime) -> ColumnElement[bool]:
    """Attempts that failed long ago, between the first and the last of their alert."""
    other = DeliveryRow.__table__.alias("other")
    same = other.c.alert_id == DeliveryRow.alert_id
    earlier, later = exists().where(same, other.c.id < DeliveryRow.id), exists().where(same, other.c.id > DeliveryRow.id)
    return and_(DeliveryRow.outcome == "retry", DeliveryRow.at < before, earlier, later)


def _visits(source: str, before: datetime) -> Any:  # noqa: ANN401 - a select
    """The readings of a source in the order of writing, each with whether anything rests on it."""
    written = exists().where(ClaimRow.reading_id == ReadingRow.id)
    ended = exists().where(ClaimRow.ended_reading_id == ReadingRow.id)
    told = exists().where(EventRow.reading_id == ReadingRow.id)
    rests = or_(written, ended, told, ReadingRow.skipped_rows.is_not(None), ReadingRow.accepted, ReadingRow.correction, ReadingRow.bundled)
    columns = (ReadingRow.id, ReadingRow.read_at, ReadingRow.outcome, ReadingRow.reason, ReadingRow.claims, ReadingRow.skipped)
    more = (ReadingRow.skips, ReadingRow.reader_version, ReadingRow.pages, ReadingRow.merged, ReadingRow.merged_until, rests.label("rests"))
    ours = select(*columns, *more).where(ReadingRow.source == source, ReadingRow.read_at < before)
    return ours.order_by(ReadingRow.id)


def _alike(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Runs of visits that say the same; one on which something rests ends a run, and begins the next as its first."""
    for _, same in groupby(rows, key=_said):
        run: list[Any] = []
        for row in same:
            if row.rests and run:
                yield run
                run = []
            run.append(row)
        yield run


def _said(row: Any) -> tuple[object, ...]:  # noqa: ANN401 - a row of readings
    """What a visit says, whatever bytes it was put in."""
    stored = tuple((url, evidence) for url, _, evidence in row.pages)
    return row.outcome, row.reason, row.claims, row.skipped, tuple(row.skips), row.reader_version, stored
