"""What two readings of a source stated differently, statement by statement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.domain.claims import Statement, substance
from monitor.domain.facts import SETS, slot_of
from monitor.domain.pages import Page
from monitor.domain.readings import Outcome
from monitor.errors import ReadError, UsageError
from monitor.sources import Source
from monitor.store import Ledger
from monitor.store.views import VisitView

FAR_BACK = 200  # different pages of a source to look at for the last two that say something else
Point = int | datetime | None


class Reader(Protocol):
    """A source as configured: whose reader reads its pages, and whose models they speak of."""

    @property
    def source(self) -> Source:
        """The source that reads."""

    @property
    def provider(self) -> str:
        """Whose models."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One statement that only the later reading has (*after*), only the earlier (*before*), or whose value they give differently."""

    before: Statement | None
    after: Statement | None

    @property
    def statement(self) -> Statement:
        """The later one of the two that there are."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of the two is there
        return found


@dataclass(frozen=True, slots=True)
class Differences:
    """Two readings and what they state differently; *reread* says that both were read again, by today's reader, from their stored pages.

    Where a page is no longer stored, *changes* is what the claims tell: what was in force after each of the two.
    """

    source: str
    before: VisitView
    after: VisitView
    reread: bool
    changes: tuple[Difference, ...]


def differences(ledger: Ledger, key: str, reader: Reader | None, start: Point = None, end: Point = None) -> Differences | None:
    """Between two readings, each given by its number or as the last one by an instant; None where there are not two.

    Without *end* the newest one counts, without *start* the last one before that says something else (or, if none does, the one before).
    Raises UsageError for a number that is no reading of this source.
    """
    looked = _Looked(ledger, key, reader)
    after = looked.visit(end)
    earlier = looked.before(after) if after and start is None else iter([looked.visit(start)])
    nearest = None
    for before in earlier if after else ():
        if after is None or before is None:
            continue
        found = looked.compare(before, after)
        if found.changes:
            return found
        nearest = nearest or found
    return nearest


class _Looked:
    """The readings of one source that brought pages."""

    def __init__(self, ledger: Ledger, key: str, reader: Reader | None) -> None:
        self._ledger = ledger
        self._key = key
        self._reader = reader
        self._said: dict[int, tuple[Statement, ...] | None] = {}

    def visit(self, point: Point) -> VisitView | None:
        """The reading of that number, or the last one by an instant, or the newest."""
        if isinstance(point, int):
            found = next((visit for visit in self._ledger.evidence.visits(self._key) if visit.reading_id == point), None)
            if found is None:
                message = f"{self._key} has no reading {point}; `modelwatch sources --history {self._key}` lists them"
                raise UsageError(message)
            return found
        return next(self._brought(point), None)

    def before(self, after: VisitView) -> Iterator[VisitView]:
        """The readings before one, the newest first; of a run with the same pages the last."""
        pages, seen = after.pages, 0
        for visit in self._brought():
            if visit.reading_id < after.reading_id and visit.pages != pages and seen < FAR_BACK:
                pages, seen = visit.pages, seen + 1
                yield visit

    def compare(self, before: VisitView, after: VisitView) -> Differences:
        """Both read again where that can be done."""
        old, new = self._read(before), self._read(after)
        if old is not None and new is not None:
            return Differences(self._key, before, after, True, _differing(old, new))  # noqa: FBT003 - reread
        old, new = self._claimed(before), self._claimed(after)
        return Differences(self._key, before, after, False, _differing(old, new))  # noqa: FBT003 - not reread

    def _brought(self, until: datetime | None = None) -> Iterator[VisitView]:
        visits = self._ledger.evidence.visits(self._key, until)
        return (visit for visit in visits if visit.ours and visit.pages and visit.outcome in {Outcome.GOOD, Outcome.PARTIAL})

    def _claimed(self, visit: VisitView) -> tuple[Statement, ...]:
        return tuple(claim.statement for claim in self._ledger.evidence.stated(self._key, visit.read_at))

    def _read(self, visit: VisitView) -> tuple[Statement, ...] | None:
        if visit.reading_id not in self._said:
            self._said[visit.reading_id] = self._reread(visit)
        return self._said[visit.reading_id]

    def _reread(self, visit: VisitView) -> tuple[Statement, ...] | None:
        if self._reader is None:
            return None
        said: list[Statement] = []
        for url, digest in visit.pages:
            stored = self._ledger.readings.page(digest)
            if stored is None:
                return None
            try:
                page = Page(url, stored.body, visit.read_at, stored.content_type)
                said += self._reader.source.read(page, self._reader.provider).statements
            except ReadError:
                return None
        return tuple(said)


def _differing(before: Iterable[Statement], after: Iterable[Statement]) -> tuple[Difference, ...]:
    old, new = ({substance(statement): statement for statement in reversed(tuple(said))} for said in (before, after))
    gone, come = _by_slot(old[same] for same in old.keys() - new.keys()), _by_slot(new[same] for same in new.keys() - old.keys())
    found = [difference for slot in gone.keys() | come.keys() for difference in _paired(slot[1], gone[slot], come[slot])]
    return tuple(sorted(found, key=_order))


def _by_slot(statements: Iterable[Statement]) -> dict[tuple[object, str, object], list[Statement]]:
    slots: dict[tuple[object, str, object], list[Statement]] = defaultdict(list)
    for statement in statements:
        slots[statement.key, slot_of(statement.fact), statement.place].append(statement)
    return slots


def _paired(slot: str, gone: list[Statement], come: list[Statement]) -> Iterator[Difference]:
    """One value for another is a change; else what is gone and what has come."""
    if len(gone) == len(come) == 1 and slot not in SETS:
        yield Difference(gone[0], come[0])
        return
    yield from (Difference(statement, None) for statement in gone)
    yield from (Difference(None, statement) for statement in come)


def _order(difference: Difference) -> tuple[object, ...]:
    said = difference.statement
    return said.key, slot_of(said.fact), difference.after is not None, str(said.fact), said.place, str(said.said_on)
