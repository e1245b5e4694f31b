"""What becomes of mutes when dates move and days come, and of alerts that wait while a mute is written or ends; pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.mutes import ANY_KEY, Mute, MuteTarget, same_end
from monitor.domain.policy.severity import Severity
from monitor.domain.policy.watches import Watch
from monitor.domain.reconcile.diff import shown

MOST_NAMED = 3
DAY_COME, RETIRED = "its day has come", "the model is retired"
States = Mapping[str, Lifecycle]


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


def withheld_by(alert: Alert, keys: Sequence[ModelKey], states: States, mutes: Sequence[Mute], now: datetime) -> Mute | None:
    """The (newest) mute for which a waiting *alert* about *keys* is not to leave; None where it is. What is critical always leaves.

    An alert that tells of several things leaves unless all of them are muted.
    """
    if alert.severity is Severity.CRITICAL or not keys:
        return None
    watch = Watch(alert.watch, (alert.channel,), owner=alert.owner)
    ends = {key: states[str(key)].ends if str(key) in states else None for key in keys}
    silencing: list[list[Mute]]
    if alert.kind in {AlertKind.REMINDER, AlertKind.DIGEST}:
        silencing = [[mute for mute in mutes if mute.covers(key, ends[key], watch, now)] for key in keys]
    else:
        silencing = [[mute for mute in mutes if mute.silences(event, ends.get(event.key), watch, now)] for event in alert.events]
    return max((those[0] for those in silencing), key=mutes.index) if silencing and all(silencing) else None


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
