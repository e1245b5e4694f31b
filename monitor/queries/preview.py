"""What would be sent, when and to whom: what waits already, and what the policy makes of the days ahead."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from monitor.alerts.messages import Message, render
from monitor.domain.calendar import Calendar
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert
from monitor.domain.policy.foresight import Outlook, foreseen
from monitor.domain.policy.watches import Watch
from monitor.store import Ledger
from monitor.store.views import AlertView

FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Leaving:
    """An alert and when it would leave; *waiting* if it is written already, *about* are the keys that it is about."""

    at: datetime
    alert: Alert
    about: tuple[ModelKey, ...]
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """From when on somebody wants to know, and until when (exclusively)."""

    start: datetime
    until: datetime


def window(as_of: datetime | None, within: timedelta | None, now: datetime) -> Window:
    """The days asked about: that of *as_of* (of *now*, if that is None) or as many as *within* says."""
    start = as_of or now
    day = datetime.combine(start.date(), time(), UTC) + timedelta(days=1)
    return Window(start, day if within is None else start + min(within, FURTHEST))


def preview(ledger: Ledger, watches: tuple[Watch, ...], asked: Window, now: datetime) -> tuple[Leaving, ...]:
    """What leaves in the time asked about, the earliest first, from what is believed now, or was believed at its start if that is past.

    Only what the calendar brings can be foreseen; news cannot. What was on its way out at an instant in the past is told as far as
    it had a time to leave.
    """
    past = asked.start < now
    begin = asked.start if past else now
    known = _outlook(ledger, watches, begin, past=past)
    waiting = ledger.muting.leaving(asked.start if past else None)
    found = (*_waiting(ledger, waiting, begin), *(_foreseen(alert) for alert in foreseen(known, begin, asked.until)))
    return tuple(sorted((one for one in found if asked.start <= one.at < asked.until), key=_order))


def message(ledger: Ledger, leaving: Leaving) -> Message:
    """The text with which it would leave."""
    alert = leaving.alert
    return render(replace(alert, background=ledger.outbox.background(alert)), leaving.at)


def _outlook(ledger: Ledger, watches: tuple[Watch, ...], at: datetime, *, past: bool) -> Outlook:
    lifecycles = _then(ledger, at) if past else ledger.claims.ending()
    others = pointers(ledger, lifecycles, at if past else None)
    sent = ledger.muting.told_keys(before=at if past else None)
    last_good = {source: good for source, good in ledger.readings.last_good_at().items() if good <= at}
    calendar = Calendar(ledger.events.calendar_written(before=at if past else None), last_good)
    return Outlook(tuple(lifecycles), others, watches, ledger.acks.mutes(at), sent, calendar)


def pointers(ledger: Ledger, lifecycles: Iterable[Lifecycle], as_of: datetime | None = None) -> tuple[Lifecycle, ...]:
    """The recommended replacements with no end of their own that may point to a snapshot with one."""
    ending = {state.key for state in lifecycles}
    named = {ModelKey(state.key.provider, name) for state in lifecycles if state.ends for name in state.replacements} - ending
    return tuple(state for state in ledger.claims.resolved(keys=named, as_of=as_of).values() if state.snapshot) if named else ()


def _then(ledger: Ledger, at: datetime) -> tuple[Lifecycle, ...]:
    """Those that the calendar could bring news of at an instant in the past."""
    return tuple(state for state in ledger.claims.resolved(as_of=at).values() if state.ends or state.replacements or state.delisted_at)


def _waiting(ledger: Ledger, views: Iterable[AlertView], begin: datetime) -> Iterator[Leaving]:
    views = list(views)
    states = ledger.claims.resolved(keys={key for view in views for key in view.keys}) if views else {}
    for view in views:
        alert = replace(view.alert, lifecycles=tuple(states[key] for key in view.keys if key in states))
        yield Leaving(max(view.due_at, begin), alert, view.about, waiting=True)


def _foreseen(alert: Alert) -> Leaving:
    keys = [state.key for state in alert.lifecycles] or [event.key for event in alert.events]
    return Leaving(alert.due_at or alert.created_at, alert, tuple(dict.fromkeys(keys)))


def _order(leaving: Leaving) -> tuple[datetime, int, str, str]:
    return leaving.at, -leaving.alert.severity.rank, leaving.alert.channel, leaving.alert.idempotency_key
