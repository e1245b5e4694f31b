"""The preview is what comes true, if nothing new is heard."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from monitor.domain.policy.alerts import AlertKind
from monitor.domain.policy.severity import Severity
from monitor.domain.policy.timing import Digest, Quiet, Timing
from monitor.domain.policy.watches import Watch
from monitor.domain.records import Signature
from monitor.jobs.acks import Order, acknowledge, snooze
from monitor.jobs.poll import poll
from monitor.jobs.remind import remind
from monitor.jobs.shop import Shop
from monitor.queries.preview import Leaving, message, preview, window
from tests.faultserver import FaultServer, page
from tests.jobs.shopping import DAY, START, shop, table, visit

ANN = Signature("ann", "seen")
MONDAYS = Timing(digest=Digest(time(9), 0))
NIGHTS = Timing(quiet=Quiet(time(18), time(8)))
WATCHES = (
    Watch("all", ("log",), owner="platform", timing=MONDAYS, escalate={Severity.CRITICAL: ("pager",)}),
    Watch("alphas", ("ops",), models=("alpha-*",), owner="search", timing=NIGHTS),
)
ROWS = (("2026-09-01", "alpha-1", "beta-1"), ("2026-08-10", "gamma-1", "alpha-1"), ("2026-07", "delta-1", "-"))


@pytest.fixture
def tools(tmp_path: Path) -> Iterator[Shop]:
    with FaultServer() as site, shop(tmp_path) as made:
        site.routes["/p"] = page(table(*ROWS))
        poll(replace(made, watches=WATCHES), visit(site.url("/p")), START)
        yield replace(made, watches=WATCHES)


def foreseen(tools: Shop, now: datetime, within: timedelta | None = None, as_of: datetime | None = None) -> tuple[Leaving, ...]:
    with tools.database.read() as ledger:
        return preview(ledger, tools.watches, window(as_of, within, now), now)


def comes_true(tools: Shop, until: datetime, start: datetime = START, every: timedelta = DAY) -> list[tuple[datetime, str]]:
    """What leaves if the calendar has its turn every so often: when, and as which alert."""
    now, found = start, []
    while now < until:
        remind(tools, [], now)
        with tools.database.write() as ledger:
            for waiting in ledger.outbox.claim_due(now, limit=1000, lease=timedelta(minutes=5)):
                ledger.outbox.delivered([waiting.alert_id], now)
                found.append((now, waiting.alert.visible_id))
        now += every
    return found


def noticed(leaving: tuple[Leaving, ...], every: timedelta) -> list[tuple[datetime, str]]:
    """When the next turn would notice."""
    return [(START + -((START - one.at) // every) * every, one.alert.visible_id) for one in leaving]


def test_what_was_foreseen_comes_true_at_its_hour(tools: Shop) -> None:
    acknowledge(tools.database, tools.watches, Order(("gamma-1",), ANN), START + DAY)
    snooze(tools.database, tools.watches, Order(("watch:alphas",), ANN, START + 140 * DAY), START + DAY)
    comes_true(tools, START + 120 * DAY)
    day, hours = START + 120 * DAY, timedelta(hours=3)
    seen = foreseen(tools, day, within=72 * DAY)
    assert sorted(noticed(seen, hours)) == sorted(comes_true(tools, day + 72 * DAY, day, hours))
    assert {one.alert.kind for one in seen} == {AlertKind.REMINDER, AlertKind.NEWS}
    assert {one.alert.channel for one in seen} == {"log", "ops", "pager"}
    assert not any(one.about[0].model == "gamma-1" for one in seen if one.alert.kind is AlertKind.REMINDER)


def test_looking_ahead_writes_nothing(tools: Shop) -> None:
    with tools.database.read() as ledger:
        before = (ledger.outbox.listing(), ledger.events.since(), ledger.acks.listing())
    foreseen(tools, START, within=200 * DAY)
    with tools.database.read() as ledger:
        assert (ledger.outbox.listing(), ledger.events.since(), ledger.acks.listing()) == before


def test_a_day_to_come_shows_that_day_alone(tools: Shop) -> None:
    every = foreseen(tools, START, within=200 * DAY)
    day = datetime(2026, 6, 8, tzinfo=START.tzinfo)  # a Monday
    those = foreseen(tools, START, as_of=day)
    assert those == tuple(one for one in every if day <= one.at < day + DAY)
    assert [one.alert.channel for one in those] == ["log"]
    assert foreseen(tools, START, as_of=day + DAY) == ()


def test_a_day_in_the_past_is_told_from_what_was_believed_then(tools: Shop) -> None:
    day = datetime(2026, 6, 8, tzinfo=START.tzinfo)
    expected = foreseen(tools, START, as_of=day)
    comes_true(tools, START + 150 * DAY)
    again = foreseen(tools, START + 150 * DAY, as_of=day)
    assert [(one.at, one.alert.visible_id, one.waiting) for one in again] == [(one.at, one.alert.visible_id, True) for one in expected]
    friday = datetime(2026, 6, 5, tzinfo=START.tzinfo)
    week = foreseen(tools, START + 150 * DAY, as_of=friday, within=7 * DAY)
    assert [(one.alert.visible_id, one.waiting) for one in week] == [
        (one.alert.visible_id, one.alert in [w.alert for w in again]) for one in week
    ]
    assert {one.alert.visible_id for one in again} <= {one.alert.visible_id for one in week}


def test_the_text_is_that_of_the_day_it_leaves(tools: Shop) -> None:
    [reminder] = [one for one in foreseen(tools, START, as_of=datetime(2026, 8, 29, tzinfo=START.tzinfo)) if one.alert.channel == "ops"]
    with tools.database.read() as ledger:
        text = message(ledger, reminder)
    assert "alpha-1" in text.title
    assert "in 3 days" in text.title + text.body
