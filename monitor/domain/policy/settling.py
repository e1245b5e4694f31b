"""What becomes of mutes when dates move and days come, and of alerts that wait while a mute is written or ends; pure."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.mutes import ANY_KEY, Mute, MuteTarget, same_end
from monitor.domain.policy.severity import Severity
from monitor.domain.policy.watches import Aliases, Watch, selects, stand_in
from monitor.domain.reconcile.diff import shown
from monitor.domain.when import When

MOST_NAMED = 3
DAY_COME, RETIRED = "its day has come", "the model is retired"
States = Mapping[str, Lifecycle]
_MUTABLE = frozenset({AlertKind.NEWS, AlertKind.REMINDER, AlertKind.DIGEST})


@dataclass(frozen=True, slots=True)
class Known:
    """What mutes are held against: the mutes in force, oldest first, and the lifecycles with an end."""

    mutes: Sequence[Mute]
    states: States
    aliases: Aliases = field(default_factory=dict)

    def end(self, key: ModelKey) -> When | None:
        """What a key is believed to end on."""
        state = self.states.get(str(key))
        return state.ends if state else None


def by_name(lifecycles: Collection[Lifecycle]) -> States:
    """Lifecycles by their key as mutes write it."""
    return {str(state.key): state for state in lifecycles}


def over(mute: Mute, states: States, now: datetime) -> str:
    """Why a mute has ended by itself at *now*: its day, or what became of every end that it names; "" while it is in force.

    A key that *states* lacks has no end.
    """
    if mute.until is not None and mute.until <= now:
        return DAY_COME
    fates = {key: _fate(seen, states.get(key), now) for key, seen in _named(mute, states).items()}
    if not fates or "" in fates.values():
        return ""
    if len(set(fates.values())) == 1:
        return next(iter(fates.values()))
    told = [f"{key}: {fate}" for key, fate in sorted(fates.items())]
    more = [f"{len(told) - MOST_NAMED} more"] if len(told) > MOST_NAMED else []
    return "; ".join(told[:MOST_NAMED] + more)


def followed(mute: Mute, states: States) -> Mute | None:
    """The mute with the ends that are said more exactly by now; None where there are none."""
    ends = dict(mute.ends)
    for key, seen in mute.named.items():
        on = states[key].ends if key in states else None
        if on and seen != shown(on) and same_end(seen, on) and len(on.value) > len(seen.rpartition(":")[2]):
            ends[key] = shown(on)
    return None if ends == mute.ends else Mute(mute.target, mute.name, mute.provider, mute.until, ends)


def withheld_by(alert: Alert, about: Iterable[ModelKey], known: Known, watches: Iterable[Watch], now: datetime) -> Mute | None:
    """The (newest) mute for which a waiting *alert* is not to leave; None where it is. What is critical always leaves.

    An alert that tells of several things, or for several watches, leaves unless all of that is muted.
    """
    if alert.severity is Severity.CRITICAL or alert.kind not in _MUTABLE:
        return None
    tellers = _tellers(alert, watches, known.aliases)
    if alert.kind is AlertKind.NEWS:
        telling = [(event, event.key, watch) for event in alert.events for watch in tellers(event.key)]
        silencing = [[mute for mute in known.mutes if mute.silences(event, known.end(key), watch, now)] for event, key, watch in telling]
    else:
        pairs = [(key, watch) for key in about for watch in tellers(key)]
        silencing = [[mute for mute in known.mutes if mute.covers(key, known.end(key), watch, now)] for key, watch in pairs]
    return max((those[0] for those in silencing), key=known.mutes.index) if silencing and all(silencing) else None


def _tellers(alert: Alert, watches: Iterable[Watch], aliases: Aliases) -> Callable[[ModelKey], list[Watch]]:
    """For a key the watches that tell the alert's channel of it: the one that it names, and those that would have made the same of it."""
    on_channel = [watch for watch in watches if alert.channel in watch.channels_from(alert.severity)]
    kinds = {event.kind for event in alert.events}
    own = next((watch for watch in watches if watch.name == alert.watch), stand_in(alert.watch, alert.channel, alert.owner))
    others = [watch for watch in on_channel if watch != own and (not kinds or kinds & watch.events)]
    return lambda key: [own, *(watch for watch in others if selects(watch, key, aliases))]


def _named(mute: Mute, states: States) -> dict[str, str]:
    """The ends it names; of one that was written for any key of a model, those of its keys."""
    anywhere = mute.ends.get(ANY_KEY)
    if not anywhere or mute.target is not MuteTarget.MODEL:
        return mute.named
    return {key: anywhere for key, state in states.items() if mute.concerns(state.key, Watch("", ()))}


def _fate(seen: str, state: Lifecycle | None, now: datetime) -> str:
    """What became of an end; "" where it is still ahead, or the model still listed after it."""
    end = state.ends if state else None
    if not same_end(seen, end):
        if not seen:
            return f"a date was announced: {shown(end)}"
        return f"the date moved from {seen} to {shown(end)}" if end else f"the date {seen} was taken back"
    gone = state is not None and not state.listed and state.retired_at(now) is not None
    return RETIRED if gone else ""
