"""Watches: which models interest whom, how long ahead, how urgent, when and on which channels."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase

from monitor.domain.events import EventKind
from monitor.domain.facts import Stage
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.lines import fold, line_of
from monitor.domain.policy.severity import USUAL, Nearness, Severity
from monitor.domain.policy.timing import AT_ONCE, Timing
from monitor.domain.providers import Surface, surface_of
from monitor.domain.publishers import publisher_of

LEAD_TIMES = (90, 60, 30, 14, 7, 3, 1, 0)
PROMISE_LEAD_TIMES = (30, 0)
QUIET_KINDS = frozenset({EventKind.MODEL_LISTED, EventKind.SPEC_CHANGED, EventKind.PRICE_CHANGED, EventKind.CLAIM_CORRECTED})
LOUD_KINDS = frozenset(EventKind) - QUIET_KINDS

Aliases = Mapping[tuple[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Watch:
    """Which models interest whom, how long ahead, how urgent, when and on which channels.

    *models* are globs over model names and lines, *lines* the models behind the spellings of several surfaces; what either names is
    watched. *providers*, *surfaces*, *publishers* (who made it) and *stages* (of the day) each narrow that; empty means all. Lead times
    are days. *escalate* names further channels from a severity on.
    """

    name: str
    channels: tuple[str, ...]
    models: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    owner: str = ""
    lead_times: tuple[int, ...] = LEAD_TIMES
    promise_lead_times: tuple[int, ...] = PROMISE_LEAD_TIMES
    events: frozenset[EventKind] = LOUD_KINDS
    lines: tuple[str, ...] = ()
    surfaces: frozenset[Surface] = frozenset()
    publishers: tuple[str, ...] = ()
    stages: frozenset[Stage] = frozenset()
    nearness: Nearness = USUAL
    escalate: Mapping[Severity, tuple[str, ...]] = field(default_factory=dict, hash=False)
    timing: Timing = AT_ONCE

    def selects(self, key: ModelKey, aliases: Collection[str] = (), stages: Collection[Stage] | None = None) -> bool:
        """Whether a key is watched, by its own name, its line, or a name that points to it; None for *stages* asks nothing of them."""
        return (
            (not self.providers or key.provider in self.providers)
            and (not self.surfaces or surface_of(key.provider) in self.surfaces)
            and (not self.publishers or publisher_of(key.provider, key.model) in self.publishers)
            and (not self.stages or stages is None or not self.stages.isdisjoint(stages))
            and self._names((key.model, *aliases))
        )

    def channels_from(self, severity: Severity) -> tuple[str, ...]:
        """Where an alert of that severity goes: its own channels, and those called in for it or for what is less urgent."""
        called = (channel for level, channels in self.levels for channel in channels if level.rank <= severity.rank)
        return tuple(dict.fromkeys((*self.channels, *called)))

    def called_in(self, channel: str) -> int | None:
        """The days left at which *channel* is called in; None for one of its own, which hears of every lead time."""
        if channel in self.channels:
            return None
        return next(self.nearness.within(level) for level, channels in self.levels if channel in channels)

    @property
    def levels(self) -> list[tuple[Severity, tuple[str, ...]]]:
        """From which severity on which channels are called in, the least urgent first."""
        return sorted(self.escalate.items(), key=lambda level: level[0].rank)

    def _names(self, models: Collection[str]) -> bool:
        if not self.models and not self.lines:
            return True
        if self.lines and not {line_of(line) for line in self.lines}.isdisjoint(line_of(model) for model in models):
            return True
        return matches(self.models, {spelling for name in models for spelling in (name.casefold(), fold(name), line_of(name))})


def matches(patterns: Iterable[str], spellings: Iterable[str]) -> bool:
    """Whether any of the globs, as it stands or folded, is one of these spellings of a name."""
    globs = {glob for pattern in patterns for glob in (pattern.casefold(), fold(pattern))}
    return any(fnmatchcase(name, glob) for name in spellings for glob in globs)


def stand_in(name: str, channel: str, owner: str) -> Watch:
    """The watch that an alert names, where it is not configured any more."""
    return Watch(name, (channel,), owner=owner)


def aliases_of(lifecycles: Iterable[Lifecycle]) -> Aliases:
    """The names that point to each snapshot."""
    found: dict[tuple[str, str], list[str]] = {}
    for state in lifecycles:
        if state.snapshot:
            found.setdefault((state.key.provider, state.snapshot), []).append(state.key.model)
    return found


def selects(watch: Watch, key: ModelKey, aliases: Aliases, stages: Collection[Stage] | None = None) -> bool:
    """Whether *watch* selects the key, by a name that points to it as well."""
    return watch.selects(key, aliases.get((key.provider, key.model), ()), stages)


def stage_of(state: Lifecycle | None, now: datetime) -> tuple[Stage, ...]:
    """Its stage of the day, for `selects`; unknown where nothing is believed."""
    return (state.stage_on(now) if state else Stage.UNKNOWN,)
