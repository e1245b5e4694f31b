"""A feed visited again and again, over a real server and a real database."""

from datetime import timedelta
from pathlib import Path

from monitor.domain.events import EventKind
from monitor.domain.readings import Outcome
from monitor.jobs.poll import poll
from monitor.jobs.shop import Shop
from tests.faultserver import FaultServer, page
from tests.jobs.shopping import DAY, START, shop, visit


def feed(*entries: tuple[str, str]) -> bytes:
    """An RSS feed of entries: number, sentence."""
    items = "".join(
        f"<item><title>Notice {number}</title><link>https://vendor.example/n/{number}</link>"
        f"<pubDate>Sun, 01 Mar 2026 09:00:00 GMT</pubDate><description>{sentence}</description></item>"
        for number, sentence in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


FIRST = ("1", "tern-1 will be retired on June 30, 2027.")
SECOND = ("2", "tern-2 will be retired on July 31, 2027.")
OTHER = ("3", "We opened an office.")


def told(tools: Shop) -> list[tuple[EventKind, str]]:
    with tools.database.read() as ledger:
        return [(event.kind, event.key.model) for event in ledger.events.since()]


def test_an_entry_that_scrolls_off_moves_nothing_however_long_it_is_gone(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        where = visit(site.url("/feed"), source="generic_feed")
        site.routes["/feed"] = page(feed(FIRST, SECOND), content_type="application/rss+xml")
        poll(tools, where, START)
        before = told(tools)
        for number, body in enumerate((feed(SECOND, OTHER), feed(OTHER), feed(OTHER), feed(OTHER)), 1):
            site.routes["/feed"] = page(body, content_type="application/rss+xml")
            outcome = poll(tools, where, START + number * DAY)
            assert (outcome.outcome, outcome.withdrawn, outcome.events) == (Outcome.GOOD, 0, 0)
        assert told(tools) == before
        assert (EventKind.RETIREMENT_SCHEDULED, "tern-1") in before


def test_the_evidence_of_an_entry_is_its_own_address(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        where = visit(site.url("/feed"), source="generic_feed")
        site.routes["/feed"] = page(feed(FIRST))
        poll(tools, where, START)
        with tools.database.read() as ledger:
            urls = {event.url for event in ledger.events.since()}
            bodies = [kept.body for kept in ledger.readings.evidence("page").values()]
    assert urls == {"https://vendor.example/n/1"}
    assert bodies == [feed(FIRST)]


def test_what_is_suddenly_no_feed_is_foreign_and_a_feed_again_is_good(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        where = visit(site.url("/feed"), source="generic_feed")
        outcomes = []
        for hour, body in enumerate((feed(FIRST), b"<html><body>Sign in</body></html>", feed(), feed(FIRST, SECOND))):
            site.routes["/feed"] = page(body)
            outcomes.append(poll(tools, where, START + timedelta(hours=hour)).outcome)
    assert outcomes == [Outcome.GOOD, Outcome.FOREIGN, Outcome.FOREIGN, Outcome.GOOD]
