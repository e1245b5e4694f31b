"""A visit: fetched, read, decided and recorded whole, or recorded as the source's failure."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from monitor.bootstrap import clock
from monitor.domain.claims import Authority, Place, Statement
from monitor.domain.events import EventKind
from monitor.domain.facts import Listed, Retires
from monitor.domain.identity import ModelKey
from monitor.domain.pages import Page, Request
from monitor.domain.readings import Outcome, Parsed, SourceKind
from monitor.domain.when import read_value
from monitor.jobs.poll import poll
from monitor.jobs.shop import Shop
from monitor.jobs.visits import Visit
from monitor.sources import Source, find_source
from tests.faultserver import FaultServer, answer, busy, in_turn, page
from tests.jobs.shopping import DAY, START, shop, table, upgraded, visit

ONE = ("2026-09-01", "alpha-1", "alpha-2")
TWO = ("2026-10-01", "beta-1", "beta-2")


def kinds(tools: Shop) -> list[tuple[EventKind, str]]:
    with tools.database.read() as ledger:
        return [(event.kind, event.key.model) for event in ledger.events.since()]


def rows(tools: Shop) -> int:
    """All rows of the database."""
    import sqlite3

    url = str(tools.database).split("sqlite:///")[1].split("'")[0].split(">")[0].rstrip(")")
    with sqlite3.connect(url) as raw:
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        count = sum(int(raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in names)  # noqa: S608 - names of our own tables
    raw.close()
    return count


def test_the_first_good_reading_is_recorded_with_events_and_told_as_one_digest(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(ONE, TWO))
        outcome = poll(tools, visit(site.url("/p")), START)
        with tools.database.read() as ledger:
            alerts = ledger.outbox.listing()
            next_visit = ledger.sources.next_visit("page")
    assert (outcome.outcome, outcome.claims, outcome.events, outcome.added) == (Outcome.GOOD, 4, 6, 4)
    assert [view.alert.kind.value for view in alerts] == ["digest"]
    assert next_visit == START + timedelta(hours=6)


def test_what_a_later_reading_adds_is_news(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(ONE))
        poll(tools, visit(site.url("/p")), START)
        site.routes["/p"] = page(table(ONE, TWO))
        poll(tools, visit(site.url("/p")), START + DAY)
        with tools.database.read() as ledger:
            news = [view.alert for view in ledger.outbox.listing() if view.alert.kind == "news"]
    assert [[event.key.model for event in alert.events] for alert in news] == [["beta-1"] * 3]


def test_an_unchanged_page_costs_one_reading_whether_the_server_says_so_or_not(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        for tag in ('"v1"', None):
            site.routes["/p"] = page(table(ONE, TWO), etag=tag) if tag else page(table(ONE, TWO))
            poll(tools, visit(site.url("/p")), START)
            before = rows(tools)
            outcome = poll(tools, visit(site.url("/p")), START + DAY)
            assert (outcome.outcome, outcome.claims, outcome.events) == (Outcome.GOOD, 4, 0)
            assert rows(tools) == before + 1


def test_a_page_of_random_bytes_is_a_failure_that_names_the_source_and_the_rest_go_on(tmp_path: Path) -> None:
    noise = random.Random(7).randbytes(4096)
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/noise"] = page(noise)
        site.routes["/p"] = page(table(ONE))
        bad = poll(tools, visit(site.url("/noise"), key="noisy"), START)
        good = poll(tools, visit(site.url("/p")), START)
        assert bad.outcome is Outcome.FAILED
        assert "noisy" in bad.reason
        assert good.outcome is Outcome.GOOD
        assert (EventKind.SOURCE_FAILED, "noisy") in kinds(tools)


def test_a_failing_source_is_told_once_retried_sooner_and_told_again_when_it_recovers(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = answer(500)
        spot = visit(site.url("/p"))
        waits = []
        now = START
        for _ in range(6):
            poll(tools, spot, now)
            with tools.database.read() as ledger:
                again = ledger.sources.next_visit("page") or now
            waits.append(again - now)
            now = again
        site.routes["/p"] = page(table(ONE))
        poll(tools, spot, now)
        told = [kind for kind, _ in kinds(tools) if kind.value.startswith("source_")]
    assert [wait.total_seconds() / 60 for wait in waits] == [10, 10, 20, 40, 80, 160]
    assert told == [EventKind.SOURCE_FAILED, EventKind.SOURCE_RECOVERED]


def test_a_server_that_asks_to_come_back_later_is_obeyed(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = busy(429, "7200")
        before = clock()
        poll(tools, visit(site.url("/p")), before)
        with tools.database.read() as ledger:
            again = ledger.sources.next_visit("page")
    assert again is not None
    assert timedelta(seconds=7100) < again - before < timedelta(seconds=7300)


def test_an_empty_or_foreign_page_withdraws_nothing_and_is_told_as_drift(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(ONE))
        poll(tools, visit(site.url("/p")), START)
        for number, body in enumerate((b"", b"<!doctype html><html><body><h1>Sign in</h1></body></html>")):
            site.routes["/p"] = page(body)
            outcome = poll(tools, visit(site.url("/p")), START + (number + 1) * timedelta(hours=6))
            assert outcome.outcome in {Outcome.FOREIGN, Outcome.FAILED}
        with tools.database.read() as ledger:
            assert len(ledger.claims.in_force()) == 2
        assert [kind for kind, _ in kinds(tools)][3:] == [EventKind.SOURCE_DRIFTED]


def test_a_dry_run_says_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(ONE))
        before = rows(tools)
        outcome = poll(tools, visit(site.url("/p")), START, dry_run=True)
        failed = poll(tools, visit(site.url("/none")), START, dry_run=True)
        assert (outcome.outcome, outcome.added) == (Outcome.GOOD, 2)
        assert failed.outcome is Outcome.FAILED
        assert rows(tools) == before


def test_a_source_that_is_not_configured_is_not_visited(tmp_path: Path) -> None:
    with shop(tmp_path) as tools:
        spot = replace(visit(), not_configured="ACME_KEY is not set")
        outcome = poll(tools, spot, START)
        assert outcome.reason == "ACME_KEY is not set"
        with tools.database.read() as ledger:
            assert ledger.readings.last("page") is None


def test_one_page_of_several_that_fails_makes_the_reading_partial(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/a"] = page(table(ONE))
        site.routes["/b"] = page(table(TWO))
        both = visit(site.url("/a"), site.url("/b"))
        assert poll(tools, both, START).outcome is Outcome.GOOD
        site.routes["/b"] = answer(500)
        outcome = poll(tools, both, START + DAY)
    assert outcome.outcome is Outcome.PARTIAL
    assert "/b" in outcome.reason


def test_a_page_that_did_not_change_is_read_again_from_the_store_beside_one_that_did(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/a"] = page(table(ONE), etag='"a"')
        site.routes["/b"] = page(table(TWO))
        both = visit(site.url("/a"), site.url("/b"))
        poll(tools, both, START)
        site.routes["/b"] = page(table(TWO, ("2026-11-01", "gamma-1", "gamma-2")))
        outcome = poll(tools, both, START + DAY)
    assert (outcome.outcome, outcome.claims, outcome.added) == (Outcome.GOOD, 6, 2)


def test_after_an_upgrade_of_the_reader_what_differs_is_a_correction(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(ONE), etag='"v1"')
        misreading = replace(visit(site.url("/p")), source=replace(visit().source, parse=_misread))
        poll(tools, misreading, START)
        better = upgraded(visit(site.url("/p")))
        poll(tools, better, START + DAY)
        poll(tools, better, START + 2 * DAY)
        moves = [(kind, model) for kind, model in kinds(tools)[2:]]
        with tools.database.read() as ledger:
            corrected = [event for event in ledger.events.since() if event.kind is EventKind.CLAIM_CORRECTED]
    assert {kind for kind, _ in moves} == {EventKind.CLAIM_CORRECTED}
    assert ("2026-08-01", "2026-09-01") in [(event.before, event.after) for event in corrected]


def test_an_upgraded_reader_that_cannot_read_the_old_page_corrects_nothing(tmp_path: Path) -> None:
    def broken(spot: Page, provider: str) -> Parsed:
        from monitor.errors import Undecodable

        message = f"{spot.url} of {provider} cannot be read"
        raise Undecodable(message)

    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(ONE))
        poll(tools, visit(site.url("/p")), START)
        worse = upgraded(visit(site.url("/p")))
        outcome = poll(tools, replace(worse, source=replace(worse.source, parse=broken)), START + DAY)
        assert outcome.outcome is Outcome.FAILED
        with tools.database.read() as ledger:
            assert len(ledger.claims.in_force()) == 2


def test_a_listing_is_followed_to_its_end_even_where_its_first_page_did_not_change(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/1"] = page(b"a b", etag='"1"')
        site.routes["/2"] = page(b"c", etag='"2"')
        spot = Visit(_listing(site.url("/2")), "list", "acme", (Request(site.url("/1")),), timedelta(hours=1))
        first = poll(tools, spot, START)
        site.routes["/2"] = page(b"c d", etag='"3"')
        second = poll(tools, spot, START + DAY)
        with tools.database.read() as ledger:
            listed = sorted(claim.key.model for claim in ledger.claims.in_force())
    assert (first.claims, second.claims) == (3, 4)
    assert listed == ["a", "b", "c", "d"]


def test_a_listing_that_was_followed_to_its_end_is_whole_and_one_that_was_not_removes_nothing(tmp_path: Path) -> None:
    first = b'{"models": [{"name": "models/a"}, {"name": "models/b"}, {"name": "models/c"}, {"name": "models/d"}], "nextPageToken": "z"}'
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/m"] = in_turn(page(first), page(b'{"models": [{"name": "models/e"}]}'), page(first), answer(404))
        source = replace(find_source("gemini_models"), at_least=1)
        spot = replace(visit(site.url("/m"), provider="gemini"), source=source)
        whole = poll(tools, spot, START)
        torn = poll(tools, spot, START + DAY)
        with tools.database.read() as ledger:
            listed = sorted(claim.key.model for claim in ledger.claims.in_force() if claim.missing_since is None)
    assert (whole.outcome, whole.claims) == (Outcome.GOOD, 5)
    assert (torn.outcome, torn.claims) == (Outcome.PARTIAL, 4)
    assert listed == ["a", "b", "c", "d", "e"]


def test_nothing_to_fetch_is_a_failure_and_not_an_empty_reading(tmp_path: Path) -> None:
    with shop(tmp_path) as tools:
        outcome = poll(tools, visit(), START)
    assert outcome.outcome is Outcome.FAILED
    assert "nothing to fetch" in outcome.reason


def _misread(spot: Page, provider: str) -> Parsed:
    key = ModelKey(provider, "alpha-1")
    quote = spot.body.decode().splitlines()[-1]
    return Parsed((Statement(key, Retires(read_value("2026-08-01")), quote),))


def _listing(second: str) -> Source:
    def parse(spot: Page, provider: str) -> Parsed:
        return Parsed(tuple(Statement(ModelKey(provider, name), Listed(), name, place=Place.STATUS) for name in spot.body.decode().split()))

    def follow(spot: Page) -> Request | None:
        return None if spot.url == second else Request(second)

    return Source("list", SourceKind.LISTING, "acme", Authority.PROVIDER_API, "", parse, follow=follow)
