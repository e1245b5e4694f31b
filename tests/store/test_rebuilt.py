"""Real series through the pipeline, on both engines: what was believed on any day can be told again, and rebuilt from what was kept."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import delete

from monitor.domain.events import ABOUT_SOURCES, FROM_CALENDAR, Event, EventKind
from monitor.domain.pages import Page, Request, Validators
from monitor.domain.policy.watches import Watch
from monitor.domain.reconcile.resolve import resolve_all
from monitor.errors import FetchError
from monitor.fetch import Fetched
from monitor.formats.models import key_records
from monitor.jobs.poll import poll
from monitor.jobs.replay import Shelf, replay
from monitor.jobs.saved import Saved, in_order, instant_of
from monitor.jobs.shop import PollOutcome, Shop
from monitor.jobs.visits import Visit
from monitor.queries.models import upcoming
from monitor.sources import find_source
from monitor.store import Database, open_database
from monitor.store.schema import LifecycleRow
from tests.captures.shared import NEEDED, files
from tests.store.words import bare, in_force, lifecycles

pytestmark = NEEDED
EVERY = 1 if os.environ.get("MODELWATCH_TEST_SLOW") else 4  # which captures
SERIES = {
    "openai_models": files("openai/listing", "2*")[::EVERY],
    "anthropic_models": files("anthropic/listing", "2*")[::EVERY],
    "gemini_models": files("google-gemini/listing", "2*")[::EVERY],
    "anthropic_deprecations": files("anthropic/announcements", "model-deprecations_*.md")[::EVERY],
    "deprecations_info": files("series/deprecations-info/api-v1")[:: 3 * EVERY],
}
LATER = timedelta(days=400)
READ = frozenset(EventKind) - FROM_CALENDAR - ABOUT_SOURCES


class Stopped:
    """Brings what is put into it."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.pages = {page.url: page for page in pages}

    def fetch(self, request: Request, _validators: Validators) -> Fetched:
        if request.url not in self.pages:
            raise FetchError(f"{request.url} was not kept")
        return Fetched(self.pages[request.url], Validators())


@dataclass
class Diary:
    """What was so at each instant: the lifecycles, what `upcoming` printed, the stored pages that prove the readings, the events."""

    states: dict[datetime, object] = field(default_factory=dict)
    printed: dict[datetime, str] = field(default_factory=dict)
    kept: list[tuple[datetime, str, dict[str, Page], PollOutcome]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def visit(key: str) -> Visit:
    source = find_source(key)
    return Visit(source, key, source.provider, (Request(source.address),), source.cadence)


def tools(database: Database, fetcher: object = None) -> Shop:
    return Shop(database, fetcher, (Watch("everything", ("log",)),), lambda cadence: cadence)  # type: ignore[arg-type]


def shelves() -> list[Shelf]:
    return [Shelf(visit(key), in_order([Saved(instant_of(path.name), path) for path in paths])) for key, paths in SERIES.items()]


def lived(database: Database) -> Diary:
    """All series, interleaved; of an instant the last word counts."""
    diary, playing = Diary(), shelves()
    at = {(shelf.visit.key, number): page.at for shelf in playing for number, page in enumerate(shelf.pages)}
    turns = dict.fromkeys(SERIES, 0)
    for step in replay(tools(database), playing, lambda *_: ()):
        if isinstance(step, PollOutcome):
            now = at[step.key, turns[step.key]]
            turns[step.key] += 1
            with database.read() as ledger:
                diary.kept.append((now, step.key, ledger.readings.evidence(step.key), step))
            diary.states[now] = lifecycles(database)
            diary.printed[now] = printed(database, now)
        elif isinstance(step, Event):
            diary.events.append(step)
    return diary


def printed(database: Database, now: datetime, as_of: datetime | None = None) -> str:
    """What `upcoming --json` prints."""
    with database.read() as ledger:
        views = upcoming(ledger, now, as_of=as_of, promises=True)
    return msgspec.json.encode(list(key_records(views))).decode()


def test_any_day_of_real_series_can_be_told_again(database: Database) -> None:
    diary = lived(database)
    assert len(diary.states) > 12
    for at, states in diary.states.items():
        assert lifecycles(database, as_of=at) == states == resolve_all(in_force(database, as_of=at))
        assert printed(database, at + LATER, as_of=at) == diary.printed[at]
    assert len(set(diary.printed.values())) > 5


def test_the_lifecycles_of_real_series_are_what_their_claims_amount_to(database: Database) -> None:
    lived(database)
    before = lifecycles(database)
    with database.write() as ledger:
        assert ledger.claims.rebuild() == 0
        ledger.sources._db.execute(delete(LifecycleRow))
        assert ledger.claims.rebuild() == len(before)
    assert lifecycles(database) == before
    with database.write() as ledger:
        assert ledger.claims.rebuild() == 0


def test_the_pages_that_are_kept_replayed_rebuild_everything(database: Database, tmp_path: Path) -> None:
    """Page for page from the store of one engine into a new SQLite file."""
    diary = lived(database)
    again = open_database(f"sqlite:///{tmp_path}/again.db")
    again.upgrade()
    for now, key, pages, outcome in diary.kept:
        shop = tools(again, Stopped(replace(page, fetched_at=now) for page in pages.values()))
        assert poll(shop, visit(key), now) == outcome
    assert bare(in_force(again)) == bare(in_force(database))
    with again.read() as ledger:
        told = [event for event in ledger.events.since() if event.kind in READ]
    assert told == [event for event in diary.events if event.kind in READ]
    again.close()


def test_pages_polled_again_are_no_news(database: Database) -> None:
    """At once, and later: once what the last page lacked is confirmed as gone, nothing ever changes."""
    diary = lived(database)
    for key, (pages, now) in {key: (pages, now) for now, key, pages, _ in diary.kept}.items():
        waits = [timedelta(0), LATER, LATER + timedelta(days=1), LATER + timedelta(days=30)]
        outcomes = [poll(tools(database, Stopped(pages.values())), visit(key), now + wait) for wait in waits]
        changed = [(outcome.events, outcome.added, outcome.withdrawn) for outcome in outcomes]
        assert (changed[0], changed[2:]) == ((0, 0, 0), [(0, 0, 0)] * 2)
