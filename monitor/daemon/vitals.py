"""Signs of life: when the timer last ticked and whether the workers get anywhere; what the watchdog, health and the ping go by."""

import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from monitor.daemon.workers import Workers

HUNG_AFTER = 600.0  # seconds; a delivery or a reminder takes a few, a visit of a hundred pages some minutes
VITAL = frozenset({"deliver", "remind"})
LATE_TICKS, LATE_SECONDS = 3, 30.0


@dataclass(slots=True)
class Vitals:
    """Whether the daemon does its work. *seconds* is a clock that only goes forward."""

    workers: Workers
    tick: timedelta
    seconds: Callable[[], float] = time.monotonic
    ticked_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.ticked_at = self.seconds()

    def ticked(self) -> None:
        """A tick came to its end."""
        self.ticked_at = self.seconds()

    @property
    def tick_age(self) -> float:
        """Seconds since the last tick came to its end."""
        return self.seconds() - self.ticked_at

    def ill(self) -> str:
        """What hangs, "" if nothing does: the timer, a delivery, a reminder, or every worker at once."""
        if self.tick_age > LATE_TICKS * self.tick.total_seconds() + LATE_SECONDS:
            return f"no tick for {self.tick_age:.0f} s"
        stuck = self.workers.running_longer_than(HUNG_AFTER)
        if hung := sorted(VITAL & stuck):
            return f"{hung[0]} hangs"
        return "every worker hangs" if len(stuck - VITAL) >= self.workers.limit else ""


def tell_systemd(state: str) -> None:
    """Tell the service manager READY=1, STOPPING=1 or WATCHDOG=1, where it asked to be told (sd_notify(3)); nothing elsewhere."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        try:
            manager.connect("\0" + address[1:] if address.startswith("@") else address)
            manager.sendall(state.encode())
        except OSError:
            return  # a manager that went away must not take the daemon with it


def watchdog_seconds() -> float | None:
    """How often the service manager wants to hear of us at the latest; None where it does not (sd_watchdog_enabled(3))."""
    wanted, whose = os.environ.get("WATCHDOG_USEC", ""), os.environ.get("WATCHDOG_PID", "")
    if not wanted.isdecimal() or (whose and whose != str(os.getpid())):
        return None
    return int(wanted) / 1_000_000 or None
