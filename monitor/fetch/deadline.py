"""The end of a fetch: one instant for everything it does, and a hand on its connection.

httpx limits the time of each read, so a server that drips can hold a fetch for ever. Here the fetch runs in a thread of its own
and its connection is shut down from outside when the time is up.
"""

import concurrent.futures
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from monitor.errors import DeadlineExceeded, FetchError, FetchStopped

_GRACE_SECONDS = 0.25  # for a thread that was cut to end by itself; name look-ups cannot be cut and are left behind

T = TypeVar("T")


class Deadline:
    """When a fetch of the address *shown* ends; one per fetch, shared by its thread and the one that waits for it."""

    def __init__(self, seconds: float, shown: str) -> None:
        self._seconds = seconds
        self._shown = shown
        self._ends = time.monotonic() + seconds
        self._over = threading.Event()
        self._stopped = False
        self._lock = threading.Lock()
        self._line: socket.socket | None = None

    def remaining(self) -> float:
        """The seconds that are left; raises when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0 or self._over.is_set():
            raise self.error()
        return left

    def wait(self, seconds: float) -> None:
        """Sleep; raises at once if the end comes first, or as soon as the fetch is cut."""
        if seconds >= self.remaining() or self._over.wait(seconds):
            raise self.error()

    def error(self) -> FetchError:
        if self._stopped:
            return FetchStopped(f"stopped while fetching {self._shown}")
        return DeadlineExceeded(f"{self._shown} took longer than {self._seconds:g} s")

    def run(self, work: Callable[[], T]) -> T:
        """Let *work* run in a thread until it ends, the time is up, or the fetch is stopped, whichever comes first."""
        outcome: concurrent.futures.Future[T] = concurrent.futures.Future()
        outcome.add_done_callback(lambda _: self._over.set())
        # A daemon thread and no pool: a pool's threads are joined at exit, and one may sit in a name look-up.
        threading.Thread(target=carry, args=(work, outcome), name="fetch", daemon=True).start()
        try:
            self._over.wait(self._ends - time.monotonic())
        finally:
            self._cut()
        concurrent.futures.wait([outcome], _GRACE_SECONDS)
        if not outcome.done():
            raise self.error()
        try:
            return outcome.result()
        finally:
            del outcome  # it holds the error, whose traceback holds this frame, and all that a fetch had read would wait for the collector

    def stop(self) -> None:
        """End the fetch now, from any thread."""
        self._stopped = True
        self._cut()

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Take hold of a connection as it opens (httpx's "trace" extension)."""
        if event != "connection.connect_tcp.complete":
            return
        # A duplicate: wrapping in TLS takes the descriptor away from the first object, and shutdown works through any.
        line = info["return_value"].get_extra_info("socket").dup()
        self.release()
        with self._lock:
            self._line = line
        if self._over.is_set():
            self._cut()

    def release(self) -> None:
        """Let go of the connection; it then closes when its owner closes it."""
        with self._lock:
            if self._line is not None:
                self._line.close()
                self._line = None

    def _cut(self) -> None:
        self._over.set()
        with self._lock:
            if self._line is not None:
                with suppress(OSError):  # the other side was faster
                    self._line.shutdown(socket.SHUT_RDWR)


def carry(work: Callable[[], T], outcome: concurrent.futures.Future[T]) -> None:
    """Do *work* and put what it returns or raises into *outcome*."""
    try:
        outcome.set_result(work())
    except BaseException as error:  # noqa: BLE001  carried over to the waiting thread and raised there
        outcome.set_exception(error)
    finally:
        del outcome  # as in Deadline.run
