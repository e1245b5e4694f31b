import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

from monitor.domain.pages import Request, Validators
from monitor.errors import DeadlineExceeded
from monitor.fetch import Fetched
from tests.faultserver import Asked, FaultServer, Wire, answer, in_turn, page, redirect
from tests.fetch.conftest import QUICK, Desk


class Crowd:
    """A page that counts how many read it at once."""

    def __init__(self) -> None:
        self.most = self.now = 0
        self._lock = threading.Lock()

    def __call__(self, asked: Asked, wire: Wire) -> None:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        wire.pause(0.05)
        with self._lock:
            self.now -= 1
        answer(200, b"hello")(asked, wire)


def test_at_most_two_read_from_one_host_at_a_time(site: FaultServer, desk: Desk) -> None:
    crowd = Crowd()
    site.routes["/"] = crowd
    fetcher = desk.shared

    with ThreadPoolExecutor(8) as pool:
        brought = list(pool.map(lambda _: fetcher.fetch(Request(site.url("/")), Validators()), range(8)))

    assert all(isinstance(each, Fetched) for each in brought)
    assert crowd.most == 2


def test_requests_to_one_host_keep_their_distance_redirects_and_retries_too(site: FaultServer, desk: Desk) -> None:
    site.routes |= {"/old": redirect("/new"), "/new": in_turn(answer(500), page(b"hello"))}

    fetcher = desk.fetcher(limits=replace(QUICK, min_spacing_seconds=0.1, retries=1))
    fetcher.fetch(Request(site.url("/old")), Validators())

    starts = [asked.at for asked in site.requests]
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert len(gaps) == 3
    assert min(gaps) > 0.09


def test_hosts_do_not_wait_for_each_other(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = page(b"hello")
    fetcher = desk.limited(min_spacing_seconds=3)
    start = time.monotonic()

    for host in ("127.0.0.1", "localhost"):
        fetcher.fetch(Request(site.url("/", host=host)), Validators())

    assert time.monotonic() - start < 1


def test_waiting_for_a_turn_counts_against_the_deadline(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = page(b"hello")
    fetcher = desk.limited(min_spacing_seconds=30, total_seconds=1)
    fetcher.fetch(Request(site.url("/")), Validators())

    assert isinstance(desk.failure(site.url("/"), fetcher), DeadlineExceeded)
    assert len(site.requests) == 1
