"""What the calendar brings without any reading: retirements that happen, early goings, outlived dates, doomed replacements."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

from monitor.domain.claims import Authority
from monitor.domain.events import Event, EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.lines import fold
from monitor.domain.reconcile.diff import shown, with_evidence

OUTLIVED_AFTER = timedelta(days=1)
Past = Collection[tuple[EventKind, ModelKey, str]]


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known besides the lifecycles: calendar events already written, and when each listing was last read in full."""

    written: Past = ()
    last_good: Mapping[str, datetime] = field(default_factory=dict)


def calendar_events(lifecycles: Iterable[Lifecycle], known: Calendar, now: datetime) -> tuple[Event, ...]:
    """The events of the calendar not yet written; (kind, key, after) names one for good.

    What had happened before a model was first known is history, not news, and yields none.
    """
    states = list(lifecycles)
    unscoped_last = sorted(states, key=lambda state: (not state.key.scope, state.key))
    by_name = {(state.key.provider, fold(state.key.model)): state for state in unscoped_last}
    found = (event for state in states for event in _events(state, by_name, known, now))
    return tuple(event for event in found if (event.kind, event.key, event.after) not in known.written)


def next_change(lifecycles: Iterable[Lifecycle], now: datetime) -> datetime:
    """The first instant after *now* at which the calendar can say more of *lifecycles* although nothing is learnt of them.

    Lead times are crossed at the beginning of a day (UTC); a date is over at its last moment, and outlived a day later.
    """
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
    last = [when.last_moment for state in lifecycles if (when := state.retires)]
    return min((moment for end in last for moment in (end, end + OUTLIVED_AFTER) if now < moment < midnight), default=midnight)


def awaited(lifecycles: Iterable[Lifecycle], last_good: Mapping[str, datetime], now: datetime) -> frozenset[str]:
    """The listings whose next full reading can show that a model outlived its date."""
    listed = ((state.claim("listed"), state.retires) for state in lifecycles)
    over = ((claim.source, when.last_moment + OUTLIVED_AFTER) for claim, when in listed if claim and when and not when.is_floor)
    return frozenset(source for source, at in over if at <= now and (source not in last_good or last_good[source] < at))


def _events(state: Lifecycle, by_name: Mapping[tuple[str, str], Lifecycle], known: Calendar, now: datetime) -> Iterator[Event]:
    ended_at = state.ended_at(now)
    if ended_at and ended_at > state.known_since:
        slot = "retires" if state.retires and state.retires.last_moment == ended_at else "stage"
        yield _event(EventKind.MODEL_RETIRED, state, slot, shown(state.retires) or f"{ended_at:%Y-%m-%d}", now)
    yield from _listing_says(state, known, now)
    if not state.retired_at(now):
        yield from _at_risk(state, by_name, now)


def _event(kind: EventKind, state: Lifecycle, slot: str, after: str, now: datetime) -> Event:
    return _proved(Event(kind, state.key, now, slot, "", after, subject=state.kind), state, slot)


def _proved(event: Event, state: Lifecycle, slot: str) -> Event:
    claim = state.claim(slot)
    return with_evidence(event, claim) if claim else event


def _listing_says(state: Lifecycle, known: Calendar, now: datetime) -> Iterator[Event]:
    """Only a provider's own listing can show that a model is gone before its date or there after it."""
    when, claim = state.retires, state.claim("listed")
    if when is None or when.is_floor or claim is None or claim.authority is not Authority.PROVIDER_API:
        return
    if claim.gone_at and claim.missing_since and claim.missing_since.date() < when.first_day:
        yield _event(EventKind.GONE_EARLY, state, "listed", shown(when), now)
    a_day_after = when.last_moment + OUTLIVED_AFTER
    read_at = known.last_good.get(claim.source)
    if claim.missing_since is None and state.known_since < when.last_moment and read_at and a_day_after <= read_at <= now:
        yield _event(EventKind.OUTLIVED_RETIREMENT, state, "listed", shown(when), now)


def _at_risk(state: Lifecycle, by_name: Mapping[tuple[str, str], Lifecycle], now: datetime) -> Iterator[Event]:
    """A recommended replacement that is itself announced to end; the evidence is its own.

    What it is to be replaced with is followed as far as that ends, too, each name once: `gpt-image-1:2026-12-01;gpt-image-2:2027-03`.
    """
    for name in state.replacements if state.ends else ():
        chain = _doomed(state, name, by_name)
        if chain:
            after = ";".join(f"{later}:{shown(other.ends)}" for later, other in chain)
            event = _event(EventKind.REPLACEMENT_AT_RISK, state, "replaced_by", after, now)
            first = chain[0][1]
            yield _proved(replace(event, before=name), first, "redirects" if first.ends == first.redirects else "retires")


def _doomed(state: Lifecycle, name: str, by_name: Mapping[tuple[str, str], Lifecycle]) -> list[tuple[str, Lifecycle]]:
    """A replacement that ends, and those after it; a circle of names is walked once."""
    found: list[tuple[str, Lifecycle]] = []
    seen, waiting = {fold(state.key.model)}, deque([name])
    while waiting:
        later = waiting.popleft()
        other = None if fold(later) in seen else _ending(by_name, state.key.provider, later)
        seen.add(fold(later))
        if other:
            found.append((later, other))
            waiting.extend(other.replacements)
    return found


def _ending(by_name: Mapping[tuple[str, str], Lifecycle], provider: str, name: str) -> Lifecycle | None:
    """The lifecycle of that name, or of the snapshot it points to, where its end is announced."""
    own = by_name.get((provider, fold(name)))
    pointed = by_name.get((provider, fold(own.snapshot))) if own and own.snapshot else None
    return next((state for state in (own, pointed) if state and state.announced and state.ends), None)
