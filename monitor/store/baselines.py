"""Baselines: what the drift guard learns of a source from its own readings."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from monitor.domain.readings import NEVER, Level, Outcome, Past, Shape
from monitor.store.schema import ReadingRow

MEMORY = timedelta(days=180)


class Baselines:
    """The levels of every source."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def past(self, source: str, until: datetime | None = None) -> Past:
        """What the readings of the half year before the newest one (or before *until*) amount to."""
        ours: list[ColumnElement[bool]] = [ReadingRow.source == source, ReadingRow.bundled.is_(False)]
        if until:
            ours.append(ReadingRow.read_at <= until)
        newest = self._db.execute(select(func.max(ReadingRow.read_at)).where(*ours)).scalar_one_or_none()
        if newest is None:
            return Past()
        of_late = (*ours, ReadingRow.read_at >= newest - MEMORY)
        shape = (ReadingRow.outcome, ReadingRow.claims, ReadingRow.skips)
        spans = (func.min(ReadingRow.read_at).label("first_at"), func.max(ReadingRow.read_at).label("last_at"), func.count().label("count"))
        told = ReadingRow.outcome.in_([Outcome.GOOD.value, Outcome.PARTIAL.value])
        rows = self._db.execute(select(*shape, *spans).where(*of_late, told).group_by(*shape)).all()
        settled = and_(ReadingRow.outcome == Outcome.GOOD.value, or_(ReadingRow.accepted, ReadingRow.claims == 0))
        settled_at = self._db.execute(select(func.max(ReadingRow.read_at)).where(*of_late, settled)).scalar_one_or_none()
        return Past(_levels(rows, Outcome.GOOD), _levels(rows, Outcome.PARTIAL), settled_at or NEVER)


def _levels(rows: Iterable[Any], outcome: Outcome) -> tuple[Level, ...]:
    levels = (
        Level(Shape(row.claims, frozenset(row.skips)), row.first_at, row.last_at, row.count) for row in rows if row.outcome == outcome
    )
    return tuple(sorted(levels, key=lambda level: (level.first_at, level.last_at, level.shape.claims)))
