"""Lulls of the calendar: what is written is what would be written without them, and most turns look at nothing."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from monitor.jobs.lull import LONGEST, Lull
from monitor.jobs.poll import poll
from monitor.jobs.remind import remind
from monitor.jobs.shop import Shop
from tests.faultserver import FaultServer, page
from tests.jobs.shopping import DAY, START, shop, table, visit

TURN = timedelta(minutes=40)
FIRST = (("2026-03-03", "alpha-1", "alpha-2"), ("2026-03", "beta-1", "beta-2"), ("2026-03-06 17:00 UTC", "gamma-1", "alpha-1"))
LATER = (*FIRST[:2], ("2026-03-04 17:00 UTC", "gamma-1", "alpha-1"), ("2026-03-05", "alpha-2", "-"))
NAMES = [{"id": name, "name": name, "max_context_length": 1000} for name in ("alpha-1", "alpha-2", "beta-1", "beta-2", *"abcdefgh")]


def told(tools: Shop) -> list[object]:
    """All that the calendar wrote, with the instant it was written at."""
    with tools.database.read() as ledger:
        alerts = ledger.outbox.listing(limit=1000)
        events = ledger.events.since()
    made = [(view.alert.created_at, view.alert.idempotency_key) for view in alerts]
    return [*sorted(made), *((event.at, event.kind, event.key, event.after) for event in events)]


def lived(tools: Shop, site: FaultServer, lull: Lull | None) -> list[object]:
    """Six days of a page that changes, a listing that is read now and then, and a turn of the calendar every forty minutes."""
    site.routes |= {"/p": page(table(*FIRST)), "/l": page(json.dumps({"data": NAMES}).encode())}
    announced = visit(site.url("/p"), provider="mistral")
    listed = visit(site.url("/l"), source="mistral_models", key="listing", provider="mistral")
    for number in range(6 * 36):
        now = START + number * TURN
        if number == 36 + 7:
            site.routes["/p"] = page(table(*LATER))
        if number % 18 == 5:
            poll(tools, announced, now)
        if number % 25 == 7:
            poll(tools, listed, now)
        remind(tools, [announced, listed], now, lull)
    return told(tools)


def test_what_is_written_is_what_would_be_written_without_a_lull(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path / "with") as quick, shop(tmp_path / "without") as slow:
        site.routes.clear()
        assert lived(quick, site, Lull()) == lived(slow, site, None) != []


def test_a_lull_lasts_until_something_is_learnt_a_day_begins_or_an_hour_is_over(tmp_path: Path) -> None:
    lull = Lull()

    def lasts(now: datetime) -> bool:
        with tools.database.read() as ledger:
            return lull.lasts(ledger, tools.watches, now)

    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(("2027-03-12", "alpha-1", "alpha-2")))
        poll(tools, visit(site.url("/p")), START)
        assert not lasts(START)
        remind(tools, [], START, lull)
        assert [lasts(START + after) for after in (timedelta(), TURN, LONGEST, -TURN)] == [True, True, False, False]
        poll(tools, visit(site.url("/p")), START + TURN)
        assert lasts(START + TURN)  # read again, and nothing learnt
        site.routes["/p"] = page(table(("2027-03-13", "alpha-1", "alpha-2")))
        poll(tools, visit(site.url("/p")), START + TURN)
        assert not lasts(START + TURN)
        late = START.replace(hour=23, minute=50)
        remind(tools, [], late, lull)
        assert [lasts(late + minutes * timedelta(minutes=1)) for minutes in (9, 10)] == [True, False]


def test_a_source_that_goes_stale_in_a_lull_is_told_of(tmp_path: Path) -> None:
    lull = Lull()
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(("2027-03-12", "alpha-1", "alpha-2")))
        spot = visit(site.url("/p"))
        poll(tools, spot, START)
        assert [remind(tools, [spot], START + DAY * 0.75 - 5 * TURN + number * TURN, lull) for number in range(8)].count(1) == 1
