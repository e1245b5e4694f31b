"""Proxy and certificates come from the settings and from nowhere else."""

import logging
import ssl
from pathlib import Path

import pytest

from monitor.domain.pages import Request, Validators
from monitor.errors import Unreachable
from monitor.fetch import Fetched
from tests.faultserver import FaultServer, page, raw
from tests.fetch.conftest import Desk

ELSEWHERE = "http://page.test/models"


def test_a_configured_proxy_is_used(desk: Desk) -> None:
    with FaultServer({ELSEWHERE: page(b"through the proxy")}) as proxy:
        brought = desk.fetcher(proxy=proxy.url("", host="me:secret@127.0.0.1")).fetch(Request(ELSEWHERE), Validators())

        assert isinstance(brought, Fetched)
        assert (brought.page.url, brought.page.body) == (ELSEWHERE, b"through the proxy")
        assert proxy.requests[0].headers["proxy-authorization"].startswith("Basic ")


def test_a_proxy_that_refuses_is_unreachable(desk: Desk) -> None:
    with FaultServer({"page.test:443": raw(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")}) as proxy:
        error = desk.failure("https://page.test/", desk.fetcher(proxy=proxy.url("", host="me:hush@127.0.0.1")))

        assert isinstance(error, Unreachable)
        assert "407" in str(error)
        assert "hush" not in str(error)
        assert proxy.requests[0].method == "CONNECT"


def test_the_environment_configures_nothing(site: FaultServer, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    site.routes["/"] = page(b"direct")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")

    assert isinstance(desk.fetcher().fetch(Request(site.url("/")), Validators()), Fetched)


def test_a_netrc_lends_no_credentials(site: FaultServer, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password hush\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    site.routes["/"] = page(b"hello")

    desk.fetcher().fetch(Request(site.url("/")), Validators())

    assert "authorization" not in site.requests[0].headers


def test_a_certificate_is_trusted_when_configured_and_not_otherwise(tls: ssl.SSLContext, ca_file: str, desk: Desk) -> None:
    with FaultServer({"/": page(b"private")}, tls=tls) as site:
        assert isinstance(desk.fetcher(ca_file=ca_file).fetch(Request(site.url("/")), Validators()), Fetched)

        error = desk.failure(site.url("/"))

        assert isinstance(error, Unreachable)
        assert "certificate verify failed" in str(error)


def test_a_certificate_for_another_name_is_refused(tls: ssl.SSLContext, ca_file: str, desk: Desk) -> None:
    with FaultServer({"/": page(b"private")}, tls=tls) as site:
        assert isinstance(desk.failure(site.url("/", host="localhost"), desk.fetcher(ca_file=ca_file)), Unreachable)


def test_nothing_secret_is_logged_even_when_everything_is(site: FaultServer, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    site.routes["/"] = page(b"hello")
    with caplog.at_level(logging.DEBUG):
        desk.shared.fetch(Request(site.url("/?key=hush"), headers=(("X-Api-Key", "hush"),)), Validators())
        desk.failure(site.url("/gone?key=hush"), headers=(("X-Api-Key", "hush"),))

    assert "hush" not in caplog.text
