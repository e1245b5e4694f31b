"""News: which events become alerts, for whom; and the digest of a source's first reading."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime

from monitor.domain.events import ABOUT_SOURCES, Event, EventKind
from monitor.domain.facts import Stage
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.mutes import Mute, muted, silenced
from monitor.domain.policy.severity import DATED, Severity, is_end, news_severity, reminder_severity, worst
from monitor.domain.policy.tellings import Telling, Told, Warned, by_channel
from monitor.domain.policy.watches import Watch, aliases_of, selects, stage_of, stand_in

WarnedOf = Mapping[ModelKey, Collection[Warned]]

_ANNOUNCING = DATED | {EventKind.DEPRECATION_ANNOUNCED}
_ENDING = frozenset({EventKind.MODEL_RETIRED, EventKind.GONE_EARLY, EventKind.OUTLIVED_RETIREMENT, EventKind.MODEL_DELISTED})
_ALIVE = (Stage.PREVIEW, Stage.ACTIVE, Stage.LEGACY)


def alerts_for(
    events: Iterable[Event],
    lifecycles: Iterable[Lifecycle],
    watches: Collection[Watch],
    mutes: Collection[Mute],
    now: datetime,
    warned: WarnedOf | None = None,
) -> tuple[Alert, ...]:
    """News about models: per channel and key, one alert with the events that interest the watches which tell that channel.

    *warned* says who was warned of the keys whose end `cleared` names: they hear of it, whatever their watches say now.
    """
    states = {lifecycle.key: lifecycle for lifecycle in lifecycles}
    aliases = aliases_of(states.values())
    grouped: dict[ModelKey, list[Event]] = {}
    for event in events:
        if event.kind not in ABOUT_SOURCES:
            grouped.setdefault(event.key, []).append(event)
    found: list[Alert] = []
    for key, own in grouped.items():
        state = states.get(key)
        end = state.ends if state else None
        stages = _stages(state, own, now)
        interested = (watch for watch in watches if selects(watch, key, aliases, stages))
        heard = ((watch, [event for event in own if not silenced(mutes, event, end, watch, now)]) for watch in interested)
        tellings = (telling for watch, events in heard if (telling := _telling(watch, events, state, now)))
        clear = _all_clear(own, (warned or {}).get(key, ()), watches, now)
        found += _news(key, own, state, [*tellings, *clear], now)
    return tuple(found)


def cleared(events: Iterable[Event]) -> frozenset[ModelKey]:
    """The keys whose announced end is taken back: whoever was warned of it wants to know."""
    return frozenset(event.key for event in events if clears(event))


def digest_for(
    source: str, lifecycles: Iterable[Lifecycle], watches: Iterable[Watch], mutes: Collection[Mute], now: datetime
) -> tuple[Alert, ...]:
    """The one alert of a source's first good reading: the dates still ahead, nearest first, per channel."""
    states = list(lifecycles)
    aliases = aliases_of(states)
    dated = [(day, str(state.key), state) for state in states if (day := _day_ahead(state, now))]
    ahead = [state for _, _, state in sorted(dated, key=lambda item: item[:2])]
    tellings = []
    for watch in watches:
        chosen = (state for state in ahead if selects(watch, state.key, aliases, stage_of(state, now)))
        mine = tuple(state for state in chosen if not muted(mutes, state.key, state.ends, watch, now))
        if mine and (end := mine[0].ends):
            severity = reminder_severity(mine[0], end, now.date(), watch.nearness)
            tellings.append(Telling(watch, watch.channels_from(severity), severity, watch.timing.leaves_at(severity, now), (), mine))
    return tuple(_digest(source, told, ahead, now) for told in by_channel(tellings))


def _telling(watch: Watch, events: Iterable[Event], state: Lifecycle | None, now: datetime) -> Telling | None:
    wanted = tuple(event for event in events if _interests(watch, event))
    if not wanted:
        return None
    severity = worst(news_severity(event, state, now.date(), watch.nearness) for event in wanted)
    return Telling(watch, watch.channels_from(severity), severity, watch.timing.leaves_at(severity, now), wanted)


def _interests(watch: Watch, event: Event) -> bool:
    """A corrected end matters as much as one that moved."""
    end = event.kind is EventKind.CLAIM_CORRECTED and is_end(event)
    return event.kind in watch.events or (end and EventKind.RETIREMENT_MOVED in watch.events)


def clears(event: Event) -> bool:
    """Whether it takes an end back: cancelled, or never true."""
    return event.kind is EventKind.RETIREMENT_CANCELLED or (event.kind is EventKind.CLAIM_CORRECTED and is_end(event) and not event.after)


def _all_clear(events: Iterable[Event], warned: Iterable[Warned], watches: Iterable[Watch], now: datetime) -> Iterator[Telling]:
    """It leaves as the most urgent of the warnings did: who was called at night need not go on till the next digest."""
    clearing = tuple(event for event in events if clears(event))
    named = {watch.name: watch for watch in watches}
    for one in warned if clearing else ():
        watch = named.get(one.watch) or stand_in(one.watch, one.channel, one.owner)
        yield Telling(watch, (one.channel,), Severity.INFO, watch.timing.leaves_at(one.severity, now), clearing)


def _news(key: ModelKey, own: list[Event], state: Lifecycle | None, tellings: list[Telling], now: datetime) -> Iterator[Alert]:
    for told in by_channel(tellings):
        events = tuple(event for event in own if event in told.events)
        name = f"news:{told.channel}:{key}:{events[0].kind.value}:{events[0].source}:{now.isoformat()}"
        yield told.alert(name, AlertKind.NEWS, now, events, (state,) if state else ())


def _stages(state: Lifecycle | None, events: Iterable[Event], now: datetime) -> set[Stage]:
    """The stage of the day and the one that the events end: who watches what is active wants to hear that it no longer is."""
    found = {*stage_of(state, now)}
    announcing = any(event.kind in _ANNOUNCING and not event.before for event in events)
    if state and (announcing or any(event.kind in _ENDING for event in events)):
        alive = next((stage for stage in _ALIVE if stage is state.printed_stage), Stage.ACTIVE)
        found.add(Stage.DEPRECATED if state.announced and not announcing else alive)
    return found


def _digest(source: str, told: Told, ahead: Iterable[Lifecycle], now: datetime) -> Alert:
    keys = {state.key for state in told.lifecycles}
    return told.alert(f"digest:{told.channel}:{source}", AlertKind.DIGEST, now, (), tuple(state for state in ahead if state.key in keys))


def _day_ahead(state: Lifecycle, now: datetime) -> date | None:
    """The first day it can end, where that is announced and still to come."""
    end = state.ends
    ahead = end is not None and end.days_left(now.date()) >= 0 and not state.soft and not state.retired_at(now)
    return end.first_day if end and ahead else None
