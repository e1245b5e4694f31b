"""The server: a handful of threads, fixed paths, and a few seconds for each request, however slowly somebody asks."""

import contextlib
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler

from monitor.errors import ConfigError

SECONDS = 5.0  # for a whole request
AT_ONCE = 16  # connections; the next are closed at once
TO_DATABASE = 4  # requests that ask it at once: a database that hangs must not take the answer about the process along
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Served:
    """What is answered: *alive* and *ready* say what is wrong ("" for nothing), *metrics* a content type and a body."""

    alive: Callable[[], str]
    ready: Callable[[], str]
    metrics: Callable[[], tuple[str, bytes]]


@contextmanager
def serving(host: str, port: int, served: Served) -> Iterator[int]:
    """Serve in threads of its own; yields the port. Raises ConfigError about `web.listen` where nothing can listen there."""
    try:
        server = _Server(host, port, served)
    except (OSError, OverflowError) as error:
        raise ConfigError("web.listen", f"cannot listen on {host}:{port}: {getattr(error, 'strerror', None) or error}") from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, name="modelwatch-web", daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    """One thread a connection, at most AT_ONCE."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, host: str, port: int, served: Served) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.served = served
        self.to_database = threading.BoundedSemaphore(TO_DATABASE)
        self._connections = threading.BoundedSemaphore(AT_ONCE)
        super().__init__((host, port), _Handler)

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        if not self._connections.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._connections.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever broke off, or was too slow, is not worth a line."""


class _Handler(BaseHTTPRequestHandler):
    """GET and HEAD of three paths; one request a connection."""

    server: _Server
    server_version, sys_version = "modelwatch", ""
    timeout = SECONDS

    def setup(self) -> None:
        super().setup()
        self._cut = threading.Timer(SECONDS, self._cut_off)
        self._cut.daemon = True
        self._cut.start()

    def finish(self) -> None:
        self._cut.cancel()
        super().finish()

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        served = self.server.served
        if path == "/healthz":
            self._told(served.alive())
        elif path == "/readyz":
            self._asking_the_database(lambda: self._told(served.ready()))
        elif path == "/metrics":
            self._asking_the_database(self._metrics)
        else:
            self._send(HTTPStatus.NOT_FOUND, b"not found: /healthz, /readyz, /metrics\n")

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - nothing is repeated
        """A refusal without a word of what was asked; methods that are not ours are not allowed."""
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        self._send(status, f"{status.phrase}\n".encode())

    def log_message(self, *_: object) -> None:
        """Nothing: a scrape is no outcome."""

    def _asking_the_database(self, answer: Callable[[], None]) -> None:
        if not self.server.to_database.acquire(blocking=False):
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, b"busy\n")
            return
        try:
            answer()
        finally:
            self.server.to_database.release()

    def _told(self, wrong: str) -> None:
        status = HTTPStatus.SERVICE_UNAVAILABLE if wrong else HTTPStatus.OK
        self._send(status, f"{wrong or 'ok'}\n".encode())

    def _metrics(self) -> None:
        kind, body = self.server.served.metrics()
        self._send(HTTPStatus.OK if body else HTTPStatus.SERVICE_UNAVAILABLE, body, kind)

    def _send(self, status: HTTPStatus, body: bytes, kind: str = TEXT) -> None:
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = "GET, HEAD"
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _cut_off(self) -> None:
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
