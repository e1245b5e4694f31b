import ssl

import httpx
import pytest

from monitor.domain.pages import Request, Validators
from monitor.errors import BadRedirect, Unreachable
from monitor.fetch import Fetched
from monitor.fetch.addresses import first_ask, redirected
from tests.faultserver import FaultServer, page, redirect
from tests.fetch.conftest import Desk

KEY = (("Authorization", "Bearer hush"),)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_page_that_moved_is_found_and_stored_under_its_new_address(site: FaultServer, desk: Desk, status: int) -> None:
    site.routes |= {"/old": redirect("new?x=1", status), "/new": page(b"here", etag='"1"')}

    brought = desk.shared.fetch(Request(site.url("/old"), headers=KEY), Validators())

    assert isinstance(brought, Fetched)
    assert (brought.page.url, brought.page.body) == (site.url("/new?x=1"), b"here")
    assert [asked.headers.get("authorization") for asked in site.requests] == ["Bearer hush", "Bearer hush"]


def test_validators_speak_of_the_first_address_only(site: FaultServer, desk: Desk) -> None:
    site.routes |= {"/old": redirect("/new"), "/new": page(b"another page, same tag", etag='"1"')}

    brought = desk.shared.fetch(Request(site.url("/old")), Validators('"1"'))

    assert isinstance(brought, Fetched)
    assert brought.validators == Validators()
    assert [asked.headers.get("if-none-match") for asked in site.requests] == ['"1"', None]


def test_five_redirects_are_followed_and_six_are_not(site: FaultServer, desk: Desk) -> None:
    site.routes |= {f"/{n}": redirect(f"/{n + 1}") for n in range(6)}
    site.routes["/6"] = page(b"here")

    assert isinstance(desk.shared.fetch(Request(site.url("/1")), Validators()), Fetched)
    assert isinstance(desk.failure(site.url("/0")), BadRedirect)


def test_a_loop_ends(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = redirect("/")

    assert isinstance(desk.failure(site.url("/"), desk.limited(retries=2)), BadRedirect)
    assert len(site.requests) == 6


LOCATIONS = [
    "file:///etc/passwd",
    "ftp://example.test/",
    "javascript:alert(1)",
    "data:text/html,hello",
    "http://",
    "http://[::1",
    "http://a:b/",
    "http://a:0/",
    "http://a:99999/",
    "http://xn--a/",
    "https://x\x7f/",
    "/" + "a" * 70_000,
]


@pytest.mark.parametrize("location", LOCATIONS, ids=lambda location: location[:20])
def test_a_redirect_to_what_is_no_web_page_is_refused(site: FaultServer, desk: Desk, location: str) -> None:
    site.routes["/"] = redirect(location)

    assert isinstance(desk.failure(site.url("/")), BadRedirect)


def test_a_redirect_to_a_name_that_no_resolver_takes_is_unreachable(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = redirect(f"http://{'a' * 70}.test/")

    assert isinstance(desk.failure(site.url("/")), Unreachable)


def test_https_is_never_left_for_http() -> None:
    ask = first_ask(Request("https://a.test/x"), Validators())

    with pytest.raises(BadRedirect, match="from https to http"):
        redirected(ask, "http://a.test/x")
    assert redirected(first_ask(Request("http://a.test/x"), Validators()), "https://a.test/x").url == httpx.URL("https://a.test/x")


@pytest.mark.parametrize("location", ["https://b.test/", "https://a.test:444/", "http://a.test/", "//b.test/", "https://sub.a.test/"])
def test_a_request_with_a_key_stays_on_its_host(location: str) -> None:
    ask = first_ask(Request("https://a.test/x", headers=KEY, keyed=True), Validators())

    with pytest.raises(BadRedirect):
        redirected(ask, location)
    assert redirected(ask, "https://A.test:443/y").headers == KEY


def test_a_request_with_a_key_never_reaches_another_host(site: FaultServer, desk: Desk) -> None:
    with FaultServer({"/": page(b"caught")}) as other:
        site.routes["/"] = redirect(other.url("/?token=hush"))

        error = desk.failure(site.url("/?key=hush"), headers=KEY, keyed=True)

        assert isinstance(error, BadRedirect)
        assert "hush" not in str(error)
        assert other.requests == []


def test_headers_stay_behind_when_a_request_without_a_key_changes_hosts_even_if_it_comes_back(site: FaultServer, desk: Desk) -> None:
    with FaultServer({"/there": redirect(site.url("/back"))}) as other:
        site.routes |= {"/": redirect(other.url("/there")), "/back": page(b"here")}

        desk.shared.fetch(Request(site.url("/"), headers=(("X-Team", "blue"),)), Validators())

        assert [asked.headers.get("x-team") for asked in [*site.requests, *other.requests]] == ["blue", None, None]


def test_credentials_in_an_address_are_neither_sent_nor_shown(site: FaultServer, desk: Desk) -> None:
    site.routes |= {"/": redirect(site.url("/new", host="me:hush@127.0.0.1")), "/new": page(b"here")}

    brought = desk.shared.fetch(Request(site.url("/")), Validators())

    assert isinstance(brought, Fetched)
    assert brought.page.url == site.url("/new")
    assert "authorization" not in site.requests[1].headers


def test_a_page_fetched_with_a_key_is_stored_without_its_query(site: FaultServer, desk: Desk) -> None:
    site.routes["/v1/models"] = page(b"[]")

    brought = desk.shared.fetch(Request(site.url("/v1/models?key=hush"), keyed=True), Validators())

    assert isinstance(brought, Fetched)
    assert brought.page.url == site.url("/v1/models")


def test_a_downgrade_is_refused_over_a_real_connection(tls: ssl.SSLContext, ca_file: str, site: FaultServer, desk: Desk) -> None:
    with FaultServer({"/": redirect(site.url("/"))}, tls=tls) as secure:
        assert isinstance(desk.failure(secure.url("/"), desk.fetcher(ca_file=ca_file)), BadRedirect)
        assert site.requests == []
