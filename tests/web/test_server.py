"""The port: three paths, two methods, a few seconds for everybody."""

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from monitor.errors import ConfigError
from monitor.web import Served, serving
from monitor.web import server as web

ANSWERS = Served(alive=lambda: "", ready=lambda: "stopping", metrics=lambda: ("text/plain", b"up 1\n"))


@pytest.fixture
def port() -> Iterator[int]:
    with serving("127.0.0.1", 0, ANSWERS) as number:
        yield number


def asked(port: int, path: str, method: str = "GET") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_health_readiness_and_metrics_are_told(port: int) -> None:
    assert asked(port, "/healthz") == (200, b"ok\n")
    assert asked(port, "/readyz?x=1") == (503, b"stopping\n")
    assert asked(port, "/metrics") == (200, b"up 1\n")
    assert asked(port, "/healthz", "HEAD") == (200, b"")


def test_other_paths_are_not_found_and_other_methods_not_allowed(port: int) -> None:
    assert asked(port, "/")[0] == 404
    assert asked(port, "/metrics/../etc/passwd")[0] == 404
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        assert asked(port, "/metrics", method) == (405, b"Method Not Allowed\n")


def test_what_is_no_http_is_refused_without_being_repeated(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(b"<script>hunter2</script>\r\n\r\n")
        assert b"hunter2" not in client.recv(65_536)


def test_slow_clients_are_cut_off_and_nobody_waits_for_them(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SECONDS", 4.0)
    slow = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(web.AT_ONCE - 1)]
    began = time.monotonic()
    assert asked(port, "/healthz")[0] == 200
    assert time.monotonic() - began < web.SECONDS  # nobody waited for them
    with contextlib.suppress(OSError):
        for client in slow:
            client.sendall(b"GET /healthz HTTP/1.1\r\nX: ")
        while time.monotonic() - began < 15:  # a byte now and then does not keep a connection
            slow[0].sendall(b"x")
            time.sleep(0.1)
    assert time.monotonic() - began < 12
    for client in slow:
        client.settimeout(5)
        with contextlib.suppress(ConnectionResetError):
            assert client.recv(10) == b""
        client.close()


def test_more_connections_than_it_takes_are_closed_at_once_and_it_recovers(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SECONDS", 1.0)
    many = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(2 * web.AT_ONCE)]
    many[-1].settimeout(5)
    assert many[-1].recv(10) == b""
    for client in many:
        client.close()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, http.client.HTTPException):
            assert asked(port, "/healthz")[0] == 200
            return
        time.sleep(0.1)
    pytest.fail("it did not recover")


def test_a_database_that_hangs_does_not_take_the_answer_about_the_process_along() -> None:
    free = threading.Event()

    def hanging() -> str:
        free.wait(20)
        return ""

    with serving("127.0.0.1", 0, Served(lambda: "", hanging, lambda: ("", b""))) as port:
        waiting = [threading.Thread(target=asked, args=(port, "/readyz"), daemon=True) for _ in range(web.TO_DATABASE)]
        for thread in waiting:
            thread.start()
        time.sleep(0.5)
        assert asked(port, "/readyz") == (503, b"busy\n")
        assert asked(port, "/healthz") == (200, b"ok\n")
        free.set()
        for thread in waiting:
            thread.join(20)


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_where_nothing_can_listen_the_setting_is_named(host: str) -> None:
    with pytest.raises(ConfigError, match=r"web\.listen: cannot listen"), serving(host, 0, ANSWERS):
        pass
