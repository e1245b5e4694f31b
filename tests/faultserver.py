"""One real HTTP server on loopback that misbehaves on request; every fault in the tests comes over a real socket.

    with FaultServer() as site:
        site.routes["/page"] = page(b"hello", etag='"1"')
        site.routes["/slow"] = drip(b"hello", every=0.5)
        ...fetch(site.url("/page"))...
        assert site.requests[0].headers["user-agent"] == "..."

Routes are looked up by the request target without its query. A *reply* is anything that takes what was asked and the open wire.
"""

import gzip
import socket
import socketserver
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Self

MOST_HEAD_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived; header names in lower case, *at* in seconds of `time.monotonic`."""

    method: str
    target: str
    headers: dict[str, str]
    at: float

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


class Wire:
    """The open connection; `pause` ends early, with OSError, once the server stops."""

    def __init__(self, connection: socket.socket, stopping: threading.Event) -> None:
        self.connection = connection
        self._stopping = stopping

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def pause(self, seconds: float) -> None:
        if self._stopping.wait(seconds):
            raise ConnectionAbortedError

    def head(self, status: int, headers: Iterable[tuple[str, str]]) -> None:
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in headers), "Connection: close"]
        self.send(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))


Reply = Callable[[Asked, Wire], None]


# --- good answers --------------------------------------------------------------------------------------------------


def answer(status: int, body: bytes = b"", *headers: tuple[str, str]) -> Reply:
    """Any status, body and headers, with an honest length."""

    def reply(_: Asked, wire: Wire) -> None:
        wire.head(status, [*headers, ("Content-Length", str(len(body)))])
        wire.send(body)

    return reply


def page(body: bytes, *, content_type: str = "text/html; charset=utf-8", etag: str | None = None, modified: str | None = None) -> Reply:
    """A page; 304 for whoever shows one of its validators."""
    validators = [(name, value) for name, value in (("ETag", etag), ("Last-Modified", modified)) if value is not None]

    def reply(asked: Asked, wire: Wire) -> None:
        shown = {asked.headers.get("if-none-match"), asked.headers.get("if-modified-since")} - {None}
        if shown & {value for _, value in validators}:
            answer(304, b"", *validators)(asked, wire)
        else:
            answer(200, body, ("Content-Type", content_type), *validators)(asked, wire)

    return reply


def in_turn(*replies: Reply) -> Reply:
    """One reply after the other; the last one stays."""
    left = list(replies)
    lock = threading.Lock()

    def reply(asked: Asked, wire: Wire) -> None:
        with lock:
            chosen = left.pop(0) if len(left) > 1 else left[0]
        chosen(asked, wire)

    return reply


def redirect(to: str, status: int = 302) -> Reply:
    """To anywhere: another path, another host, itself, a file."""
    return answer(status, b"moved", ("Location", to))


def busy(status: int = 429, retry_after: str | None = None) -> Reply:
    return answer(status, b"busy", *([] if retry_after is None else [("Retry-After", retry_after)]))


def coded(body: bytes, coding: str) -> Reply:
    """A body under any Content-Encoding, true or not."""
    return answer(200, body, ("Content-Type", "text/html"), ("Content-Encoding", coding))


# --- slow and silent -----------------------------------------------------------------------------------------------


def drip(body: bytes, every: float, *headers: tuple[str, str], sized: bool = True) -> Reply:
    """One byte at a time; not *sized*, the body ends where the connection does."""

    def reply(_: Asked, wire: Wire) -> None:
        wire.head(200, [*headers, ("Content-Length", str(len(body)))] if sized else headers)
        for byte in body:
            wire.send(bytes([byte]))
            wire.pause(every)

    return reply


def drip_head(every: float) -> Reply:
    """Headers without end, one byte at a time."""

    def reply(_: Asked, wire: Wire) -> None:
        wire.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while True:
            wire.send(b"z")
            wire.pause(every)

    return reply


def hang() -> Reply:
    """Accept the request, then say nothing."""

    def reply(_: Asked, wire: Wire) -> None:
        wire.pause(3600)

    return reply


def hang_in_body(start: bytes = b"<html>") -> Reply:
    """Promise a page, send its start, then say nothing."""

    def reply(_: Asked, wire: Wire) -> None:
        wire.head(200, [("Content-Length", str(len(start) + 1000))])
        wire.send(start)
        wire.pause(3600)

    return reply


def late(seconds: float, then: Reply) -> Reply:
    def reply(asked: Asked, wire: Wire) -> None:
        wire.pause(seconds)
        then(asked, wire)

    return reply


# --- broken --------------------------------------------------------------------------------------------------------


def raw(data: bytes) -> Reply:
    """Exactly these bytes, then the end."""

    def reply(_: Asked, wire: Wire) -> None:
        wire.send(data)

    return reply


def reset(after: bytes = b"") -> Reply:
    """A TCP reset, after some bytes or none."""

    def reply(_: Asked, wire: Wire) -> None:
        wire.send(after)
        wire.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        wire.connection.close()

    return reply


def short(body: bytes, promised: int) -> Reply:
    """Fewer bytes than Content-Length promises."""

    def reply(_: Asked, wire: Wire) -> None:
        wire.head(200, [("Content-Length", str(promised))])
        wire.send(body)

    return reply


def endless(piece: bytes = b"x" * 65_536) -> Reply:
    """A body without length and without end."""

    def reply(_: Asked, wire: Wire) -> None:
        wire.head(200, [("Content-Type", "text/html")])
        while True:
            wire.send(piece)

    return reply


def gzipped(body: bytes) -> Reply:
    return coded(gzip.compress(body), "gzip")


def truncated_gzip(body: bytes) -> Reply:
    """Gzip cut in half under an honest length, as a broken cache serves it."""
    whole = gzip.compress(body)
    return coded(whole[: len(whole) // 2], "gzip")


def bomb(megabytes: int, layers: int = 1) -> Reply:
    """Zeros, gzipped once or more; *megabytes* when opened."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    data = b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()
    for _ in range(layers - 1):
        data = gzip.compress(data)
    return coded(data, ", ".join(["gzip"] * layers))


def zstd_bomb(megabytes: int) -> Reply:
    """Zeros in zstd, as blocks of one byte and a count (RFC 8878, section 3.1.1.2): 32 bytes a megabyte."""
    size = 128 << 10
    block = (size << 3 | 1 << 1).to_bytes(3, "little") + b"\0"
    last = (1 << 3 | 1 << 1 | 1).to_bytes(3, "little") + b"\0"
    return coded(bytes.fromhex("28b52ffd 00 58") + block * (megabytes * 8) + last, "zstd")


# --- the server ----------------------------------------------------------------------------------------------------


class FaultServer:
    """Serves `routes`, keeps `requests`; 404 for everything else. With *tls*, speaks https; *at* is where, a free port by default."""

    def __init__(
        self, routes: dict[str, Reply] | None = None, tls: ssl.SSLContext | None = None, at: tuple[str, int] = ("127.0.0.1", 0)
    ) -> None:
        self.routes: dict[str, Reply] = dict(routes or {})
        self.requests: list[Asked] = []
        self.stopping = threading.Event()
        self._tls = tls
        self._server = _Listener(at, _Handler)
        self._server.site = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def asked_for(self, path: str) -> list[Asked]:
        return [asked for asked in self.requests if asked.path == path]

    def serve(self, connection: socket.socket) -> None:
        """One connection: one request, one reply."""
        with suppress(OSError), self._secured(connection) as secured:  # clients that leave, and our own stop
            asked = _read_head(secured)
            if asked is not None:
                self.requests.append(asked)
                self.routes.get(asked.path, answer(404, b"no such page"))(asked, Wire(secured, self.stopping))
                _finish(secured)

    def _secured(self, connection: socket.socket) -> socket.socket:
        return connection if self._tls is None else self._tls.wrap_socket(connection, server_side=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    site: FaultServer


class _Handler(socketserver.BaseRequestHandler):
    server: _Listener

    def handle(self) -> None:
        self.server.site.serve(self.request)


def _read_head(connection: socket.socket) -> Asked | None:
    head = b""
    while b"\r\n\r\n" not in head and len(head) < MOST_HEAD_BYTES:
        piece = connection.recv(65_536)
        if not piece:
            return None
        head += piece
        if not head[:1].isalpha():  # a TLS greeting
            return None
    first, *lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    return Asked(method, target, {name.lower(): value.strip() for name, _, value in pairs}, time.monotonic())


def _finish(connection: socket.socket) -> None:
    # Half-close and let the client close first, so that unread bytes do not turn our end into a reset.
    if connection.fileno() != -1:
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(0.2)
        while connection.recv(65_536):
            pass
