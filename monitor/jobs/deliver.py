"""Deliver: lease what is due, send it outside any transaction, mark what became of it.

A crash before the mark repeats the alert, with the same visible id, once its lease has run out; a crash before the send loses nothing.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.alerts.channels import Channels
from monitor.alerts.messages import render
from monitor.errors import DeliveryError, DeliveryRefused
from monitor.store.database import Database
from monitor.store.views import Waiting

LEASE = timedelta(minutes=5)
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)
MOST_ATTEMPTS = 20
MOST_THREADS = 32

_log = logging.getLogger("modelwatch.deliver")


@dataclass(frozen=True, slots=True)
class Undelivered:
    """An attempt that failed; *final* says that it will not be repeated."""

    channel: str
    visible_id: str
    error: str
    final: bool


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round did."""

    delivered: int = 0
    undelivered: tuple[Undelivered, ...] = ()

    @property
    def tried(self) -> int:
        """How many alerts were attempted; none means that nothing was due."""
        return self.delivered + len(self.undelivered)


def deliver(
    database: Database,
    channels: Channels,
    now: datetime,
    *,
    jitter: Callable[[], float],
    limit: int = 20,
    going: Callable[[], bool] = lambda: True,
) -> Delivered:
    """One round: on every channel at once, what is due at *now*, one after the other, at most *limit*.

    A channel that fails rests until the next round, so that it delays no other. *jitter* draws from [0, 1); *going* turns false to
    stop after what is already on its way. Anything but a DeliveryError is raised once the rest is marked.
    """
    round_ = _Round(database, channels, now, jitter)
    left = dict.fromkeys(channels.ids, limit)
    flying: dict[Future[DeliveryError | None], Waiting] = {}
    crashes: list[BaseException] = []
    with ThreadPoolExecutor(min(len(left), MOST_THREADS), "modelwatch-deliver") as pool:
        leased = round_.lease(left) or round_.lease_strays(limit)
        while leased or flying:
            flying |= {pool.submit(round_.send, waiting): waiting for waiting in leased}
            landed, _ = wait(flying, return_when=FIRST_COMPLETED)
            rested = []
            for future in landed:
                waiting = flying.pop(future)
                crash = future.exception()
                if crash:
                    crashes.append(crash)
                elif round_.mark(waiting, future.result()):
                    rested.append(waiting.alert.channel)
            leased = round_.lease(_served(rested, left)) if going() else []
    if crashes:
        raise crashes[0]
    return Delivered(round_.delivered, tuple(round_.undelivered))


def delay(attempts: int, jitter: Callable[[], float]) -> timedelta:
    """How long to wait after *attempts* failures: a random part of a span that doubles up to an hour ("full jitter")."""
    span = min(LONGEST_DELAY, FIRST_DELAY * (1 << (attempts - 1)))
    return max(span * jitter(), timedelta(seconds=1))


def _served(rested: Iterable[str], left: dict[str, int]) -> Iterator[str]:
    """The channels that just took a message and may be given another."""
    for channel in rested:
        left[channel] = left.get(channel, 1) - 1
        if left[channel]:
            yield channel


def _told(waiting: Waiting, became: str, error: str = "") -> dict[str, object]:
    """The outcome of an attempt for the log."""
    alert = waiting.alert
    told = {"event": "delivery", "alert": alert.visible_id, "channel": alert.channel, "outcome": became, "attempts": waiting.attempts + 1}
    return {"outcome": told | {"error": error}}


class _Round:
    """What the steps of one round share."""

    def __init__(self, database: Database, channels: Channels, now: datetime, jitter: Callable[[], float]) -> None:
        self.delivered = 0
        self.undelivered: list[Undelivered] = []
        self._database = database
        self._channels = channels
        self._now = now
        self._jitter = jitter

    def lease(self, channels: Iterable[str]) -> list[Waiting]:
        """One due alert for each of *channels*."""
        wanted = list(channels)
        if not wanted:
            return []
        with self._database.write() as ledger:
            return [
                waiting for channel in wanted for waiting in ledger.outbox.claim_due(self._now, limit=1, lease=LEASE, channels=[channel])
            ]

    def lease_strays(self, limit: int) -> list[Waiting]:
        """What is due although no channel of the configuration has anything due: it is for channels that are gone."""
        with self._database.write() as ledger:
            return ledger.outbox.claim_due(self._now, limit=limit, lease=LEASE)

    def send(self, waiting: Waiting) -> DeliveryError | None:
        """One attempt, in a thread of its channel; the text is that of the day it is sent."""
        try:
            self._channels.send(waiting.alert.channel, render(waiting.alert, self._now))
        except DeliveryError as error:
            return error
        return None

    def mark(self, waiting: Waiting, error: DeliveryError | None) -> bool:
        """Write down what became of an attempt; whether the alert arrived."""
        if error is None:
            self.delivered += 1
            _log.info("%s to %s: delivered", waiting.alert.visible_id, waiting.alert.channel, extra=_told(waiting, "delivered"))
            with self._database.write() as ledger:
                ledger.outbox.delivered(waiting.alert_id, self._now)
            return True
        attempts = waiting.attempts + 1
        final = isinstance(error, DeliveryRefused) or attempts >= MOST_ATTEMPTS
        alert = waiting.alert
        self.undelivered.append(Undelivered(alert.channel, alert.visible_id, str(error), final))
        level, became = (logging.ERROR, "given_up") if final else (logging.WARNING, "retry")
        text = f"{alert.visible_id} to {alert.channel}: {error}" + "; given up" * final
        _log.log(level, "%s", text, extra=_told(waiting, became, str(error)))
        with self._database.write() as ledger:
            if final:
                ledger.outbox.give_up(waiting.alert_id, self._now, str(error))
            else:
                ledger.outbox.retry(waiting.alert_id, self._now, self._now + delay(attempts, self._jitter), str(error))
        return False
