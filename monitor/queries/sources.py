"""Sources: whether their silence can be trusted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from monitor.domain.claims import Authority
from monitor.domain.health import Health, SourceState, health_of
from monitor.domain.pages import Request
from monitor.domain.readings import Mark, Shape, SourceFacts, SourceKind
from monitor.store import Ledger
from monitor.store.views import RecordView


class Visited(Protocol):
    """A source as configured here."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def requests(self) -> tuple[Request, ...]:
        """What is fetched."""

    @property
    def cadence(self) -> timedelta:
        """How often."""

    @property
    def not_configured(self) -> str:
        """Why it cannot be visited, or ""."""

    @property
    def facts(self) -> SourceFacts:
        """What the rules of the domain need to know of it."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source: what it is, how it is doing, and what its last good reading brought.

    What a person handed in has no cadence. *bundled_as_of* is when somebody else read what a release brought along, as long as nothing
    better has been read here.
    """

    key: str
    kind: SourceKind
    provider: str
    authority: Authority
    cadence: timedelta | None
    health: Health
    reason: str
    last_good_at: datetime | None
    last_visit_at: datetime | None
    claims: int
    skipped: int
    next_visit_at: datetime | None
    addresses: tuple[str, ...]
    bundled_as_of: datetime | None = None


def sources_overview(ledger: Ledger, visits: Iterable[Visited], now: datetime, as_of: datetime | None = None) -> tuple[SourceView, ...]:
    """Every source in the order given, then what people handed in; with *as_of* as their readings stood then.

    What is configured is always today's word: nobody remembers which sources had their keys.
    """
    bundled = ledger.bundles.as_of(as_of)
    visited = (_view(ledger, visit, now, as_of, bundled.get(visit.key)) for visit in visits)
    return (*visited, *(_record(ledger, record, as_of) for record in ledger.records.listing(as_of)))


def _record(ledger: Ledger, record: RecordView, as_of: datetime | None) -> SourceView:
    last = ledger.readings.last(record.key, as_of)
    by = f"by {record.author}" if record.author else ""
    why = last.reason if last and not record.claims else by
    return SourceView(
        record.key,
        SourceKind.RECORD,
        record.provider,
        record.authority,
        None,
        Health.RECORDED,
        why,
        record.recorded_at,
        last.read_at if last else None,
        record.claims,
        len(ledger.readings.skipped(record.key, as_of)),
        None,
        (record.url,),
    )


def source_state(ledger: Ledger, visit: Visited, as_of: datetime | None = None) -> SourceState:
    """What the readings of a source say of it, or said at *as_of*."""
    last_good, since = ledger.readings.marks(visit.key, as_of)
    last = ledger.readings.last(visit.key, as_of)
    newest = since[-1] if since else last_good
    mark = Mark(last.read_at, last.outcome, newest.shape if newest else Shape(0)) if last else None
    return SourceState(visit.facts, visit.cadence, last_good, mark, last.reason if last else "", last.page if last else "")


def _view(ledger: Ledger, visit: Visited, now: datetime, as_of: datetime | None, bundled: datetime | None) -> SourceView:
    state = source_state(ledger, visit, as_of)
    health = Health.NOT_CONFIGURED if visit.not_configured else health_of(state, as_of or now)
    return SourceView(
        visit.key,
        visit.facts.kind,
        visit.facts.provider,
        visit.facts.authority,
        visit.cadence,
        Health.BUNDLED if health is Health.NEVER_READ and bundled else health,
        visit.not_configured or (state.reason if health is not Health.GOOD else ""),
        state.last_good.read_at if state.last_good else None,
        state.last.read_at if state.last else None,
        state.last_good.shape.claims if state.last_good else 0,
        len(ledger.readings.skipped(visit.key, as_of)),
        None if visit.not_configured or as_of else ledger.sources.next_visit(visit.key),
        tuple(request.url for request in visit.requests),
        bundled,
    )
