"""Lead times by crossing: which reminder a date calls for today, and which ones its announcement stood for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from monitor.domain.lifecycle import Lifecycle
from monitor.domain.when import When


def crossed(leads: Collection[int], days_left: int, longest: int | None = None) -> int | None:
    """The most urgent lead time that *days_left* has reached, or None.

    A date that passed while nobody looked still calls for its last reminder, for as long as the longest lead time (or *longest*); older
    ones are history.
    """
    back = max(leads, default=0) if longest is None else longest
    return min((lead for lead in leads if -back <= days_left <= lead), default=None)


@dataclass(frozen=True, slots=True)
class Leads:
    """The lead times of one channel; *told* says whether it hears of announcements, which then stand for those they arrive behind."""

    days: frozenset[int]
    longest: int
    told: bool = True

    def due(self, state: Lifecycle, end: When, today: date) -> int | None:
        """The lead time to remind of *today*; None too where it was crossed already when *end* became known, and that was told."""
        lead = crossed(self.days, end.days_left(today), self.longest)
        announced = crossed(self.days, end.days_left(_known_on(state, end)), self.longest) if self.told else None
        return None if lead is None or (announced is not None and announced <= lead) else lead


def _known_on(state: Lifecycle, end: When) -> date:
    beliefs = [(state.redirects, state.belief("redirects")), (state.retires, state.belief("retires"))]
    return min(belief.since for when, belief in beliefs if belief and when == end).date()
