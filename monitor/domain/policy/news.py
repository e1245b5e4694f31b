"""News: which events become alerts, for whom; and the digest of a source's first reading."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from monitor.domain.events import ABOUT_SOURCES, Event, EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.mutes import Mute, muted
from monitor.domain.policy.watches import Aliases, Watch, aliases_of, selects


def alerts_for(
    events: Iterable[Event], lifecycles: Iterable[Lifecycle], watches: Iterable[Watch], mutes: Collection[Mute], now: datetime
) -> tuple[Alert, ...]:
    """News: per watch, channel and key, one alert with the events that interest it."""
    states = {lifecycle.key: lifecycle for lifecycle in lifecycles}
    aliases = aliases_of(states.values())
    grouped: dict[ModelKey, list[Event]] = {}
    for event in events:
        grouped.setdefault(event.key, []).append(event)
    return tuple(
        _news(watch, channel, now, key, wanted, states.get(key))
        for watch in watches
        for key, own in grouped.items()
        if _concerns(watch, own[0], aliases) and not (key in states and muted(mutes, key, states[key].ends, watch, now))
        if (wanted := tuple(event for event in own if _interests(watch, event)))
        for channel in watch.channels
    )


def digest_for(
    source: str, lifecycles: Iterable[Lifecycle], watches: Iterable[Watch], mutes: Collection[Mute], now: datetime
) -> tuple[Alert, ...]:
    """The one alert of a source's first good reading: the dates still ahead, nearest first, per watch and channel."""
    states = list(lifecycles)
    aliases = aliases_of(states)
    dated = [(day, str(state.key), state) for state in states if (day := _day_ahead(state, now))]
    ahead = [state for _, _, state in sorted(dated, key=lambda item: item[:2])]
    found = []
    for watch in watches:
        mine = tuple(state for state in ahead if selects(watch, state.key, aliases) and not muted(mutes, state.key, state.ends, watch, now))
        for channel in watch.channels if mine else ():
            key = f"digest:{watch.name}:{channel}:{source}"
            found.append(Alert(key, AlertKind.DIGEST, channel, watch.name, watch.owner, now, (), mine))
    return tuple(found)


def _concerns(watch: Watch, event: Event, aliases: Aliases) -> bool:
    """News about a source concerns everybody: without it silence means nothing."""
    return event.kind in ABOUT_SOURCES or selects(watch, event.key, aliases)


def _interests(watch: Watch, event: Event) -> bool:
    """A corrected end matters as much as one that moved."""
    end = event.kind is EventKind.CLAIM_CORRECTED and event.fact in {"retires", "redirects"}
    return event.kind in watch.events or (end and EventKind.RETIREMENT_MOVED in watch.events)


def _news(watch: Watch, channel: str, now: datetime, key: ModelKey, events: tuple[Event, ...], state: Lifecycle | None) -> Alert:
    name = f"news:{watch.name}:{channel}:{key}:{events[0].kind.value}:{events[0].source}:{now.isoformat()}"
    return Alert(name, AlertKind.NEWS, channel, watch.name, watch.owner, now, events, (state,) if state else ())


def _day_ahead(state: Lifecycle, now: datetime) -> date | None:
    """The first day it can end, where that is announced and still to come."""
    end = state.ends
    ahead = end is not None and end.days_left(now.date()) >= 0 and not state.soft and not state.retired_at(now)
    return end.first_day if end and ahead else None
