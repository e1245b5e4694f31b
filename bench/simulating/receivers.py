"""The channels on loopback, in Slack's dialect, that work, break, hang after accepting, limit the rate or are gone, as the day has it."""

import os
import re
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from monitor.cli.demo.receiver import ARCHIVED, BROKEN, OK, Answer, Posted, SlackReceiver, rate_limited

HANG = 4.0  # longer than the simulated daemon's patience
ID = re.compile(r"MW-[0-9A-F]{8}")
ANSWERS = {"": OK, "broken": BROKEN, "hangs": Answer(hang=HANG), "limited": rate_limited(600), "gone": ARCHIVED}


@dataclass
class Got:
    """One message that a channel accepted; *unclear* where the sender cannot know that."""

    at: datetime
    text: str
    unclear: bool

    @property
    def ids(self) -> list[str]:
        """The ids it shows, once each."""
        return list(dict.fromkeys(ID.findall(self.text)))


@dataclass
class Channel:
    """One receiver with the log of what it accepted at which simulated instant."""

    name: str
    now: Callable[[], datetime]
    got: list[Got] = field(default_factory=list)
    how: str = ""
    kill: int | None = None  # the process that dies as the next message arrives

    def __post_init__(self) -> None:
        self.receiver = SlackReceiver(self._take)

    def behave(self, how: str) -> None:
        """From now on."""
        self.how = how
        self.receiver.script(then=ANSWERS[how])

    def _take(self, posted: Posted) -> None:
        killed, self.kill = self.kill, None
        self.got.append(Got(self.now(), f"{posted.raw}\n{posted.text}\n{posted.payload}", self.how == "hangs" or killed is not None))
        if killed is not None:
            os.kill(killed, signal.SIGKILL)
