"""Manners: few requests at a time to one host, and a pause between their starts."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from monitor.fetch.deadline import Deadline


class Hosts:
    """Hands out turns, per host; what it knows lasts as long as the program."""

    def __init__(self, concurrency: int, spacing_seconds: float) -> None:
        self._concurrency = concurrency
        self._spacing = spacing_seconds
        self._lock = threading.Lock()
        self._slots: dict[str, threading.Semaphore] = {}
        self._next_start: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str, deadline: Deadline) -> Iterator[None]:
        """One request's time on *host*; waiting for it counts against the deadline."""
        with self._lock:
            slots = self._slots.setdefault(host, threading.Semaphore(self._concurrency))
        if not slots.acquire(timeout=deadline.remaining()):
            raise deadline.error()
        try:
            deadline.wait(self._pause_before_start(host))
            yield
        finally:
            slots.release()

    def _pause_before_start(self, host: str) -> float:
        with self._lock:
            now = time.monotonic()
            start = max(now, self._next_start.get(host, now))
            self._next_start[host] = start + self._spacing
        return start - now
