"""Reminders: lead times by crossing, with stored state (DESIGN section 5)."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.leads import due_lead
from monitor.domain.policy.mutes import Mute, muted
from monitor.domain.policy.watches import Watch, aliases_of, selects
from monitor.domain.when import When


def reminders(
    lifecycles: Iterable[Lifecycle], watches: Collection[Watch], mutes: Collection[Mute], sent: Collection[str], now: datetime
) -> tuple[Alert, ...]:
    """Per watch and channel, the most urgent lead time crossed for each date ahead, unless it (or a more urgent one) was sent.

    *sent* are the idempotency keys of alerts written before. A date consumes the lead times it arrived behind; another date is
    another set of lead times. A date that passed unreminded while nobody looked is still told, as long as the model is not retired.
    """
    states = list(lifecycles)
    aliases = aliases_of(states)
    due = [(state, end) for state in states if (end := state.ends) and not state.retired_at(now)]
    mine = (
        (state, end, watch)
        for state, end in due
        for watch in watches
        if selects(watch, state.key, aliases) and not muted(mutes, state.key, end, watch, now)
    )
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
