"""Acknowledgements and snoozes: what people have seen and want to hear no more of for a while."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from monitor.domain.events import ABOUT_SOURCES, Event, EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.lines import line_of
from monitor.domain.policy.severity import is_end
from monitor.domain.policy.watches import Watch
from monitor.domain.reconcile.diff import shown
from monitor.domain.when import When, read_shown

ANY_KEY = "*"
_MOVES = frozenset({EventKind.RETIREMENT_MOVED, EventKind.RETIREMENT_CANCELLED, EventKind.GONE_EARLY})
_EXPECTED = frozenset({EventKind.MODEL_RETIRED, EventKind.MODEL_DELISTED})


class MuteTarget(StrEnum):
    """What a mute is about; an alert's mute is written for the model that the alert names."""

    MODEL = "model"
    LINE = "line"
    WATCH = "watch"
    OWNER = "owner"


def target_text(target: MuteTarget, provider: str, name: str) -> str:
    """What a mute is about, as a person names it: `model:openai/gpt-4o`."""
    return f"{target}:{provider and f'{provider}/'}{name}"


class MuteKind(StrEnum):
    """Seen, until the date moves; or quiet until a day."""

    ACK = "ack"
    SNOOZE = "snooze"


@dataclass(frozen=True, slots=True)
class Mute:
    """Nothing about a model, a line, or all that a watch or an owner is told, for a while.

    *provider* narrows a model; "" means any. It ends at *until*, and for a key whose end is no longer the one that *ends* gives it, as
    events print it ("" for none; `*` stands for every key that is not named); a key that *ends* does not know is not covered, where
    there are any. An end that is only said more exactly is still the same.
    """

    target: MuteTarget
    name: str
    provider: str = ""
    until: datetime | None = None
    ends: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What it is about, as a person may name it again."""
        return target_text(self.target, self.provider, self.name)

    @property
    def kind(self) -> MuteKind:
        """A snooze is quiet about more than the ends it names: also about keys that have none."""
        return MuteKind.SNOOZE if not self.ends or self.ends.get(ANY_KEY) == "" else MuteKind.ACK

    @property
    def named(self) -> dict[str, str]:
        """The ends of the keys that it names."""
        return {key: end for key, end in self.ends.items() if key != ANY_KEY}

    def covers(self, key: ModelKey, on: When | None, watch: Watch, now: datetime) -> bool:
        """Whether it silences reminders that *watch* would send at *now* of *key*, whose end is believed to be *on*."""
        if (self.until is not None and self.until <= now) or not self.concerns(key, watch):
            return False
        seen = self.ends.get(str(key), self.ends.get(ANY_KEY))
        return not self.ends or (seen is not None and same_end(seen, on))

    def concerns(self, key: ModelKey, watch: Watch) -> bool:
        """Whether what *watch* says of *key* is what it is about."""
        match self.target:
            case MuteTarget.MODEL:
                return self.name == key.model and self.provider in {"", key.provider}
            case MuteTarget.LINE:
                return self.name == line_of(key.model)
            case MuteTarget.WATCH:
                return self.name == watch.name
            case MuteTarget.OWNER:
                return self.name == watch.owner
            case _:
                assert_never(self.target)

    def silences(self, event: Event, on: When | None, watch: Watch, now: datetime) -> bool:
        """Whether *watch* says nothing of *event*, whose key is believed to end *on*.

        Never of an end that moved, was taken back or came early, nor about a source. An acknowledgement silences, beside the
        reminders, only what was seen coming: that the model is retired on its day, and leaves the list then.
        """
        if event.kind in ABOUT_SOURCES or moves_end(event) or not self.covers(event.key, on, watch, now):
            return False
        come = on is not None and not on.is_floor and on.days_left(now.date()) <= 0
        return self.kind is MuteKind.SNOOZE or (event.kind in _EXPECTED and come)


def moves_end(event: Event) -> bool:
    """Whether an event says that the end is another one than was said before, or came without waiting for its day."""
    corrected = event.kind is EventKind.CLAIM_CORRECTED and is_end(event)
    return event.kind in _MOVES or corrected or (event.kind is EventKind.REDIRECT_SCHEDULED and bool(event.before))


def muted(mutes: Collection[Mute], key: ModelKey, on: When | None, watch: Watch, now: datetime) -> bool:
    """Whether any of *mutes* silences reminders of it."""
    return any(mute.covers(key, on, watch, now) for mute in mutes)


def silenced(mutes: Collection[Mute], event: Event, on: When | None, watch: Watch, now: datetime) -> bool:
    """Whether any of *mutes* silences the news of it."""
    return any(mute.silences(event, on, watch, now) for mute in mutes)


def same_end(seen: str, on: When | None) -> bool:
    """Whether an end, as events print it, is the one believed, perhaps said more or less exactly."""
    if on is None or not seen:
        return seen == shown(on)
    was = read_shown(seen)
    return seen == shown(on) or (was is not None and (on.refines(was) or was.refines(on)))
