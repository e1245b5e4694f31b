"""Policy: which events and days become alerts, for whom (DESIGN section 5; lead times by crossing, with stored state)."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fnmatch import fnmatchcase

from monitor.domain.events import ABOUT_SOURCES, Event, EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.leads import due_lead
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.lines import fold, line_of
from monitor.domain.when import When

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


@dataclass(frozen=True, slots=True)
class Mute:
    """Nothing about a model for a while: until an instant, or only while its date is *while_on*."""

    provider: str
    model: str
    until: datetime | None = None
    while_on: str | None = None

    def covers(self, key: ModelKey, on: When | None, now: datetime) -> bool:
        """Whether it silences *key*, whose end is believed to be *on*, at *now*."""
        named = (key.provider, key.model) == (self.provider, self.model)
        awake = (self.until is not None and self.until <= now) or (self.while_on is not None and (on is None or on.value != self.while_on))
        return named and not awake


class AlertKind(StrEnum):
    """News from a reading, a reminder from the calendar, or the digest of a source's first reading."""

    NEWS = "news"
    REMINDER = "reminder"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to tell one channel; *idempotency_key* names it for good, *lead* is the lead time in days a reminder stands for.

    *lifecycles* are the state it was decided on; the text is made at delivery, so that the days left are those of the day it is sent.
    """

    idempotency_key: str
    kind: AlertKind
    channel: str
    watch: str
    owner: str
    created_at: datetime
    events: tuple[Event, ...] = ()
    lifecycles: tuple[Lifecycle, ...] = field(default=(), compare=False)
    lead: int | None = None

    @property
    def visible_id(self) -> str:
        """The id a person sees, the same in every copy of the alert."""
        return "MW-" + hashlib.sha256(self.idempotency_key.encode()).hexdigest()[:8].upper()


def alerts_for(
    events: Iterable[Event], lifecycles: Iterable[Lifecycle], watches: Iterable[Watch], mutes: Collection[Mute], now: datetime
) -> tuple[Alert, ...]:
    """News: per watch, channel and key, one alert with the events that interest it."""
    states = {lifecycle.key: lifecycle for lifecycle in lifecycles}
    aliases = _aliases(states.values())
    grouped: dict[ModelKey, list[Event]] = {}
    for event in events:
        grouped.setdefault(event.key, []).append(event)
    return tuple(
        _news(watch, channel, now, key, wanted, states.get(key))
        for watch in watches
        for key, own in grouped.items()
        if _concerns(watch, own[0], aliases) and not (key in states and _muted(mutes, states[key], now))
        if (wanted := tuple(event for event in own if _interests(watch, event)))
        for channel in watch.channels
    )


def digest_for(
    source: str, lifecycles: Iterable[Lifecycle], watches: Iterable[Watch], mutes: Collection[Mute], now: datetime
) -> tuple[Alert, ...]:
    """The one alert of a source's first good reading: the dates still ahead, nearest first, per watch and channel."""
    states = list(lifecycles)
    aliases = _aliases(states)
    dated = [(day, str(state.key), state) for state in states if (day := _day_ahead(state, now))]
    ahead = [state for _, _, state in sorted(dated, key=lambda item: item[:2])]
    found = []
    for watch in watches:
        mine = tuple(state for state in ahead if _selects(watch, state.key, aliases) and not _muted(mutes, state, now))
        for channel in watch.channels if mine else ():
            key = f"digest:{watch.name}:{channel}:{source}"
            found.append(Alert(key, AlertKind.DIGEST, channel, watch.name, watch.owner, now, (), mine))
    return tuple(found)


def reminders(
    lifecycles: Iterable[Lifecycle], watches: Collection[Watch], mutes: Collection[Mute], sent: Collection[str], now: datetime
) -> tuple[Alert, ...]:
    """Per watch and channel, the most urgent lead time crossed for each date ahead, unless it (or a more urgent one) was sent.

    *sent* are the idempotency keys of alerts written before. A date consumes the lead times it arrived behind; another date is
    another set of lead times. A date that passed unreminded while nobody looked is still told, as long as the model is not retired.
    """
    states = list(lifecycles)
    aliases = _aliases(states)
    due = [(state, end) for state in states if (end := state.ends) and not state.retired_at(now) and not _muted(mutes, state, now)]
    mine = ((state, end, watch) for state, end in due for watch in watches if _selects(watch, state.key, aliases))
    return tuple(alert for state, end, watch in mine for alert in _reminders(state, end, watch, sent, now))


def _reminders(state: Lifecycle, end: When, watch: Watch, sent: Collection[str], now: datetime) -> Iterator[Alert]:
    leads = watch.promise_lead_times if state.soft else watch.lead_times
    lead = due_lead(state, end, leads, now.date())
    if lead is None:
        return
    for channel in watch.channels:
        stem = ":".join(("remind", watch.name, channel, str(state.key), end.bound.value, end.value))
        if not any(f"{stem}:{other}" in sent for other in leads if other <= lead):
            yield Alert(f"{stem}:{lead}", AlertKind.REMINDER, channel, watch.name, watch.owner, now, (), (state,), lead)


def _aliases(lifecycles: Iterable[Lifecycle]) -> Aliases:
    """The names that point to each snapshot."""
    found: dict[tuple[str, str], list[str]] = {}
    for state in lifecycles:
        if state.snapshot:
            found.setdefault((state.key.provider, state.snapshot), []).append(state.key.model)
    return found


def _selects(watch: Watch, key: ModelKey, aliases: Aliases) -> bool:
    return watch.selects(key, aliases.get((key.provider, key.model), ()))


def _concerns(watch: Watch, event: Event, aliases: Aliases) -> bool:
    """News about a source concerns everybody: without it silence means nothing."""
    return event.kind in ABOUT_SOURCES or _selects(watch, event.key, aliases)


def _interests(watch: Watch, event: Event) -> bool:
    """A corrected end matters as much as one that moved."""
    end = event.kind is EventKind.CLAIM_CORRECTED and event.fact in {"retires", "redirects"}
    return event.kind in watch.events or (end and EventKind.RETIREMENT_MOVED in watch.events)


def _news(watch: Watch, channel: str, now: datetime, key: ModelKey, events: tuple[Event, ...], state: Lifecycle | None) -> Alert:
    name = f"news:{watch.name}:{channel}:{key}:{events[0].kind.value}:{events[0].source}:{now.isoformat()}"
    return Alert(name, AlertKind.NEWS, channel, watch.name, watch.owner, now, events, (state,) if state else ())


def _muted(mutes: Collection[Mute], state: Lifecycle, now: datetime) -> bool:
    return any(mute.covers(state.key, state.ends, now) for mute in mutes)


def _day_ahead(state: Lifecycle, now: datetime) -> date | None:
    """The first day it can end, where that is announced and still to come."""
    end = state.ends
    ahead = end is not None and end.days_left(now.date()) >= 0 and not state.soft and not state.retired_at(now)
    return end.first_day if end and ahead else None
