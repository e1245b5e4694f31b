from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.pages import Request, Validators
from monitor.errors import BadStatus, RateLimited
from monitor.fetch import Fetched, FetchLimits
from monitor.fetch.retry import read_retry_at
from tests.faultserver import FaultServer, answer, busy, in_turn, page
from tests.fetch.conftest import NOW, Desk

DAY = 86_400
HTTP_NOW = "Sat, 21 Nov 2026 12:00:00 GMT"
PATIENT = FetchLimits(total_seconds=8, retries=2, retry_budget_seconds=2, min_spacing_seconds=0)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("5", 5),
        ("3600", 3600),
        ("0", 0),
        ("0000000000005", 5),
        ("86400", DAY),
        ("86401", DAY),
        ("9" * 5000, DAY),
        ("Sat, 21 Nov 2026 12:01:00 GMT", 60),
        ("Saturday, 21-Nov-26 12:01:00 GMT", 60),
        ("Sat, 21 Nov 2026 14:01:00 +0200", 60),
        ("Fri, 21 Nov 2036 12:00:00 GMT", DAY),
    ],
)
def test_an_hour_to_come_back_is_read_and_capped(text: str, seconds: int) -> None:
    assert read_retry_at(text, NOW, DAY) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", [None, "", "-5", "soon", "1.5", "5s", "+5", "\u0665", "1e3", "Sat, 21 Nov 2020 12:00:00 GMT", "Sat, 32 Nov 2026 12:00:00 GMT"]
)
def test_what_is_no_hour_to_come_back_is_ignored(text: str | None) -> None:
    assert read_retry_at(text, NOW, DAY) is None


@given(
    st.one_of(
        st.text(),
        st.from_regex(r"\w{3}, \d+ (Nov|Dec) -?\d+ \d+:\d+:\d+ [+-]?\w+"),
        st.datetimes(timezones=st.just(UTC)).map(format_datetime),
    )
)
def test_whatever_a_server_says_we_come_back_within_a_day(text: str) -> None:
    instant = read_retry_at(text, NOW, DAY)

    assert instant is None or NOW <= instant <= NOW + timedelta(seconds=DAY)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("retry_after", "retry_at"),
    [
        ("5", NOW + timedelta(seconds=5)),
        ("3600", NOW + timedelta(hours=1)),
        ("999999", NOW + timedelta(days=1)),
        ("Sat, 21 Nov 2026 13:00:00 GMT", NOW + timedelta(hours=1)),
    ],
)
def test_a_server_that_asks_for_more_than_the_budget_is_left_alone(
    site: FaultServer, desk: Desk, status: int, retry_after: str, retry_at: datetime
) -> None:
    site.routes["/p"] = busy(status, retry_after)

    error = desk.failure(site.url("/p?key=hush"), desk.fetcher(limits=PATIENT))

    assert isinstance(error, RateLimited)
    assert (error.status, error.url, error.retry_at) == (status, site.url("/p"), retry_at)
    assert len(site.requests) == 1


@pytest.mark.parametrize("retry_after", [None, "-5", "soon"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_that_names_no_hour_is_asked_three_times(site: FaultServer, desk: Desk, status: int, retry_after: str | None) -> None:
    site.routes["/"] = busy(status, retry_after)

    error = desk.failure(site.url("/"), desk.fetcher(limits=PATIENT))

    assert isinstance(error, RateLimited)
    assert error.retry_at is None
    assert len(site.requests) == 3


def almost_one() -> datetime:
    """A quarter of a second before the full one: dates in headers know no smaller unit."""
    return NOW - timedelta(seconds=0.25)


def test_a_short_wait_is_waited_for(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = in_turn(busy(429, HTTP_NOW), page(b"hello"))

    assert isinstance(desk.fetcher(limits=PATIENT, clock=almost_one).fetch(Request(site.url("/")), Validators()), Fetched)
    assert site.requests[1].at - site.requests[0].at >= 0.25


def test_the_waits_of_one_fetch_together_stay_in_the_budget(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = busy(429, HTTP_NOW)

    error = desk.failure(site.url("/"), desk.fetcher(limits=replace(PATIENT, retries=9, retry_budget_seconds=0.6), clock=almost_one))

    assert isinstance(error, RateLimited)
    assert error.retry_at == NOW
    assert len(site.requests) == 3


def test_a_wait_that_would_outlast_the_deadline_is_not_begun(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = busy(503, "20")

    error = desk.failure(site.url("/"), desk.limited(retries=2, retry_budget_seconds=30))

    assert isinstance(error, RateLimited)
    assert error.retry_at == NOW + timedelta(seconds=20)


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_failing_server_is_asked_again(site: FaultServer, desk: Desk, status: int) -> None:
    site.routes |= {"/mends": in_turn(answer(status), answer(status), page(b"hello")), "/stays": answer(status)}
    fetcher = desk.fetcher(limits=PATIENT)

    assert isinstance(fetcher.fetch(Request(site.url("/mends")), Validators()), Fetched)
    error = desk.failure(site.url("/stays"), fetcher)

    assert isinstance(error, BadStatus)
    assert error.status == status
    assert len(site.asked_for("/stays")) == 3


def test_pauses_are_drawn_from_a_range_that_doubles(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = answer(500)
    drawn: list[float] = []

    def draw(longest: float) -> float:
        drawn.append(longest)
        return 0.0

    desk.failure(site.url("/"), desk.fetcher(limits=PATIENT, jitter=draw))

    assert drawn == [1.0, 2.0]
