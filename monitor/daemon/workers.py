"""Workers: each due source is visited in a thread of its own, none twice at once, and a stuck one holds up nothing else."""

import logging
import threading
import time
from collections.abc import Callable

_log = logging.getLogger("modelwatch.daemon")


class Workers:
    """Named jobs, at most *limit* at once beside the vital ones; the threads are daemons, so that a stop never waits for a stuck one."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._slots = threading.BoundedSemaphore(limit)
        self._busy: dict[str, threading.Thread] = {}
        self._since: dict[str, float] = {}
        self._lock = threading.Lock()
        self._stopping = False

    def start(self, name: str, work: Callable[[], object], *, vital: bool = False) -> bool:
        """Begin *work* unless a job of that name is running, all slots are taken, or the workers are stopping.

        A *vital* job waits for no slot: however long the visits take, what is due is told.
        """
        with self._lock:
            if self._stopping or name in self._busy or not (vital or self._slots.acquire(blocking=False)):
                return False
            thread = threading.Thread(target=self._run, args=(name, work, vital), name=f"modelwatch-{name}", daemon=True)
            self._busy[name] = thread
            self._since[name] = time.monotonic()
        thread.start()
        return True

    def running(self, prefix: str = "") -> frozenset[str]:
        """The names of the jobs under way that begin with *prefix*."""
        with self._lock:
            return frozenset(name for name in self._busy if name.startswith(prefix))

    def running_longer_than(self, seconds: float) -> frozenset[str]:
        """The names of the jobs under way for more than *seconds*."""
        with self._lock:
            return frozenset(name for name, began in self._since.items() if time.monotonic() - began > seconds)

    def stop(self, seconds: float) -> list[str]:
        """Take no new work and wait up to *seconds* for what is running; the names of what still is."""
        with self._lock:
            self._stopping = True
            running = dict(self._busy)
        share = seconds / max(1, len(running))
        for thread in running.values():
            thread.join(share)
        with self._lock:
            return sorted(self._busy)

    def _run(self, name: str, work: Callable[[], object], vital: bool) -> None:  # noqa: FBT001 - a thread's argument
        try:
            work()
        except Exception:  # noqa: BLE001 - the job loop: one job's failure is logged and stays one failure
            _log.exception("%s failed", name)
        finally:
            with self._lock:
                self._busy.pop(name, None)
                self._since.pop(name, None)
            if not vital:
                self._slots.release()
