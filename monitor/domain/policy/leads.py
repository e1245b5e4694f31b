"""Lead times by crossing: which reminder a date calls for today, and which ones its announcement stood for."""

from collections.abc import Collection
from datetime import date

from monitor.domain.lifecycle import Lifecycle
from monitor.domain.when import When


def crossed(leads: Collection[int], days_left: int) -> int | None:
    """The most urgent lead time that *days_left* has reached, or None.

    A date that passed while nobody looked still calls for its last reminder, for as long as the longest lead time; older ones are history.
    """
    longest = max(leads, default=0)
    return min((lead for lead in leads if -longest <= days_left <= lead), default=None)


def due_lead(state: Lifecycle, end: When, leads: Collection[int], today: date) -> int | None:
    """The lead time to remind of *today*; None too where it was crossed already when *end* became known."""
    lead = crossed(leads, end.days_left(today))
    beliefs = [(state.redirects, state.belief("redirects")), (state.retires, state.belief("retires"))]
    known_at = min(belief.since for when, belief in beliefs if belief and when == end)
    announced = crossed(leads, end.days_left(known_at.date()))
    return None if lead is None or (announced is not None and announced <= lead) else lead
