"""Baselines: what the drift guard learns of a source from its own readings."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

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
        newest = self._db.execute(select(ReadingRow.read_at).where(*ours).order_by(ReadingRow.id.desc()).limit(1)).scalar_one_or_none()
        if newest is None:
            return Past()
        told = ReadingRow.outcome.in_([Outcome.GOOD.value, Outcome.PARTIAL.value])
        shape = (ReadingRow.outcome, ReadingRow.claims, ReadingRow.skips, ReadingRow.accepted)
        spans = (func.min(ReadingRow.read_at).label("first_at"), func.max(ReadingRow.read_at).label("last_at"), func.count().label("count"))
        rows = self._db.execute(select(*shape, *spans).where(*ours, told, ReadingRow.read_at >= newest - MEMORY).group_by(*shape)).all()
        settled = [row.last_at for row in rows if row.outcome == Outcome.GOOD and (row.accepted or not row.claims)]
        return Past(_levels(rows, Outcome.GOOD), _levels(rows, Outcome.PARTIAL), max(settled, default=NEVER))


def _levels(rows: Iterable[Any], outcome: Outcome) -> tuple[Level, ...]:
    levels = (
        Level(Shape(row.claims, frozenset(row.skips)), row.first_at, row.last_at, row.count) for row in rows if row.outcome == outcome
    )
    return tuple(sorted(levels, key=lambda level: (level.first_at, level.last_at, level.shape.claims)))
