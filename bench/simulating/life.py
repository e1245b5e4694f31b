"""One life of the daemon at a simulated instant: everything is opened, done once and closed again, as after a restart.

Run as a program it lives so once in a process of its own, to be killed: `python -m simulating.life CONFIG INSTANT`.
"""

import os
import random
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from monitor.alerts.channels import Channels
from monitor.alerts.targets import Patience
from monitor.config import load_settings
from monitor.config.plan import visits
from monitor.fetch import Fetcher, FetchLimits
from monitor.jobs.deliver import deliver
from monitor.jobs.poll import poll
from monitor.jobs.remind import remind
from monitor.jobs.shop import Shop
from monitor.store import Database, open_database

QUICK = Patience(connect=2.0, read=2.0, total=3.0)


@dataclass
class Life:
    """The daemon's parts, as the configuration says, at one instant."""

    config: Path
    now: datetime

    def __post_init__(self) -> None:
        settings = load_settings(self.config, os.environ)
        self.database: Database = open_database(settings.database_url)
        self.settings = settings

    def visit(self) -> None:
        """Read every page."""
        limits = FetchLimits(min_spacing_seconds=0)
        fetcher = Fetcher(limits=limits, user_agent="simulation", clock=lambda: self.now, allow=["127.0.0.1"])
        shop = Shop(self.database, fetcher, self.settings.watches, lambda cadence: cadence)
        try:
            for visit in self._visits():
                poll(shop, visit, self.now)
        finally:
            fetcher.close()

    def remind(self) -> None:
        """What the calendar brings."""
        remind(Shop(self.database, _NO_NETWORK, self.settings.watches, lambda cadence: cadence), self._visits(), self.now)

    def deliver(self) -> None:
        """Send what is due."""
        deliver(self.database, Channels(self.settings.channels, QUICK), self.now, jitter=random.random)

    def close(self) -> None:
        """Let go of everything."""
        self.database.close()

    def _visits(self) -> list:
        ours = {page.key for page in self.settings.pages}
        return [visit for visit in visits(self.settings, os.environ) if visit.key in ours]


def live(config: Path, now: datetime, *, visit: bool) -> None:
    """One life: read the pages (or not), remind, deliver."""
    life = Life(config, now)
    try:
        if visit:
            life.visit()
        life.remind()
        life.deliver()
    finally:
        life.close()


CYCLES = (timedelta(hours=9), timedelta(hours=9, minutes=20), timedelta(hours=20))
_NO_NETWORK = None

if __name__ == "__main__":
    live(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), visit=True)
