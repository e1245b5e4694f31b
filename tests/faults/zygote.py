"""A process that has imported everything and forks a small daemon on each line it reads, printing the child's pid.

The child polls one source and delivers, again and again, until it is killed: the parts and the order of the real daemon, without
its pauses. Arguments: database URL, page URL, channel address.
"""

import os
import random
import sys
from datetime import UTC, datetime, timedelta

from monitor.alerts.channels import Channels
from monitor.bootstrap import clock
from monitor.domain.pages import Request
from monitor.domain.policy.watches import Watch
from monitor.fetch import Fetcher, FetchLimits
from monitor.jobs.deliver import deliver
from monitor.jobs.poll import poll
from monitor.jobs.remind import remind
from monitor.jobs.shop import Shop
from monitor.jobs.visits import Visit
from monitor.sources import find_source
from monitor.store import open_database

STEP = timedelta(hours=6)


def live(database_url: str, page_url: str, channel: str, rounds: int) -> None:
    """Poll, remind and deliver; every round is six hours of simulated time later, so that expired leases come back."""
    database = open_database(database_url)
    fetcher = Fetcher(limits=FetchLimits(min_spacing_seconds=0), user_agent="test", clock=clock, allow=["127.0.0.1"])
    shop = Shop(database, fetcher, (Watch("all", ("slack",)),), lambda cadence: cadence)
    source = find_source("generic_page")
    visit = Visit(source, "page", "openai", (Request(page_url),), timedelta(hours=6))
    channels = Channels({"slack": channel})
    with database.read() as ledger:
        last = ledger.readings.last("page")
    now = (last.read_at if last else datetime(2026, 1, 1, tzinfo=UTC)) + STEP
    while rounds:
        poll(shop, visit, now)
        remind(shop, [visit], now)
        deliver(database, channels, now, jitter=random.random)
        now += STEP
        rounds -= 1
    fetcher.close()
    database.close()


def say(line: str) -> None:
    """A line for the parent."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Fork on each line: its number is how many rounds the child lives if nobody kills it."""
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            live(sys.argv[1], sys.argv[2], sys.argv[3], int(line))
            os._exit(0)
        say(str(pid))
        os.waitpid(pid, 0)
        say("gone")


if __name__ == "__main__":
    main()
