"""Policy: which events and days become alerts, for whom (DESIGN section 5; lead times by crossing, with stored state)."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fnmatch import fnmatchcase

from monitor.domain.events import ABOUT_SOURCES, Event, EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.lines import line_of
from monitor.domain.when import When

LEAD_TIMES = (90, 60, 30, 14, 7, 3, 1, 0)
PROMISE_LEAD_TIMES = (30, 0)
QUIET_KINDS = frozenset({EventKind.MODEL_LISTED, EventKind.SPEC_CHANGED, EventKind.PRICE_CHANGED, EventKind.CLAIM_CORRECTED})
LOUD_KINDS = frozenset(EventKind) - QUIET_KINDS


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
        names = {key.model.casefold(), line_of(key.model), *(alias.casefold() for alias in aliases)}
        return not self.models or any(fnmatchcase(name, pattern.casefold()) for name in names for pattern in self.models)


@dataclass(frozen=True, slots=True)
class Mute:
    """Nothing about a model for a while: until an instant, or until its date is no longer *unless_not*."""

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
    events: Iterable[Event],
    lifecycles: Iterable[Lifecycle],
    watches: Iterable[Watch],
    mutes: Collection[Mute],
    now: datetime,
) -> tuple[Alert, ...]:
    """News: per watch, channel and key, one alert with the events that interest it."""
    states = {lifecycle.key: lifecycle for lifecycle in lifecycles}
    grouped: dict[ModelKey, list[Event]] = {}
    for event in events:
        grouped.setdefault(event.key, []).append(event)
    return tuple(
        _alert(AlertKind.NEWS, watch, channel, now, (str(key), source, now.isoformat()), wanted, states.get(key))
        for watch in watches
        for key, own in grouped.items()
        if (wanted := _wanted(watch, key, own, states.get(key), mutes, now))
        for channel in watch.channels
        for source in [wanted[0].source]
    )


def digest_for(source: str, lifecycles: Iterable[Lifecycle], watches: Iterable[Watch], mutes: Collection[Mute], now: datetime) -> tuple[Alert, ...]:
    """The one alert of a source's first good reading: the dates still ahead, nearest first, per watch and channel."""
    ahead = sorted((state for state in lifecycles if _ahead(state, now.date())), key=lambda state: (_end(state), str(state.key)))
    found = []
    for watch in watches:
        mine = tuple(state for state in ahead if watch.selects(state.key) and not _muted(mutes, state, now))
        for channel in watch.channels if mine else ():
            key = ":".join(("digest", watch.name, channel, source))
            found.append(Alert(key, AlertKind.DIGEST, channel, watch.name, watch.owner, now, (), mine))
    return tuple(found)


def reminders(
    lifecycles: Iterable[Lifecycle],
    watches: Collection[Watch],
    mutes: Collection[Mute],
    sent: Collection[str],
    now: datetime,
) -> tuple[Alert, ...]:
    """Per watch and channel, the most urgent lead time crossed for each date ahead, unless it (or a more urgent one) was sent.

    *sent* are the idempotency keys of alerts written before. A date consumes the lead times it arrived behind; another date is
    another set of lead times.
    """
    return tuple(alert for state in lifecycles for watch in watches for alert in _reminders(state, watch, mutes, sent, now))


def _reminders(state: Lifecycle, watch: Watch, mutes: Collection[Mute], sent: Collection[str], now: datetime) -> Iterator[Alert]:
    end = state.ends
    if end is None or state.retired_at(now) or not watch.selects(state.key) or _muted(mutes, state, now):
        return
    leads = watch.promise_lead_times if state.promised else watch.lead_times
    lead = crossed(leads, end.days_left(now.date()))
    if lead is None or end.days_left(now.date()) < 0 or _arrived_behind(state, end, leads, lead):
        return
    for channel in watch.channels:
        stem = ":".join(("remind", watch.name, channel, str(state.key), end.bound.value, end.value))
        if not any(f"{stem}:{other}" in sent for other in leads if other <= lead):
            yield Alert(f"{stem}:{lead}", AlertKind.REMINDER, channel, watch.name, watch.owner, now, (), (state,), lead)


def crossed(leads: Iterable[int], days_left: int) -> int | None:
    """The most urgent lead time that *days_left* has reached, or None."""
    return min((lead for lead in leads if days_left <= lead), default=None)


def _arrived_behind(state: Lifecycle, end: When, leads: Iterable[int], lead: int) -> bool:
    claims = [claim for slot in ("redirects", "retires") if (claim := state.claim(slot)) and end in (state.redirects, state.retires)]
    known = [claim.first_seen_at for claim in claims if getattr(claim.fact, "on", None) == end]
    consumed = crossed(leads, end.days_left(min(known).date())) if known else None
    return consumed is not None and consumed <= lead


def _wanted(watch: Watch, key: ModelKey, events: list[Event], state: Lifecycle | None, mutes: Collection[Mute], now: datetime) -> tuple[Event, ...]:
    about_source = events[0].kind in ABOUT_SOURCES
    if not about_source and (not watch.selects(key) or (state and _muted(mutes, state, now))):
        return ()
    return tuple(event for event in events if event.kind in watch.events)


def _alert(
    kind: AlertKind,
    watch: Watch,
    channel: str,
    now: datetime,
    parts: tuple[str, ...],
    events: tuple[Event, ...],
    state: Lifecycle | None,
) -> Alert:
    key = ":".join((kind.value, watch.name, channel, *parts))
    return Alert(key, kind, channel, watch.name, watch.owner, now, events, (state,) if state else ())


def _muted(mutes: Collection[Mute], state: Lifecycle, now: datetime) -> bool:
    return any(mute.covers(state.key, state.ends, now) for mute in mutes)


def _ahead(state: Lifecycle, today: date) -> bool:
    return state.ends is not None and state.ends.days_left(today) >= 0 and not state.promised


def _end(state: Lifecycle) -> date:
    return state.ends.first_day if state.ends else date.max
