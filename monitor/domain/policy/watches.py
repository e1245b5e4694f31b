"""Watches: which models interest whom, how long ahead, on which channels."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from monitor.domain.events import EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.lines import fold, line_of

LEAD_TIMES = (90, 60, 30, 14, 7, 3, 1, 0)
PROMISE_LEAD_TIMES = (30, 0)
QUIET_KINDS = frozenset({EventKind.MODEL_LISTED, EventKind.SPEC_CHANGED, EventKind.PRICE_CHANGED, EventKind.CLAIM_CORRECTED})
LOUD_KINDS = frozenset(EventKind) - QUIET_KINDS

Aliases = Mapping[tuple[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Watch:
    """Which models interest whom, how long ahead, on which channels.

    *models* are globs over model names and lines, *providers* exact names; empty means all. Lead times are days.
    """

    name: str
    channels: tuple[str, ...]
    models: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    owner: str = ""
    lead_times: tuple[int, ...] = LEAD_TIMES
    promise_lead_times: tuple[int, ...] = PROMISE_LEAD_TIMES
    events: frozenset[EventKind] = LOUD_KINDS

    def selects(self, key: ModelKey, aliases: Collection[str] = ()) -> bool:
        """Whether a key is watched, by its own name, its line, or a name that points to it."""
        if self.providers and key.provider not in self.providers:
            return False
        names = {spelling for name in (key.model, *aliases) for spelling in (name.casefold(), fold(name), line_of(name))}
        patterns = {spelling for pattern in self.models for spelling in (pattern.casefold(), fold(pattern))}
        return not patterns or any(fnmatchcase(name, pattern) for name in names for pattern in patterns)


def aliases_of(lifecycles: Iterable[Lifecycle]) -> Aliases:
    """The names that point to each snapshot."""
    found: dict[tuple[str, str], list[str]] = {}
    for state in lifecycles:
        if state.snapshot:
            found.setdefault((state.key.provider, state.snapshot), []).append(state.key.model)
    return found


def selects(watch: Watch, key: ModelKey, aliases: Aliases) -> bool:
    return watch.selects(key, aliases.get((key.provider, key.model), ()))
