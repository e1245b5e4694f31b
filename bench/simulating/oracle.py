"""What is due, by the rules of DESIGN section 5 told once more and without the policy's code: what the receivers got is held against it.

The facts (which end of which model was believed on which day, which events there were) are those of the ledger, whose truth
`bench/replay.py` measures; which of them must be told to whom, and when, is decided here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

LEADS = (90, 60, 30, 14, 7, 3, 1, 0)
SOFT_LEADS = (30, 0)
CRITICAL = 7
ALWAYS_CRITICAL = frozenset({"model_retired", "gone_early"})
DATED = frozenset({"retirement_scheduled", "retirement_moved", "redirect_scheduled"})
MONDAY_NINE = time(9)
NEVER = 10_000


@dataclass(frozen=True)
class End:
    """The end believed of one model: its first day, how it is printed, whether it is only a promise, whether the model is retired."""

    day: date
    shown: str
    soft: bool
    retired: bool


@dataclass(frozen=True)
class News:
    """One event that is no baseline's: its kind, its model, the value it leaves, and whether that is only a promise."""

    kind: str
    key: str
    after: str
    soft: bool

    def critical(self, today: date) -> bool:
        """Whether it is of a week at most, or of an end that has come."""
        try:
            left = (date.fromisoformat(self.after) - today).days
        except ValueError:
            left = NEVER
        return self.kind in ALWAYS_CRITICAL or (self.kind in DATED and not self.soft and left <= CRITICAL)


@dataclass(frozen=True)
class Due:
    """One thing that a channel must be told, not before *from_at*: a reminder (its lead) or news (its event)."""

    channel: str
    what: str
    key: str
    shown: str
    since: datetime
    from_at: datetime
    lead: int | None = None

    @property
    def name(self) -> tuple[object, ...]:
        """What tells it from every other."""
        return ("reminder", self.key, self.shown, self.lead) if self.lead is not None else (self.what, self.key, self.since)


@dataclass(frozen=True)
class Listener:
    """One channel and what it is for: called in for what is critical alone, or told of the rest on Mondays only."""

    channel: str
    wants: Callable[[str], bool] = lambda _: True
    critical_alone: bool = False
    on_mondays: bool = False

    def from_at(self, now: datetime, *, critical: bool) -> datetime:
        """When it may hear at the earliest of what is written *now* (all in UTC)."""
        if critical or not self.on_mondays:
            return now
        monday = datetime.combine(now.date() - timedelta(days=now.weekday()), MONDAY_NINE, now.tzinfo)
        return monday if monday >= now else monday + timedelta(days=7)


@dataclass
class Oracle:
    """Walks through the days."""

    listeners: tuple[Listener, ...]
    due: list[Due] = field(default_factory=list)
    known_on: dict[tuple[str, str], date] = field(default_factory=dict)
    told: dict[tuple[str, str, str], int] = field(default_factory=dict)
    warned: set[tuple[str, str]] = field(default_factory=set)
    seen: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    def acknowledge(self, key: str, shown: str, now: datetime) -> None:
        """Somebody has seen that end: no reminder of it until it moves."""
        self.seen[key] = (shown, now)

    def acknowledged(self, key: str, shown: str) -> datetime | None:
        """Since when."""
        seen = self.seen.get(key)
        return seen[1] if seen and seen[0] == shown else None

    def reminders(self, ends: dict[str, End], now: datetime) -> None:
        """The thresholds that were crossed since the last look, the most urgent alone."""
        for key, end in ends.items():
            known = self.known_on.setdefault((key, end.shown), now.date())
            for listener in self.listeners:
                if not end.retired and listener.wants(key) and not self.acknowledged(key, end.shown):
                    self._reminder(listener, key, end, known, now)

    def _reminder(self, listener: Listener, key: str, end: End, known: date, now: datetime) -> None:
        leads = SOFT_LEADS if end.soft else LEADS
        mine = [lead for lead in leads if not listener.critical_alone or (lead <= CRITICAL and not end.soft)]
        left, at_first = (end.day - now.date()).days, (end.day - known).days
        crossed = [lead for lead in mine if left <= lead < at_first]
        before = self.told.get((listener.channel, key, end.shown), NEVER)
        if crossed and min(crossed) < before and left >= -max(leads):
            self.told[listener.channel, key, end.shown] = min(crossed)
            from_at = listener.from_at(now, critical=left <= CRITICAL and not end.soft)
            self._add(Due(listener.channel, "reminder", key, end.shown, now, from_at, min(crossed)))

    def news(self, events: Iterable[News], now: datetime) -> None:
        """What the last cycle brought: to whom it concerns; and a date that is taken back to all who were warned of it."""
        events = list(events)
        for event in events:
            group = any(other.key == event.key and other.critical(now.date()) for other in events)
            for listener in self.listeners:
                warned = event.kind == "retirement_cancelled" and (listener.channel, event.key) in self.warned
                seen = self.acknowledged(event.key, f"exact:{event.after}") and event.kind == "model_retired"
                if listener.wants(event.key) and not seen and (warned or group or not listener.critical_alone):
                    from_at = listener.from_at(now, critical=group or warned)
                    self._add(Due(listener.channel, event.kind, event.key, event.after, now, from_at))

    def _add(self, due: Due) -> None:
        self.due.append(due)
        if due.lead is not None or due.what in DATED:
            self.warned.add((due.channel, due.key))
