"""What is due, by the rules of DESIGN section 5 told once more and without the policy's code: what the receivers got is held against it.

The facts (which end of which model was believed on which day, which events there were) are those of the ledger, whose truth
`bench/replay.py` measures; which of them must be told to whom, and when, is decided here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

LEADS = (90, 60, 30, 14, 7, 3, 1, 0)
SOFT_LEADS = (30, 0)
CRITICAL = 7


@dataclass(frozen=True)
class End:
    """The end believed of one model: its first day, how it is printed, whether it is only a promise, whether the model is retired."""

    day: date
    shown: str
    soft: bool
    retired: bool


@dataclass(frozen=True)
class Due:
    """One thing that a channel must be told: a reminder (its lead) or news (its event)."""

    channel: str
    what: str
    key: str
    shown: str
    since: datetime
    lead: int | None = None

    @property
    def name(self) -> tuple[object, ...]:
        """What tells it from every other."""
        return ("reminder", self.key, self.shown, self.lead) if self.lead is not None else (self.what, self.key, self.since)


@dataclass(frozen=True)
class Listener:
    """One channel and what it is for, in our own words."""

    channel: str
    wants: Callable[[str], bool] = lambda _: True
    within: int = 10_000  # days: only reminders so near
    news: bool = True


@dataclass
class Oracle:
    """Walks through the days."""

    listeners: tuple[Listener, ...]
    due: list[Due] = field(default_factory=list)
    known_on: dict[tuple[str, str], date] = field(default_factory=dict)
    told: dict[tuple[str, str, str], int] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)  # acknowledged: the end that was seen

    def acknowledge(self, key: str, shown: str) -> None:
        """Somebody has seen that end: nothing more of it until it moves."""
        self.seen[key] = shown

    def reminders(self, ends: dict[str, End], now: datetime) -> None:
        """The thresholds that were crossed since the last look, the most urgent alone."""
        today = now.date()
        for key, end in ends.items():
            known = self.known_on.setdefault((key, end.shown), today)
            for listener in self.listeners:
                if end.retired or not listener.wants(key) or self.seen.get(key) == end.shown:
                    continue
                leads = SOFT_LEADS if end.soft else LEADS
                left, at_first = (end.day - today).days, (end.day - known).days
                crossed = [lead for lead in leads if left <= lead < at_first]
                before = self.told.get((listener.channel, key, end.shown), 10_000)
                if crossed and min(crossed) < before and left >= -max(leads) and min(crossed) <= listener.within:
                    self.told[listener.channel, key, end.shown] = min(crossed)
                    self.due.append(Due(listener.channel, "reminder", key, end.shown, now, min(crossed)))

    def news(self, events: Iterable[tuple[str, str, str]], now: datetime) -> None:
        """Events (kind, key, value after) that were no baseline's."""
        for kind, key, after in events:
            if self.seen.get(key) == after and kind == "model_retired":
                continue
            self.due.extend(
                Due(listener.channel, kind, key, after, now) for listener in self.listeners if listener.news and listener.wants(key)
            )
