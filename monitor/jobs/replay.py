"""Replay: saved pages through the whole pipeline under a simulated clock, calendar included."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.domain.events import Event
from monitor.domain.pages import Request
from monitor.domain.policy import Alert
from monitor.jobs.poll import poll
from monitor.jobs.remind import remind
from monitor.jobs.saved import Saved, SavedPages, days_between
from monitor.jobs.shop import PollOutcome, Shop
from monitor.jobs.visits import Visit

LEASE = timedelta(minutes=5)
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """An alert at the simulated instant it would have been sent."""

    at: datetime
    alert: Alert


Step = PollOutcome | Event | Told


def replay(shop: Shop, visit: Visit, saved: Iterable[Saved]) -> Iterator[Step]:
    """What each page brings, in order: the outcome of its reading, its events, and the alerts of that instant; on the days between,
    what the calendar brings. Two runs over the same pages on a fresh database yield the same.
    """
    pages = SavedPages()
    address = visit.source.address or "file:"
    visit = replace(visit, requests=(Request(address),), not_configured="")
    shop = replace(shop, fetcher=pages, jitter=_punctual)
    before: datetime | None = None
    for page in saved:
        for day in days_between(before, page.at) if before else ():
            yield from _remember(shop, visit, day)
        pages.put_up(page, address)
        yield poll(shop, visit, page.at)
        yield from _remember(shop, visit, page.at)
        before = page.at


def _punctual(cadence: timedelta) -> timedelta:
    return cadence


def _remember(shop: Shop, visit: Visit, now: datetime) -> Iterator[Event | Told]:
    """The calendar's turn; then everything that was written at *now*."""
    remind(shop, [replace(visit, cadence=timedelta(days=36500))], now)  # saved pages are never stale
    with shop.database.read() as ledger:
        yield from ledger.events.since(now, now)
    with shop.database.write() as ledger:
        due = ledger.outbox.claim_due(now, limit=BATCH, lease=LEASE)
        for waiting in due:
            ledger.outbox.delivered(waiting.alert_id, now)
    yield from (Told(now, waiting.alert) for waiting in due)
