"""Events that real pages show: a replacement that ends itself, a name that moved on, models that left a listing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.domain.events import Event, EventKind
from monitor.domain.pages import Request
from monitor.domain.policy.watches import Watch
from monitor.jobs.poll import poll
from monitor.jobs.remind import remind
from monitor.jobs.saved import Saved, SavedPages
from monitor.jobs.shop import Shop
from monitor.jobs.visits import Visit
from monitor.sources import find_source
from monitor.store import open_database
from tests.captures.shared import NEEDED, files

pytestmark = NEEDED


def told(tmp_path: Path, key: str, *saved: Saved) -> list[Event]:
    """What a source's pages bring, the calendar's turn after each."""
    source, pages = find_source(key), SavedPages()
    address = source.address
    visit = Visit(source, source.key, source.provider, (Request(address),), source.cadence)
    database = open_database(f"sqlite:///{tmp_path}/events.db")
    try:
        database.upgrade()
        shop = Shop(database, pages, (Watch("all", ("log",)),), lambda cadence: cadence)
        for one in saved:
            pages.put_up(one, address)
            poll(shop, visit, one.at)
            remind(shop, [], one.at)
        with database.read() as ledger:
            return list(ledger.events.since())
    finally:
        database.close()


def test_two_of_the_replacements_of_dall_e_3_end_themselves(tmp_path: Path) -> None:
    [page] = files("openai/announcements", "deprecations_2026-08-20*")
    found = told(tmp_path, "openai_deprecations", Saved(datetime(2026, 5, 1, tzinfo=UTC), page))
    risks = {
        (event.before, event.after) for event in found if event.kind is EventKind.REPLACEMENT_AT_RISK and event.key.model == "dall-e-3"
    }
    assert risks == {("gpt-image-1", "gpt-image-1:2026-10-23"), ("gpt-image-1-mini", "gpt-image-1-mini:2026-12-01")}
    quotes = [event.quote for event in found if event.after == "gpt-image-1:2026-10-23"]
    assert all("gpt-image-1" in quote and "October 23, 2026" in quote for quote in quotes)


def test_mistrals_moving_names_have_moved_and_old_models_have_left(tmp_path: Path) -> None:
    pages = files("mistral/listing")
    start = datetime(2025, 1, 1, tzinfo=UTC)
    found = told(tmp_path, "mistral_models", *(Saved(start + number * timedelta(days=1), page) for number, page in enumerate(pages)))
    moved = {(event.key.model, event.before, event.after) for event in found if event.kind is EventKind.ALIAS_MOVED}
    assert ("mistral-medium", "mistral-medium-2312", "mistral-medium-2505") in moved
    assert EventKind.MODEL_DELISTED in {event.kind for event in found}
