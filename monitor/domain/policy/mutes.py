"""Acknowledgements and snoozes: what people have seen and want to hear no more of for a while."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.domain.identity import ModelKey
from monitor.domain.lines import line_of
from monitor.domain.policy.watches import Watch
from monitor.domain.when import When

ANY_KEY = "*"


class MuteTarget(StrEnum):
    """What a mute is about; an alert's mute is written for the model that the alert names."""

    MODEL = "model"
    LINE = "line"
    WATCH = "watch"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Mute:
    """Nothing about a model, a line, or all that a watch or an owner is told, for a while.

    *provider* narrows a model; "" means any. It ends at *until*, and for a key whose end is no longer the one that *ends* gives it, as
    printed ("" for none; `*` stands for every key that is not named); a key that *ends* does not know is not covered, where there are any.
    """

    target: MuteTarget
    name: str
    provider: str = ""
    until: datetime | None = None
    ends: Mapping[str, str] = field(default_factory=dict)

    def covers(self, key: ModelKey, on: When | None, watch: Watch, now: datetime) -> bool:
        """Whether it silences what *watch* would say at *now* of *key*, whose end is believed to be *on*."""
        over = self.until is not None and self.until <= now
        seen = self.ends.get(str(key), self.ends.get(ANY_KEY)) if self.ends else _shown(on)
        return not over and seen == _shown(on) and self._names(key, watch)

    def _names(self, key: ModelKey, watch: Watch) -> bool:
        match self.target:
            case MuteTarget.MODEL:
                return self.name == key.model and self.provider in {"", key.provider}
            case MuteTarget.LINE:
                return self.name == line_of(key.model)
            case MuteTarget.WATCH:
                return self.name == watch.name
            case MuteTarget.OWNER:
                return self.name == watch.owner


def muted(mutes: Collection[Mute], key: ModelKey, on: When | None, watch: Watch, now: datetime) -> bool:
    """Whether any of *mutes* covers it."""
    return any(mute.covers(key, on, watch, now) for mute in mutes)


def _shown(on: When | None) -> str:
    return on.value if on else ""
