"""Lulls of the calendar: while nothing is learnt and no date is reached, nobody need ask what is due."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.domain.calendar import awaited, next_change
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.watches import Watch
from monitor.store import Ledger

LONGEST = timedelta(hours=1)  # so that a rule which nobody thought of here is late by that at most


@dataclass(slots=True)
class Lull:
    """What a turn of the calendar that found nothing rested on: as long as that is so, the next turn finds nothing either."""

    began: datetime | None = None
    until: datetime | None = None
    _listings: frozenset[str] = frozenset()
    _rested_on: object = None

    def begin(self, ledger: Ledger, lifecycles: Sequence[Lifecycle], watches: Collection[Watch], now: datetime) -> None:
        """Nothing is due of *lifecycles* at *now*."""
        self._listings = awaited(lifecycles, ledger.readings.last_good_at(), now)
        self._rested_on = self._rests_on(ledger, watches, now)
        self.began, self.until = now, min(next_change(lifecycles, now), now + LONGEST)

    def lasts(self, ledger: Ledger, watches: Collection[Watch], now: datetime) -> bool:
        """Whether nothing of it has changed."""
        if self.began is None or self.until is None or not self.began <= now < self.until:
            return False
        return self._rested_on == self._rests_on(ledger, watches, now)

    def _rests_on(self, ledger: Ledger, watches: Collection[Watch], now: datetime) -> object:
        read_at = {source: at for source, at in ledger.readings.last_good_at().items() if source in self._listings}
        return tuple(watches), ledger.acks.mutes(now), ledger.claims.state(), read_at
