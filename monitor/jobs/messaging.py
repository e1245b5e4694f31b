"""Messaging: one message of a channel leased, sent and marked; and what is told elsewhere of a channel that takes none."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.alerts.batches import render_batch
from monitor.alerts.channels import Channels
from monitor.alerts.message import Message
from monitor.alerts.parts import Parts
from monitor.alerts.plain import plain
from monitor.domain.policy.batches import batch_id, batches_of
from monitor.domain.policy.channels import ChannelNews, channel_alerts, told_to
from monitor.errors import DeliveryError, DeliveryPostponed, DeliveryRefused, MessageRefused
from monitor.fetch.retry import read_retry_at
from monitor.store import Ledger
from monitor.store.database import Database
from monitor.store.departures import LONGEST_PAUSE
from monitor.store.views import Departure

LEASE = timedelta(minutes=5)
FIRST_DELAY = timedelta(seconds=30)
MOST_ATTEMPTS = 20
MOST_AT_ONCE = 5000  # alerts joined into messages together
PLAIN_ROOM = 1500  # characters of a message that was refused as it was

_log = logging.getLogger("modelwatch.deliver")


@dataclass(frozen=True, slots=True)
class Undelivered:
    """An attempt that failed, of *alerts* under one visible id; *final* says that it will not be repeated."""

    channel: str
    visible_id: str
    error: str
    final: bool
    alerts: int = 1


def delay(attempts: int, jitter: Callable[[], float]) -> timedelta:
    """How long to wait after *attempts* failures: a random part of a span that doubles up to an hour ("full jitter")."""
    span = min(LONGEST_PAUSE, FIRST_DELAY * (1 << min(attempts - 1, 10)))
    return max(span * jitter(), timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class Messaging:
    """Every step writes by itself; `send` alone is called in another thread."""

    database: Database
    channels: Channels
    clock: Callable[[], datetime]
    jitter: Callable[[], float]

    def due(self) -> frozenset[str]:
        """The channels that something is due on."""
        self.database.alerted.clear()  # before looking: what is written meanwhile sets it again
        with self.database.read() as ledger:
            return ledger.departures.due_channels(self.clock())

    def lease(self, channel: str) -> Departure | None:
        """The next message of a channel; what is due there and in none yet is joined into messages first."""
        now = self.clock()
        with self.database.write() as ledger:
            _join(ledger, channel, now)
            return ledger.departures.lease(channel, now, now + LEASE)

    def send(self, departure: Departure) -> DeliveryError | None:
        """One attempt; the text is that of the day it is sent. What is refused in its form is sent once more, plain and short."""
        message = render_batch(departure.alerts, departure.batch, self.clock())
        try:
            try:
                self.channels.send(departure.channel, message)
            except MessageRefused as error:
                _log.warning("%s to %s: %s; once more, plain", departure.batch, departure.channel, error)
                self.channels.send(departure.channel, _plain(message, departure.batch), plain=True)
        except DeliveryError as error:
            return error
        return None

    def mark(self, departure: Departure, error: DeliveryError | None) -> Undelivered | None:
        """Write down what became of an attempt; None where the message arrived."""
        now = self.clock()
        if error is None:
            _tell(departure, "delivered", "")
            with self.database.write() as ledger:
                self._mended(ledger, departure.channel, now)
                ledger.outbox.delivered(departure.alert_ids, now)
            return None
        attempts = departure.attempts + 1
        final = isinstance(error, DeliveryRefused) or attempts >= MOST_ATTEMPTS
        reason = str(error) + f", {attempts} times" * (final and not isinstance(error, DeliveryRefused))
        _tell(departure, "given_up" if final else "retry", reason)
        with self.database.write() as ledger:
            if final:
                ledger.outbox.give_up(departure.alert_ids, now, reason)
                self._refused(ledger, departure, reason, now)
            else:
                postponed = isinstance(error, DeliveryPostponed)
                ledger.outbox.retry(departure.alert_ids, now, self._again_at(error, attempts, now), reason, postponed=postponed)
        return Undelivered(departure.channel, departure.batch, reason, final, len(departure.members))

    def crashed(self, departure: Departure, crash: BaseException) -> Undelivered | None:
        """A fault of ours before anything was sent: tried again later, each alert alone, so that one does not hold up the others."""
        if len(departure.members) > 1:
            with self.database.write() as ledger:
                ledger.departures.assign({alert.visible_id: [alert] for alert in departure.alerts})
        return self.mark(departure, DeliveryError(f"a fault of this program: {type(crash).__name__}"))

    def _again_at(self, error: DeliveryError, attempts: int, now: datetime) -> datetime:
        """When the target asked for it, at most an hour from now; else after a delay."""
        asked = error.retry_after if isinstance(error, DeliveryPostponed) else None
        return read_retry_at(asked, now, int(LONGEST_PAUSE.total_seconds())) or now + delay(attempts, self.jitter)

    def _refused(self, ledger: Ledger, departure: Departure, reason: str, now: datetime) -> None:
        """Tell the other channels, unless they were told since it last took something."""
        about = departure.channel
        if about not in ledger.departures.broken([about]):
            self._report(ledger, ChannelNews(about, broken=True, reason=reason, refused=departure.batch), now)

    def _mended(self, ledger: Ledger, about: str, now: datetime) -> None:
        if about in ledger.departures.broken([about]):
            self._report(ledger, ChannelNews(about, broken=False), now)

    def _report(self, ledger: Ledger, told: ChannelNews, now: datetime) -> None:
        health, configured = self.channels.health, self.channels.ids
        broken = ledger.departures.broken({*health.channels, *configured})
        ledger.outbox.add(channel_alerts(told, told_to(told.channel, broken, health, configured), health.owner, now))


def _join(ledger: Ledger, channel: str, now: datetime) -> None:
    """Alerts that were tried alone, by a release that knew no batches, stay alone: they may have arrived under their own id."""
    fresh = ledger.departures.fresh(channel, now, MOST_AT_ONCE)
    alone = [(waiting.alert,) for waiting in fresh if waiting.attempts]
    joined = batches_of(waiting.alert for waiting in fresh if not waiting.attempts)
    if fresh:
        ledger.departures.assign({batch_id(alerts): alerts for alerts in (*alone, *joined)})


def _plain(message: Message, batch: str) -> Message:
    """What no service should find too long or too elaborate."""
    parts = message.parts or Parts((message.body,))
    whole = ("Whole", f"modelwatch alerts show {batch}")
    return replace(message, body=plain(replace(parts, commands=(*parts.commands, whole)), PLAIN_ROOM))


def _tell(departure: Departure, became: str, error: str) -> None:
    """The outcome of an attempt, for the log."""
    outcome = {
        "event": "delivery",
        "alert": departure.batch,
        "alerts": len(departure.members),
        "channel": departure.channel,
        "outcome": became,
        "attempts": departure.attempts + 1,
        "error": error,
    }
    level = {"delivered": logging.INFO, "retry": logging.WARNING, "given_up": logging.ERROR}[became]
    words = {"delivered": "delivered", "retry": error, "given_up": f"{error}; given up"}[became]
    count = f" ({len(departure.members)} alerts)" if len(departure.members) > 1 else ""
    _log.log(level, "%s to %s%s: %s", departure.batch, departure.channel, count, words, extra={"outcome": outcome})
