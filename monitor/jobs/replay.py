"""Replay: saved pages of one or more sources through the whole pipeline under one simulated clock, calendar included."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby

from monitor.domain.events import Event
from monitor.domain.policy.alerts import Alert
from monitor.errors import UsageError
from monitor.jobs.poll import poll
from monitor.jobs.remind import remind
from monitor.jobs.saved import Saved, SavedPages, days_between
from monitor.jobs.shop import PollOutcome, Shop
from monitor.jobs.visits import Visit

LEASE = timedelta(minutes=5)
BATCH = 1000
ALWAYS = timedelta(days=36500)  # saved pages are never stale


@dataclass(frozen=True, slots=True)
class Told:
    """An alert at the simulated instant it would have been sent."""

    at: datetime
    alert: Alert


Step = PollOutcome | Event | Told


@dataclass(frozen=True, slots=True)
class Shelf:
    """A source as configured, and its saved pages."""

    visit: Visit
    pages: tuple[Saved, ...]


@dataclass(frozen=True, slots=True)
class _Player:
    """One source under the simulated clock: what is up of its pages, and the tools that see nothing else."""

    shop: Shop
    visit: Visit
    up: SavedPages = field(default_factory=SavedPages)

    def poll(self, page: Saved) -> PollOutcome:
        """One visit at the instant of the page, which finds it and what else is up; the real cadence plans the next visit."""
        self.up.put_up(page, page.url or _address(self.visit))
        shop = replace(self.shop, fetcher=self.up, jitter=lambda _: self.visit.cadence)
        return poll(shop, replace(self.timeless, requests=self.up.requests), page.at)

    @property
    def timeless(self) -> Visit:
        """The visit as one that is never stale and always configured."""
        return replace(self.visit, cadence=ALWAYS, not_configured="")


Days = Callable[[datetime, datetime], Iterable[datetime]]


def replay(shop: Shop, shelves: Iterable[Shelf], days: Days = days_between) -> Iterator[Step]:
    """What the pages bring, all sources in the order of time: per instant the outcomes of its readings, its events and its alerts; on
    the *days* between, what the calendar brings. Two runs over the same pages on a fresh database yield the same.

    A database may know something already, but only of before the first page: else UsageError, for history is never rewritten.
    """
    players = [(_Player(shop, shelf.visit), shelf.pages) for shelf in shelves]
    ordered = sorted(((page, player) for player, pages in players for page in pages), key=lambda one: (one[0].at, one[1].visit.key))
    if not ordered:
        return
    before = _known_until(shop, ordered[0][0])
    start = before + timedelta.resolution if before else ordered[0][0].at
    visits = [player.timeless for player, _ in players]
    for now, group in groupby(ordered, key=lambda one: one[0].at):
        for day in days(before, now) if before else ():
            yield from _remember(shop, visits, day, start)
        for page, player in group:
            yield player.poll(page)
        yield from _remember(shop, visits, now, start)
        before = now


def _known_until(shop: Shop, first: Saved) -> datetime | None:
    """The newest instant that the database knows of; raises UsageError where that is not before the first page."""
    with shop.database.read() as ledger:
        known = ledger.readings.recorded_until()
    if known and known >= first.at:
        message = (
            f"{first.path.name} is of {first.at:%Y-%m-%dT%H:%M:%SZ}, and the database was written until {known:%Y-%m-%dT%H:%M:%SZ}: "
            "only later pages can be replayed into it, for history is never rewritten"
        )
        raise UsageError(message)
    return known


def _address(visit: Visit) -> str:
    """Where the source's page stands."""
    return visit.requests[0].url if len(visit.requests) == 1 else visit.source.address or "file:"


def _remember(shop: Shop, visits: list[Visit], now: datetime, start: datetime) -> Iterator[Event | Told]:
    """The calendar's turn; then everything that was written at *now*. Alerts from before *start* are not ours to deliver."""
    remind(shop, visits, now)
    with shop.database.read() as ledger:
        yield from ledger.events.since(now, now)
    while due := _delivered(shop, now, start):
        yield from (Told(now, alert) for alert in due)


def _delivered(shop: Shop, now: datetime, start: datetime) -> list[Alert]:
    """A batch of the alerts that are due, taken as delivered."""
    with shop.database.write() as ledger:
        due = ledger.outbox.claim_due(now, limit=BATCH, lease=LEASE, made_since=start)
        for waiting in due:
            ledger.outbox.delivered(waiting.alert_id, now, "replayed")
    return [waiting.alert for waiting in due]
