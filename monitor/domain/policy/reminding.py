"""Reminders: lead times by crossing, with stored state (DESIGN section 5)."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from monitor.domain.events import EventKind
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.leads import Leads
from monitor.domain.policy.mutes import Mute, muted
from monitor.domain.policy.severity import reminder_severity
from monitor.domain.policy.tellings import Telling, Told, by_channel
from monitor.domain.policy.watches import Aliases, Watch, aliases_of, selects, stage_of
from monitor.domain.when import When

_RETIRES = frozenset({EventKind.RETIREMENT_SCHEDULED, EventKind.RETIREMENT_MOVED})
_REDIRECTS = frozenset({EventKind.REDIRECT_SCHEDULED})


def reminders(
    lifecycles: Iterable[Lifecycle], watches: Collection[Watch], mutes: Collection[Mute], sent: Collection[str], now: datetime
) -> tuple[Alert, ...]:
    """Per channel, the most urgent lead time crossed for each date ahead, unless it (or a more urgent one) was sent.

    *sent* are the idempotency keys of alerts written before. A date consumes the lead times it arrived behind; another date is
    another set of lead times. A date that passed unreminded while nobody looked is still told, as long as the model is not retired.
    A channel that is called in for what is urgent has what is urgent as its first lead time.
    """
    states = list(lifecycles)
    aliases = aliases_of(states)
    due = [(state, end) for state in states if (end := state.ends) and not state.retired_at(now)]
    return tuple(
        alert
        for state, end in due
        for told in by_channel(_tellings(state, end, _interested(state, end, watches, aliases, mutes, now), now))
        for alert in _reminder(state, end, told, sent, now)
    )


def _interested(
    state: Lifecycle, end: When, watches: Iterable[Watch], aliases: Aliases, mutes: Collection[Mute], now: datetime
) -> Iterator[Watch]:
    stages = stage_of(state, now)
    for watch in watches:
        if selects(watch, state.key, aliases, stages) and not muted(mutes, state.key, end, watch, now):
            yield watch


def _tellings(state: Lifecycle, end: When, watches: Iterable[Watch], now: datetime) -> Iterator[Telling]:
    for watch in watches:
        severity = reminder_severity(state, end, now.date(), watch.nearness)
        due = ((channel, _leads(watch, channel, state, end).due(state, end, now.date())) for channel in watch.channels_from(severity))
        crossed = [(channel, lead) for channel, lead in due if lead is not None]
        leaves_at = watch.timing.leaves_at(severity, now) if crossed else None
        yield from (Telling(watch, (channel,), severity, leaves_at, lead=lead) for channel, lead in crossed)


def _leads(watch: Watch, channel: str, state: Lifecycle, end: When) -> Leads:
    """The lead times that matter to one channel of a watch; it must hear of announcements for them to stand for any."""
    days = frozenset(watch.promise_lead_times if state.soft else watch.lead_times)
    called_in = watch.called_in(channel)
    mine = days if called_in is None else {called_in, *(lead for lead in days if lead <= called_in)}
    announcing = _REDIRECTS if end == state.redirects else _RETIRES
    return Leads(frozenset(mine), max(days, default=0), told=watch.events >= announcing)


def _reminder(state: Lifecycle, end: When, told: Told, sent: Collection[str], now: datetime) -> Iterator[Alert]:
    about = f"{state.key}:{end.bound.value}:{end.value}"
    known = {lead for telling in told.by for lead in _leads(telling.watch, told.channel, state, end).days}
    if told.lead is not None and not any(key in sent for key in _keys(told, told.lead, about, known)):
        yield told.alert(f"remind:{told.channel}:{about}:{told.lead}", AlertKind.REMINDER, now, (), (state,))


def _keys(told: Told, lead: int, about: str, known: Collection[int]) -> Iterator[str]:
    """The keys of this reminder and of the more urgent ones; until revision 0004 each named its watch as well."""
    channels = (told.channel, *(f"{telling.watch.name}:{told.channel}" for telling in told.by))
    return (f"remind:{channel}:{about}:{other}" for other in known if other <= lead for channel in channels)
