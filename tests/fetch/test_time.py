import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace

import httpx
import pytest

from monitor.domain.pages import Request, Validators
from monitor.errors import DeadlineExceeded, FetchError, FetchStopped
from monitor.fetch import Fetched
from tests.faultserver import FaultServer, Reply, answer, drip, drip_head, endless, hang, hang_in_body, late, page, redirect
from tests.fetch.conftest import QUICK, Desk

SLOW: dict[str, Callable[[], Reply]] = {
    "a drip": lambda: drip(b"x" * 1000, every=0.05),
    "a drip without length": lambda: drip(b"x" * 1000, every=0.05, sized=False),
    "a drip of gzip": lambda: drip(gzip.compress(bytes(range(256)) * 9), 0.02, ("Content-Encoding", "gzip"), sized=False),
    "dripping headers": lambda: drip_head(every=0.05),
    "silence before headers": hang,
    "silence in the body": hang_in_body,
    "slow redirects": lambda: late(0.1, redirect("/")),
    "many retries": lambda: late(0.1, answer(500)),
}


def seconds(work: Callable[[], object]) -> float:
    start = time.monotonic()
    work()
    return time.monotonic() - start


def fetch_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "fetch"]


@pytest.mark.parametrize("fault", SLOW)
def test_whatever_a_slow_server_does_the_fetch_ends_in_time_and_so_does_its_thread(site: FaultServer, desk: Desk, fault: str) -> None:
    site.routes["/"] = SLOW[fault]()
    fetcher = desk.limited(total_seconds=0.35, retries=50, redirects=50)
    errors: list[FetchError] = []

    spent = seconds(lambda: errors.append(desk.failure(site.url("/?key=hush"), fetcher)))

    assert 0.3 < spent < 1.2
    assert isinstance(errors[0], DeadlineExceeded)
    assert "hush" not in str(errors[0])
    assert fetch_threads() == []


@pytest.mark.parametrize("fault", ["a drip", "a drip without length", "dripping headers", "silence before headers"])
def test_encrypted_connections_are_cut_as_well(tls: ssl.SSLContext, ca_file: str, desk: Desk, fault: str) -> None:
    with FaultServer({"/": SLOW[fault]()}, tls=tls) as site:
        fetcher = desk.fetcher(limits=replace(QUICK, total_seconds=0.2), ca_file=ca_file)

        assert seconds(lambda: desk.failure(site.url("/"), fetcher)) < 1.0
        assert fetch_threads() == []


def test_a_server_that_never_accepts_is_left_in_time(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf:
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}/"

        assert seconds(lambda: desk.failure(address, desk.limited(total_seconds=0.2))) < 1.0
        assert seconds(lambda: desk.failure(address.replace("http", "https"), desk.limited(total_seconds=0.2))) < 1.0


class Stuck(httpx.BaseTransport):
    """What a name look-up does when its server is gone: it cannot be interrupted."""

    def __init__(self) -> None:
        self.freed = threading.Event()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.freed.wait(30)
        return httpx.Response(404, request=request)


def test_a_name_look_up_that_never_ends_does_not_hold_the_caller(desk: Desk) -> None:
    stuck = Stuck()

    spent = seconds(lambda: desk.failure("http://a.test/", desk.fetcher(limits=replace(QUICK, total_seconds=0.3), transport=stuck)))

    assert spent < 1.0
    stuck.freed.set()
    for thread in fetch_threads():
        thread.join(1)
    assert fetch_threads() == []


def test_one_slow_host_does_not_hold_the_others(site: FaultServer, desk: Desk) -> None:
    site.routes |= {"/slow": hang(), "/": page(b"hello")}
    fetcher = desk.limited(total_seconds=0.2)

    with ThreadPoolExecutor(8) as pool:
        slow = [pool.submit(desk.failure, site.url("/slow"), fetcher) for _ in range(4)]
        time.sleep(0.1)
        brought = fetcher.fetch(Request(site.url("/", host="localhost")), Validators())

    assert isinstance(brought, Fetched)
    assert all(isinstance(failed.result(), DeadlineExceeded) for failed in slow)


def test_a_host_that_comes_back_is_read_again(site: FaultServer, desk: Desk) -> None:
    fetcher = desk.limited(total_seconds=0.2)
    site.routes["/"] = hang()
    for _ in range(2):
        desk.failure(site.url("/"), fetcher)

    site.routes["/"] = page(b"hello")

    assert isinstance(fetcher.fetch(Request(site.url("/")), Validators()), Fetched)


def test_closing_ends_running_fetches_at_once_and_takes_no_more(site: FaultServer, desk: Desk) -> None:
    site.routes |= {"/hang": hang(), "/endless": endless()}
    fetcher = desk.limited(total_seconds=20, max_bytes=10**12, retries=2)
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(desk.failure, site.url(path), fetcher) for path in ("/hang", "/endless")]
        while len(site.requests) < 2:
            time.sleep(0.01)

        start = time.monotonic()
        fetcher.close()
        wait(running)

    assert time.monotonic() - start < 1.0
    assert [type(failed.result()) for failed in running] == [FetchStopped, FetchStopped]
    assert isinstance(desk.failure(site.url("/hang"), fetcher), FetchStopped)
    assert len(site.requests) == 2
