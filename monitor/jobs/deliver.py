"""Deliver: what is due leaves in messages, sent outside any transaction, and what became of each is marked.

A crash before the mark repeats the message, with the same visible id, once its lease has run out; a crash before the send loses
nothing. An idle round only reads.
"""

from collections.abc import Callable, Collection
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.alerts.channels import Channels
from monitor.errors import DeliveryError
from monitor.jobs.messaging import Messaging, Undelivered
from monitor.store.database import Database
from monitor.store.views import Departure

MOST_THREADS = 32
MOST_MESSAGES, LONGEST_ROUND = 20, timedelta(minutes=2)  # to a channel, and in all: a round comes to its end, however slow its targets
GLANCE = 0.5  # seconds until the other channels are looked at again while one takes its time

Flights = dict[Future[DeliveryError | None], Departure]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round did: *delivered* alerts in *messages*, and the messages that did not arrive."""

    delivered: int = 0
    messages: int = 0
    undelivered: tuple[Undelivered, ...] = ()

    @property
    def tried(self) -> int:
        """How many messages were attempted; none means that nothing was due."""
        return self.messages + len(self.undelivered)


def deliver(
    database: Database,
    channels: Channels,
    now: datetime,
    *,
    jitter: Callable[[], float],
    clock: Callable[[], datetime] | None = None,
    going: Callable[[], bool] = lambda: True,
) -> Delivered:
    """One round: on every channel at once, what is due, one message after the other, at most `MOST_MESSAGES`.

    A channel that fails rests until the next round, so that it delays no other; meanwhile the others are given what becomes due.
    *clock* tells the time during a round, which stands still at *now* without one. *jitter* draws from [0, 1); *going* turns false to
    stop after what is already on its way. Anything but a DeliveryError is raised once the rest is marked.
    """
    messaging = Messaging(database, channels, clock or (lambda: now), jitter)
    round_ = _Round(messaging)
    with ThreadPoolExecutor(min(len(channels.ids) + 1, MOST_THREADS), "modelwatch-deliver") as pool:
        flying: Flights = {}
        while True:
            if going():
                busy = {departure.channel for departure in flying.values()}
                flying |= {pool.submit(messaging.send, departure): departure for departure in round_.departures(busy)}
            if not flying:
                break
            landed, _ = wait(flying, timeout=GLANCE, return_when=FIRST_COMPLETED)
            round_.land({future: flying.pop(future) for future in landed})
    if round_.crashes:
        raise round_.crashes[0]
    return round_.done


class _Round:
    """Which channels may be given a message, and what became of those before."""

    def __init__(self, messaging: Messaging) -> None:
        self.done = Delivered()
        self.crashes: list[BaseException] = []
        self._messaging = messaging
        self._ends = messaging.clock() + LONGEST_ROUND
        self._given: dict[str, int] = {}
        self._resting: set[str] = set()

    def departures(self, busy: Collection[str]) -> list[Departure]:
        """The next message of each channel that has one due, is not busy, and has not failed."""
        if self._messaging.clock() > self._ends:
            return []
        full = {channel for channel, given in self._given.items() if given >= MOST_MESSAGES}
        free = self._messaging.due() - set(busy) - self._resting - full
        found = [departure for channel in sorted(free) if (departure := self._messaging.lease(channel))]
        for departure in found:
            self._given[departure.channel] = self._given.get(departure.channel, 0) + 1
        return found

    def land(self, landed: Flights) -> None:
        """Mark what became of messages."""
        for future, departure in landed.items():
            crash = future.exception()
            if crash:
                self.crashes.append(crash)
                failure = self._messaging.crashed(departure, crash)
            else:
                failure = self._messaging.mark(departure, future.result())
            if failure:
                self._resting.add(departure.channel)
            self.done = self._counted(departure, failure)

    def _counted(self, departure: Departure, failure: Undelivered | None) -> Delivered:
        done = self.done
        if failure:
            return Delivered(done.delivered, done.messages, (*done.undelivered, failure))
        return Delivered(done.delivered + len(departure.members), done.messages + 1, done.undelivered)
