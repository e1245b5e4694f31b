"""What is measured of the whole program, out of one read transaction: sources, events, the outbox and the next retirements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.watches import Watch
from monitor.queries.sources import SourceView, Visited, sources_overview
from monitor.store import Ledger
from monitor.store.counts import Counts


@dataclass(frozen=True, slots=True)
class Measures:
    """*days_left* is by watch, to the nearest end ahead of what it selects; a watch with nothing ahead is left out."""

    sources: tuple[SourceView, ...]
    counts: Counts
    days_left: Mapping[str, int]


def measures(ledger: Ledger, visits: Iterable[Visited], watches: Iterable[Watch], now: datetime) -> Measures:
    """Everything at *now*."""
    configured = [visit for visit in visits if not visit.not_configured]
    views = tuple(view for view in sources_overview(ledger, configured, now) if view.cadence)
    return Measures(views, ledger.counts.all(), _days_left(ledger.claims.ending(), watches, now))


def _days_left(ending: Iterable[Lifecycle], watches: Iterable[Watch], now: datetime) -> dict[str, int]:
    today = now.date()
    ahead = [
        (days, state)
        for state in ending
        if (end := state.ends) and not state.soft and not state.retired_at(now) and (days := end.days_left(today)) >= 0
    ]
    ahead.sort(key=lambda one: one[0])
    nearest = ((watch.name, next((days for days, state in ahead if watch.selects(state.key)), None)) for watch in watches)
    return {name: days for name, days in nearest if days is not None}
