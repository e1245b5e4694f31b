"""The story: poll, remind and deliver, day by day, with the parts the daemon uses, told as it happens."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from monitor.alerts.channels import Channels
from monitor.cli.demo.pages import Site
from monitor.cli.demo.receiver import Posted, SlackReceiver
from monitor.domain.events import Event
from monitor.domain.pages import Request
from monitor.domain.policy.watches import Watch
from monitor.fetch import Fetcher, FetchLimits
from monitor.jobs.deliver import deliver
from monitor.jobs.poll import poll
from monitor.jobs.remind import remind
from monitor.jobs.shop import Shop
from monitor.jobs.visits import Visit
from monitor.queries.news import history
from monitor.sources import find_source
from monitor.store import Database, open_database

FIRST_DAY, LAST_DAY = datetime(2026, 1, 10, 9, tzinfo=UTC), datetime(2026, 2, 16, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCES = (
    ("openai_model_pages", "openai", "/official"),
    ("mindstudio_models", "openai", "/collection"),
    ("model_pages", "openai", "/review"),
    ("model_pages", "openrouter", "/router"),
    ("pipellm_models", "openai", "/reseller"),
)
Say = Callable[[str], None]

OPENING = """\
This is modelwatch watching one model, GPT-4.1 mini, from 10 January to 16 February 2026.

  - Five web pages about it are served on this machine. They disagree, as such pages do.
  - Every simulated day the pages are fetched, read and compared with what is known; what is new goes into a database.
  - Alerts go through the real delivery to a stand-in for Slack on this machine. Only the clock is simulated.

On 12 January one page starts to pass on that the model will leave ChatGPT (the app) on 13 February.
The API model of the same name is not affected, and modelwatch must keep the two apart. Here is what arrives in the channel:
"""


class _Clock:
    def __init__(self) -> None:
        self.now = FIRST_DAY

    def today(self) -> date:
        return self.now.date()

    def __call__(self) -> datetime:
        return self.now


def tell(say: Say) -> list[Event]:
    """Tell the story line by line through *say*; returns the history it ends with."""
    clock = _Clock()
    say(OPENING)

    def arrived(posted: Posted) -> None:
        say(f"--- {clock.now:%a %d %b %Y}, in the channel " + "-" * 30)
        say("\n".join(part for part in (posted.title, posted.text) if part).strip() + "\n")

    with tempfile.TemporaryDirectory(prefix="modelwatch-demo-") as place, Site(clock.today) as site, SlackReceiver(arrived) as slack:
        database = open_database(f"sqlite:///{place}/demo.db")
        database.upgrade()
        limits = FetchLimits(min_spacing_seconds=0)
        fetcher = Fetcher(limits=limits, user_agent="modelwatch-demo", clock=clock, allow=[urlsplit(site.address).netloc])
        try:
            shop = Shop(database, fetcher, (Watch("demo", ("slack",)),), lambda cadence: cadence)
            _live(shop, list(_visits(site)), Channels({"slack": slack.target}), clock)
            return _end(database, len(slack.posted), say)
        finally:
            fetcher.close()
            database.close()


def _visits(site: Site) -> Iterator[Visit]:
    for key, provider, path in SOURCES:
        yield Visit(find_source(key), f"{key}{path.replace('/', ':')}", provider, (Request(site.address + path),), DAY)


def _live(shop: Shop, visits: list[Visit], channels: Channels, clock: _Clock) -> None:
    while clock.now <= LAST_DAY:
        for visit in visits:
            poll(shop, visit, clock.now)
        remind(shop, visits, clock.now)
        deliver(shop.database, channels, clock.now, jitter=lambda: 0.0)
        clock.now += DAY


def _end(database: Database, messages: int, say: Say) -> list[Event]:
    with database.read() as ledger:
        events = list(history(ledger, "gpt-4.1-mini").events)
    days = (LAST_DAY - FIRST_DAY).days + 1
    say(f"{messages} messages in {days} days; on the other days there was nothing to say.\n")
    say("The history modelwatch keeps of this model, every surface of it:\n")
    for event in events:
        change = " -> ".join(part for part in (event.before, event.after) if part)
        say(f"  {event.at:%Y-%m-%d}  {event.kind.value:<24} {event.key.provider:<11} {event.key.model:<26} {event.fact} {change}".rstrip())
    return events
