"""What the policy will say on days to come, if nothing new is heard: the same rules, day by day, under a clock that runs ahead; pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from monitor.domain.calendar import Calendar, calendar_events
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert
from monitor.domain.policy.mutes import Mute
from monitor.domain.policy.news import alerts_for
from monitor.domain.policy.reminding import reminders
from monitor.domain.policy.watches import Watch


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known when somebody looks ahead: *lifecycles* with an end, *others* that the calendar needs, and what was told by then."""

    lifecycles: tuple[Lifecycle, ...]
    others: tuple[Lifecycle, ...]
    watches: tuple[Watch, ...]
    mutes: tuple[Mute, ...]
    sent: frozenset[str]
    calendar: Calendar


def foreseen(known: Outlook, start: datetime, until: datetime) -> Iterator[Alert]:
    """The alerts that will be written from *start* to before *until*, in the order of time."""
    sent, calendar = set(known.sent), known.calendar
    for now in _moments(known, start, until):
        events = calendar_events((*known.lifecycles, *known.others), calendar, now)
        calendar = replace(calendar, written=frozenset(calendar.written) | {(event.kind, event.key, event.after) for event in events})
        yield from alerts_for(events, known.lifecycles, known.watches, known.mutes, now)
        due = reminders(known.lifecycles, known.watches, known.mutes, sent, now)
        sent.update(alert.idempotency_key for alert in due)
        yield from due


def _moments(known: Outlook, start: datetime, until: datetime) -> list[datetime]:
    """When anything can become due: now, at the beginning of a day (UTC) that crosses a lead time, and when a date or a mute is over."""
    ends = (state.retires.last_moment for state in known.lifecycles if state.retires)
    mutes = (mute.until for mute in known.mutes if mute.until)
    return sorted({start, *(moment for moment in (*_crossings(known), *ends, *mutes) if start < moment < until)})


def _crossings(known: Outlook) -> set[datetime]:
    """The beginnings of the days on which some date comes as close as any watch asks about, or calls in further channels."""
    leads = {days for watch in known.watches for days in (*watch.lead_times, *watch.promise_lead_times, *watch.nearness.bounds)}
    ends = {state.ends.first_day for state in known.lifecycles if state.ends}
    days = {end - timedelta(days=lead) for end in ends for lead in leads if end.toordinal() > lead}
    return {datetime.combine(day, time(), UTC) for day in days}
