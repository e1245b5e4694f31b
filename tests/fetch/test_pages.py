from hashlib import sha256

import pytest

from monitor.domain.pages import Page, Request, Validators
from monitor.errors import BadStatus
from monitor.fetch import Fetched, NotModified
from tests.faultserver import FaultServer, answer, gzipped, page
from tests.fetch.conftest import NOW, Desk

MONDAY = "Mon, 16 Nov 2026 08:00:00 GMT"


def test_a_page_comes_with_its_bytes_its_hour_and_what_to_ask_with_next_time(site: FaultServer, desk: Desk) -> None:
    site.routes["/models"] = page(b"<h1>Models</h1>", etag='W/"7"', modified=MONDAY)

    brought = desk.shared.fetch(Request(site.url("/models?all=1")), Validators())

    assert brought == Fetched(
        Page(site.url("/models?all=1"), b"<h1>Models</h1>", NOW, "text/html; charset=utf-8"), Validators('W/"7"', MONDAY)
    )
    assert isinstance(brought, Fetched)
    assert brought.page.hash == sha256(b"<h1>Models</h1>").hexdigest()


def test_a_request_says_who_asks_and_takes_nothing_but_gzip(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = page(b"hello")

    desk.shared.fetch(
        Request(
            site.url("/"), headers=(("X-Api-Key", "k"), ("User-Agent", "Mozilla"), ("accept-encoding", "br"), ("Accept", "text/plain"))
        ),
        Validators(),
    )

    (asked,) = site.requests
    assert asked.method == "GET"
    assert asked.headers == {
        "host": f"127.0.0.1:{site.port}",
        "x-api-key": "k",
        "accept": "text/plain",
        "user-agent": "modelwatch/test",
        "accept-encoding": "gzip",
        "connection": "close",
    }


@pytest.mark.parametrize("known", [Validators(etag='"1"'), Validators(last_modified=MONDAY), Validators('"1"', MONDAY)])
def test_an_unchanged_page_is_not_sent_again(site: FaultServer, desk: Desk, known: Validators) -> None:
    site.routes["/"] = page(b"hello", etag='"1"', modified=MONDAY)

    assert desk.shared.fetch(Request(site.url("/")), known) == NotModified(Validators('"1"', MONDAY))


def test_an_unchanged_page_keeps_the_validators_that_the_answer_leaves_out(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = answer(304, b"")

    assert desk.shared.fetch(Request(site.url("/")), Validators('"1"', MONDAY)) == NotModified(Validators('"1"', MONDAY))


def test_not_modified_without_having_asked_is_no_answer(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = answer(304, b"")

    error = desk.failure(site.url("/"))

    assert isinstance(error, BadStatus)
    assert error.status == 304


def test_validators_that_cannot_stand_in_a_header_are_forgotten(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = page(b"hello", etag='"caf\xe9"', modified=MONDAY)

    brought = desk.shared.fetch(Request(site.url("/")), Validators("a\r\nX-Evil: 1", "caf\xe9"))

    assert isinstance(brought, Fetched)
    assert brought.validators == Validators(None, MONDAY)
    assert not {"if-none-match", "if-modified-since", "x-evil"} & site.requests[0].headers.keys()


@pytest.mark.parametrize("status", [204, 206, 300, 302, 400, 401, 403, 404, 410, 418])
def test_an_answer_that_is_no_page_is_refused_and_not_asked_for_twice(site: FaultServer, desk: Desk, status: int) -> None:
    site.routes["/p"] = answer(status, b"")

    error = desk.failure(site.url("/p?key=hush"), desk.limited(retries=2))

    assert isinstance(error, BadStatus)
    assert (error.status, error.url) == (status, site.url("/p"))
    assert len(site.requests) == 1


def test_cookies_do_not_outlive_their_answer(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = answer(200, b"hello", ("Set-Cookie", "who=you; Path=/"))
    fetcher = desk.shared

    for _ in range(2):
        fetcher.fetch(Request(site.url("/")), Validators())

    assert "cookie" not in site.requests[1].headers


def test_gzip_is_undone(site: FaultServer, desk: Desk) -> None:
    text = b"gpt-4.1-mini retires\n" * 20_000
    site.routes["/"] = gzipped(text)

    brought = desk.shared.fetch(Request(site.url("/")), Validators())

    assert isinstance(brought, Fetched)
    assert brought.page.body == text
