import socket
from collections.abc import Callable

import pytest

from monitor.domain.pages import Request, Validators
from monitor.errors import ConfigError, FetchError, Unreachable
from monitor.fetch import Fetched
from tests.faultserver import FaultServer, Reply, in_turn, page, raw, reset, short
from tests.fetch.conftest import Desk

BROKEN: dict[str, Callable[[], Reply]] = {
    "a reset": reset,
    "a reset in the head": lambda: reset(b"HTTP/1.1 200 OK\r\n"),
    "a reset in the body": lambda: reset(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<html>"),
    "nothing at all": lambda: raw(b""),
    "a body shorter than promised": lambda: short(b"<html>", 100),
    "chunks that stop": lambda: raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
    "chunks that are none": lambda: raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n"),
    "two lengths": lambda: raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
    "a negative length": lambda: raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"),
    "an absurd length": lambda: raw(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\nhello"),
    "no HTTP": lambda: raw(b"SSH-2.0-OpenSSH_9.2p1\r\n"),
    "random bytes": lambda: raw(bytes(range(256)) * 20),
    "headers without end": lambda: raw(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 100_000),
    "a header that is none": lambda: raw(b"HTTP/1.1 200 OK\r\nhush hush\r\n\r\n"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_answer_is_unreachable_with_its_cause_and_without_secrets(site: FaultServer, desk: Desk, fault: str) -> None:
    site.routes["/p"] = BROKEN[fault]()

    error = desk.failure(site.url("/p?key=hush"), headers=(("X-Api-Key", "hush"),), keyed=True)

    assert isinstance(error, Unreachable)
    assert error.__cause__ is not None
    assert site.url("/p") in str(error)
    assert "hush" not in str(error)


def test_a_broken_answer_is_asked_for_again(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = in_turn(reset(), short(b"<html>", 100), page(b"<html>whole</html>"))

    brought = desk.limited(retries=2, retry_budget_seconds=5, total_seconds=9).fetch(Request(site.url("/")), Validators())

    assert isinstance(brought, Fetched)
    assert brought.page.body == b"<html>whole</html>"


def test_nobody_listening_is_unreachable(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]

    assert isinstance(desk.failure(f"http://127.0.0.1:{port}/"), Unreachable)


def test_a_name_that_does_not_exist_is_unreachable(desk: Desk) -> None:
    assert isinstance(desk.failure("https://no-such-name.invalid/"), FetchError)


def test_a_server_without_tls_is_unreachable_over_https(site: FaultServer, desk: Desk) -> None:
    assert isinstance(desk.failure(site.url("/").replace("http", "https")), Unreachable)


@pytest.mark.parametrize(
    "address", ["", "model page", "file:///etc/passwd", "http://", "http://a:b/", "http://me:hush@[::1/", "https://x\n/"]
)
def test_an_address_that_cannot_be_fetched_is_refused_without_being_repeated(desk: Desk, address: str) -> None:
    error = desk.failure(address)

    assert isinstance(error, Unreachable)
    assert "hush" not in str(error)


@pytest.mark.parametrize(
    "header", [("X-Api-Key", "hush\n"), ("X-Api-Key", "hush\u2019"), ("X-Api-Key", " "), ("X Api Key", "hush"), ("", "hush")]
)
def test_a_header_that_http_does_not_allow_is_refused_without_being_repeated(
    site: FaultServer, desk: Desk, header: tuple[str, str]
) -> None:
    error = desk.failure(site.url("/?key=hush"), headers=(header,))

    assert isinstance(error, Unreachable)
    assert error.__cause__ is error.__context__ is None
    assert "hush" not in str(error)
    assert site.requests == []


@pytest.mark.parametrize("proxy", ["", "socks5://127.0.0.1:1", "proxy:8080", "http://me:hush@host:port"])
def test_a_proxy_that_is_none_is_a_wrong_setting(desk: Desk, proxy: str) -> None:
    with pytest.raises(ConfigError) as caught:
        desk.fetcher(proxy=proxy)

    assert caught.value.key == "fetch.proxy"
    assert caught.value.__context__ is None
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_a_certificate_file_that_is_none_is_a_wrong_setting(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory, content: bytes | None
) -> None:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ConfigError) as caught:
        desk.fetcher(ca_file=str(path))

    assert caught.value.key == "fetch.ca_file"
