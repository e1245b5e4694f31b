"""Visits under a lease: taken once, renewed while they last, refused when they come too late."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import FetchStopped, LeaseLost
from monitor.jobs.shop import Shop
from monitor.jobs.tenancy import Tenant
from tests.faultserver import FaultServer, page
from tests.jobs.shopping import DAY, START, shop, table, visit

ONE = ("2026-09-01", "alpha-1", "alpha-2")


def plan(tools: Shop) -> None:
    with tools.database.write() as ledger:
        ledger.sources.ensure({"page": START})


class Meanwhile:
    """The real fetcher, with something that happens while it fetches."""

    def __init__(self, tools: Shop, happens) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        self._fetcher, self._happens = tools.fetcher, happens

    def fetch(self, request, validators):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
        self._happens()
        return self._fetcher.fetch(request, validators)


def test_a_visit_is_made_once_and_not_again_before_it_is_due(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(ONE))
        here = visit(site.url("/p"))
        plan(tools)
        one, two = Tenant("one"), Tenant("two")
        first = one.visit(tools, here, START)
        assert first is not None
        assert first.added == 2
        assert two.visit(tools, here, START) is None
        assert two.visit(tools, here, START + DAY) is not None
        assert len(site.asked_for("/p")) == 2


def test_a_late_write_of_a_holder_that_was_frozen_is_refused(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(ONE))
        here = visit(site.url("/p"))
        plan(tools)
        follower = Tenant("follower")
        later = START + timedelta(seconds=120)

        def frozen() -> None:
            assert follower.visit(tools, here, later) is not None

        leader = Tenant("leader")
        with pytest.raises(LeaseLost, match="page"):
            leader.visit(replace(tools, fetcher=Meanwhile(tools, frozen)), here, START)
        with tools.database.read() as ledger:
            last = ledger.readings.last("page")
            assert last is not None
            assert last.read_at == later
            assert len(tuple(ledger.events.since())) == 3  # written once


def test_a_visit_that_lasts_is_renewed_and_nobody_takes_it_over(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(ONE))
        here = visit(site.url("/p"))
        plan(tools)
        leader, follower = Tenant("leader"), Tenant("follower")

        def lasts() -> None:
            for seconds in (20, 30, 70, 120):
                leader.renew(tools.database, START + timedelta(seconds=seconds))
            assert follower.visit(tools, here, START + timedelta(seconds=150)) is None

        assert leader.visit(replace(tools, fetcher=Meanwhile(tools, lasts)), here, START) is not None
        leader.renew(tools.database, START + DAY)  # nothing is held any more


def test_a_stop_gives_the_lease_back(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(ONE))
        here = visit(site.url("/p"))
        plan(tools)

        def stopped() -> None:
            raise FetchStopped("stopping")

        with pytest.raises(FetchStopped):
            Tenant("one").visit(replace(tools, fetcher=Meanwhile(tools, stopped)), here, START)
        assert Tenant("two").visit(tools, here, START) is not None


def test_a_person_reads_now_and_the_daemons_visit_under_way_is_dropped(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(ONE))
        here = visit(site.url("/p"))
        plan(tools)
        person = Tenant("person")
        daemon = replace(tools, fetcher=Meanwhile(tools, lambda: person.visit_anyway(tools, here, START)))
        with pytest.raises(LeaseLost):
            Tenant("daemon").visit(daemon, here, START)
        assert person.visit_anyway(tools, here, START + timedelta(seconds=1)).unchanged is False
