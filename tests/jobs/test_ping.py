"""The dead man's switch: who counts as read in time, and what becomes of a call."""

from datetime import timedelta

import pytest

from monitor.bootstrap import clock
from monitor.domain.pages import Request
from monitor.fetch import Fetcher, FetchLimits
from monitor.jobs.ping import ping, read_in_time
from monitor.jobs.visits import Visit
from monitor.sources import find_source
from tests.builders import day
from tests.faultserver import FaultServer, answer, page, redirect

SECRET = "a1b2c3d4-hunter2"


def visit(key: str, hours: float, missing: str = "") -> Visit:
    source = find_source("generic_page")
    return Visit(source, key, "acme", (Request("https://x.test"),), timedelta(hours=hours), missing)


def test_a_source_counts_while_its_last_good_reading_is_within_its_cadence_and_the_spread_of_visits() -> None:
    visits = [visit("hourly", 1), visit("daily", 24), visit("never", 1), visit("off", 1, "no key")]
    at = day(0)
    good = {"hourly": at, "daily": at, "off": at}
    assert read_in_time(visits, good, at) == (2, 3)
    assert read_in_time(visits, good, at + timedelta(minutes=76)) == (2, 3)
    assert read_in_time(visits, good, at + timedelta(minutes=78)) == (1, 3)
    assert read_in_time(visits, good, at + timedelta(days=2)) == (0, 3)


@pytest.mark.parametrize(("way", "said"), [(page(b"OK"), ""), (answer(404), "HTTP 404"), (redirect("http://127.0.0.2/x"), "BadRedirect")])
def test_a_call_says_what_became_of_it_without_the_address(way: object, said: str) -> None:
    fetcher = Fetcher(limits=FetchLimits(retries=0), user_agent="test", clock=clock, allow=["127.0.0.1"])
    with FaultServer() as site:
        site.routes[f"/{SECRET}"] = way  # type: ignore[assignment]
        assert ping(fetcher, site.url(f"/{SECRET}")) == said
        assert len(site.asked_for(f"/{SECRET}")) == 1
    assert ping(fetcher, site.url(f"/{SECRET}")) == "Unreachable"
    fetcher.close()
