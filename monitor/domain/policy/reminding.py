"""Reminders: lead times by crossing, with stored state (DESIGN section 5)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.leads import Leads
from monitor.domain.policy.mutes import Mute, muted
from monitor.domain.policy.severity import DATED, reminder_severity
from monitor.domain.policy.tellings import Telling, Told, by_channel
from monitor.domain.policy.watches import Aliases, Watch, aliases_of, selects, stage_of
from monitor.domain.when import When


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
        usual = Telling(watch, (), severity, watch.timing.leaves_at(severity, now))
        for channel in watch.channels_from(severity):
            lead = _leads(watch, channel, soft=state.soft).due(state, end, now.date())
            if lead is not None:
                yield replace(usual, channels=(channel,), lead=lead)


def _leads(watch: Watch, channel: str, *, soft: bool) -> Leads:
    """The lead times that matter to one channel of a watch."""
    days = frozenset(watch.promise_lead_times if soft else watch.lead_times)
    called_in = watch.called_in(channel)
    mine = days if called_in is None else {called_in, *(lead for lead in days if lead <= called_in)}
    return Leads(frozenset(mine), max(days, default=0), told=watch.events >= DATED)


def _reminder(state: Lifecycle, end: When, told: Told, sent: Collection[str], now: datetime) -> Iterator[Alert]:
    about = f"{state.key}:{end.bound.value}:{end.value}"
    known = {lead for telling in told.by for lead in _leads(telling.watch, told.channel, soft=state.soft).days}
    if told.lead is not None and not any(stem in sent for stem in _stems(told, about, known)):
        yield told.alert(f"remind:{told.channel}:{about}:{told.lead}", AlertKind.REMINDER, now, (), (state,))


def _stems(told: Told, about: str, known: Collection[int]) -> Iterator[str]:
    """The keys of this reminder and of the more urgent ones; until revision 0004 each named its watch as well."""
    channels = (told.channel, *(f"{telling.watch.name}:{told.channel}" for telling in told.by))
    return (f"remind:{channel}:{about}:{lead}" for lead in known if told.lead is not None and lead <= told.lead for channel in channels)
