"""What the daemon says at regular intervals: to the service manager's watchdog, and to the address of the dead man's switch."""

import logging
import threading
import time
from collections.abc import Collection

from monitor.bootstrap import App
from monitor.daemon.vitals import Vitals, tell_systemd, watchdog_seconds
from monitor.daemon.workers import Workers

PING_EVERY = 60.0
SHARE = 3  # of the watchdog's time: one word may get lost

_log = logging.getLogger("modelwatch.daemon")


class Beat:
    """Says that all is well, and only then."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._visited = threading.Event()
        self._pinged_at = -PING_EVERY
        self._watchdog = watchdog_seconds()
        self._beaten_at = 0.0

    def visited(self) -> None:
        """A visit came to its end."""
        self._visited.set()

    def after_tick(self, app: App, due: Collection[str]) -> None:
        """Ping once a pass is over: something was visited since the last one, nothing is due and nothing is under way."""
        over = self._visited.is_set() and not due and not self._workers.running("poll ")
        if app.pinger is None or not over or time.monotonic() - self._pinged_at < PING_EVERY:
            return
        self._visited.clear()
        if not self._workers.start("ping", lambda: self._ping(app), vital=True):
            self._visited.set()

    def keep_watchdog(self, vitals: Vitals) -> None:
        """Pet the watchdog in good time, but not where the timer or the workers hang."""
        if self._watchdog is None or time.monotonic() - self._beaten_at < self._watchdog / SHARE:
            return
        self._beaten_at = time.monotonic()
        if ill := vitals.ill():
            _log.error("the watchdog is not told: %s", ill)
        else:
            tell_systemd("WATCHDOG=1")

    def _ping(self, app: App) -> None:
        failure = app.ping()
        if failure is None:
            return
        self._pinged_at = time.monotonic()
        told = {"event": "ping", "outcome": "failed" if failure else "answered", "reason": failure}
        _log.log(logging.WARNING if failure else logging.INFO, "ping: %s", failure or "answered", extra={"outcome": told})
