"""Bringing pages: the ones that did not change come from the store, or again without condition where the store has none."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.domain.pages import Page, Request, Validators
from monitor.errors import FetchError, FetchStopped, RateLimited, Unreachable
from monitor.fetch import Fetched, NotModified
from monitor.jobs.bring import Brought, bring, with_stored
from tests.jobs.shopping import visit

AT = datetime(2026, 3, 1, tzinfo=UTC)
LATER = datetime(2026, 3, 2, tzinfo=UTC)


class Script:
    """Answers by address, in turn."""

    def __init__(self, **answers: list[Fetched | NotModified | FetchError]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, Validators]] = []

    def fetch(self, request: Request, validators: Validators) -> Fetched | NotModified:
        self.asked.append((request.url, validators))
        given = self.answers[request.url].pop(0)
        if isinstance(given, FetchError):
            raise given
        return given


def fetched(url: str) -> Fetched:
    return Fetched(Page(url, url.encode(), AT), Validators(etag=url))


def test_a_page_that_did_not_change_is_taken_from_the_store() -> None:
    script = Script(a=[NotModified(Validators("x"))])
    brought = bring(visit("a"), script, {"a": Validators("x")})
    with_stored(brought, {"a": Page("a", b"old", AT)}, script)
    assert [page.body for page in brought.pages] == [b"old"]
    assert script.asked == [("a", Validators("x"))]


def test_a_page_that_is_not_in_the_store_is_fetched_without_condition() -> None:
    script = Script(a=[NotModified(Validators("x")), fetched("a")])
    brought = bring(visit("a"), script, {"a": Validators("x")})
    with_stored(brought, {}, script)
    assert [page.body for page in brought.pages] == [b"a"]
    assert script.asked[-1] == ("a", Validators())


def test_a_server_that_says_unchanged_without_being_asked_brings_no_page() -> None:
    script = Script(a=[NotModified(Validators()), NotModified(Validators())])
    brought = bring(visit("a"), script, {})
    with_stored(brought, {}, script)
    assert brought.pages == []


def test_a_second_fetch_that_fails_is_a_failure_of_its_own() -> None:
    script = Script(a=[NotModified(Validators()), Unreachable("no route")])
    brought = bring(visit("a"), script, {})
    with_stored(brought, {}, script)
    assert brought.reason == "no route"


def test_of_several_servers_that_ask_to_wait_the_longest_wait_counts() -> None:
    script = Script(a=[RateLimited(429, "a", LATER)], b=[RateLimited(429, "b", None)], c=[RateLimited(503, "c", AT)])
    brought = bring(visit("a", "b", "c"), script, {})
    assert brought.retry_at == LATER
    assert sorted(brought.failures) == ["a", "b", "c"]


def test_a_listing_that_never_ends_is_left_after_two_hundred_pages() -> None:
    endless = visit("0")
    endless = replace(endless, source=replace(endless.source, follow=lambda page: Request(str(int(page.url) + 1))))
    script = Script()
    script.answers = {str(number): [fetched(str(number))] for number in range(300)}
    brought = bring(endless, script, {})
    assert len(brought.pages) == 200
    assert brought.failures["200"].args == ("the listing goes on after 200 pages",)


def test_a_listing_that_leads_in_a_circle_is_left_at_once() -> None:
    circle = visit("a")
    circle = replace(circle, source=replace(circle.source, follow=lambda page: Request("b" if page.url == "a" else "a")))
    brought = bring(circle, Script(a=[fetched("a")], b=[fetched("b")]), {})
    assert [page.url for page in brought.pages] == ["a", "b"]
    assert brought.reason == "the listing leads back to a page that was read already"


def test_what_was_brought_says_nothing_by_itself() -> None:
    assert Brought().reason == ""


def test_the_next_page_is_asked_for_with_the_key_of_the_first_and_no_other_host_gets_it() -> None:
    first = replace(visit("a", keyed=True), requests=(Request("https://a.example/1", (("x-api-key", "s"),), keyed=True),))
    followed = {"https://a.example/1": Request("https://a.example/2"), "https://a.example/2": Request("https://b.example/3")}
    paged = replace(first, source=replace(first.source, follow=lambda page: followed.get(page.url)))
    asked: list[Request] = []

    class Recorder:
        def fetch(self, request: Request, _validators: Validators) -> Fetched:
            asked.append(request)
            return fetched(request.url)

    bring(paged, Recorder(), {})
    assert [(request.url, request.headers, request.keyed) for request in asked] == [
        ("https://a.example/1", (("x-api-key", "s"),), True),
        ("https://a.example/2", (("x-api-key", "s"),), True),
        ("https://b.example/3", (), False),
    ]


def test_a_program_that_stops_brings_nothing_more_and_blames_nobody() -> None:
    with pytest.raises(FetchStopped):
        bring(visit("a"), Script(a=[FetchStopped("closed")]), {})
    script = Script(a=[NotModified(Validators()), FetchStopped("closed")])
    brought = bring(visit("a"), script, {})
    with pytest.raises(FetchStopped):
        with_stored(brought, {}, script)
    assert brought.failures == {}
