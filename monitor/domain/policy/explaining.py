"""Why an alert was written, in words: the watch, the event or the day, the urgency, the way and the time it took; pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from monitor.domain.events import ABOUT_SOURCES
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.lines import fold, line_of
from monitor.domain.policy.alerts import Alert
from monitor.domain.policy.leads import known_on
from monitor.domain.policy.mutes import Mute
from monitor.domain.policy.severity import news_severity, reminder_severity, worst
from monitor.domain.policy.watches import Watch, matches, stage_of, stand_in
from monitor.domain.providers import surface_of
from monitor.domain.publishers import publisher_of
from monitor.domain.reconcile.diff import shown
from monitor.domain.when import When


@dataclass(frozen=True, slots=True)
class Case:
    """An alert with what is needed to explain it.

    *watch* is the one it names as configured now, None if there is none; *state* is what was believed of *key* when the alert was
    written, *aliases* the names that point to it, *before* the lead times reminded of earlier.
    """

    alert: Alert
    watch: Watch | None
    key: ModelKey
    state: Lifecycle | None = None
    aliases: tuple[str, ...] = ()
    before: tuple[int, ...] = ()

    @property
    def end(self) -> When | None:
        """What it was believed to end on."""
        return self.state.ends if self.state else None

    @property
    def teller(self) -> Watch:
        """The watch that it names, or what stands for it."""
        return self.watch or stand_in(self.alert.watch, self.alert.channel, self.alert.owner)


def selection(case: Case) -> str:
    """Which of the watch's selectors match the key."""
    watch, alert = case.watch, case.alert
    if alert.events and alert.events[0].kind in ABOUT_SOURCES:
        return "news about a source takes the route of [health], or goes to the channels of all watches that hear of it"
    if watch is None:
        return f"the watch {alert.watch!r} is no longer configured"
    stages = stage_of(case.state, alert.created_at)
    if not watch.selects(case.key, case.aliases):
        return f"the watch {watch.name!r}, as it is configured now, does not select it"
    matched = list(_selectors(watch, case.key, case.aliases))
    if watch.stages:
        matched.append(f"stages: it was {stages[0]} on that day")
    return f"the watch {watch.name!r} selects it: " + ("; ".join(matched) or "it watches everything")


def _selectors(watch: Watch, key: ModelKey, aliases: Sequence[str]) -> Iterator[str]:
    names = {"its name": key.model, **{f"{alias}, which points to it": alias for alias in aliases}}
    for what, name in names.items():
        for pattern in watch.models:
            if matches((pattern,), (name.casefold(), fold(name))):
                yield f"models: {pattern!r} matches {what}"
            elif matches((pattern,), (line_of(name),)):
                yield f"models: {pattern!r} matches the line {line_of(name)}"
        yield from (f"lines: {line!r} is the line of {what}" for line in watch.lines if line_of(line) == line_of(name))
    if watch.providers:
        yield f"providers: {key.provider}"
    if watch.surfaces:
        yield f"surfaces: {key.provider} is {surface_of(key.provider)}"
    if watch.publishers:
        yield f"publishers: made by {publisher_of(key.provider, key.model)}"


def occasion(case: Case) -> Iterator[str]:
    """The events, or the lead time that was crossed and what became of the earlier ones."""
    alert = case.alert
    for event in alert.events:
        change = f": {event.before or '(nothing)'} → {event.after or '(nothing)'}" if event.before or event.after else ""
        yield f"{event.kind} of {event.key} ({event.fact}){change}" if event.fact else f"{event.kind} of {event.key}{change}"
    if alert.lead is None:
        return
    if case.end is None or case.state is None:
        yield f"a reminder of {alert.lead} days ahead; nothing is known any more of the date it counted to"
        return
    left = case.end.days_left(alert.created_at.date())
    yield f"{left} days were left until {shown(case.end)}, which crossed the lead time of {alert.lead} days"
    if case.before:
        yield f"reminded of before: {_listed(case.before)} days"
    leads = (case.watch.promise_lead_times if case.state.soft else case.watch.lead_times) if case.watch else ()
    earlier = {lead for lead in leads if lead > alert.lead} - set(case.before)
    known = known_on(case.state, case.end)
    behind = {lead for lead in earlier if lead >= case.end.days_left(known)}
    if behind:
        yield f"passed already when the date became known on {known}: {_listed(behind)} days"
    if earlier - behind:
        yield f"passed without a reminder, muted or while nobody looked: {_listed(earlier - behind)} days"


def urgency(case: Case) -> str:
    """How its severity came about."""
    alert, today = case.alert, case.alert.created_at.date()
    if case.watch is None:
        return f"{alert.severity}, as it was decided when it was written"
    near = case.watch.nearness
    within = f"a date is critical within {near.critical_within} days and a warning within {near.warning_within}"
    if alert.events:
        each = [(event, news_severity(event, case.state, today, near)) for event in alert.events]
        text = "; ".join(f"{event.kind} is {severity}" for event, severity in each)
        now = worst(severity for _, severity in each)
    elif case.state is not None and case.end is not None:
        now = reminder_severity(case.state, case.end, today, near)
        text = f"a promise is {now}" if case.state.soft else f"{case.end.days_left(today)} days were left"
    else:
        return f"{alert.severity}, as it was decided when it was written"
    changed = f"; by the configuration in force now it would be {now}" if now is not alert.severity else ""
    return f"{alert.severity}: {text}; {within}{changed}"


def way(case: Case) -> str:
    """Why it went to its channel."""
    alert, watch = case.alert, case.watch
    if watch is None or alert.channel in watch.channels:
        return f"channel {alert.channel}" + (f", one of the watch {watch.name!r}" if watch else "")
    for level, channels in watch.levels:
        if alert.channel in channels:
            return f"channel {alert.channel}, called in by the watch {watch.name!r} from {level} on"
    return (
        f"channel {alert.channel}, which the watch {watch.name!r} does not name now; another watch may, or [health], or it had been warned"
    )


def departure(case: Case) -> str:
    """When it was to leave, by the configuration in force."""
    alert, watch = case.alert, case.watch
    written = f"written {alert.created_at:%Y-%m-%d %H:%M} UTC"
    leaves = watch.timing.leaves_at(alert.severity, alert.created_at) if watch else None
    if watch is None or leaves is None:
        return f"{written}, to leave at once"
    why = "the digest" if watch.timing.collects(alert.severity) else "the end of the quiet hours"
    return f"{written}, to leave with {why} at {leaves:%Y-%m-%d %H:%M} UTC"


def spared(case: Case, mute: Mute) -> str:
    """Why a mute that concerns what the watch says of the key did not silence the alert when it was written; "" where it would have."""
    watch, at = case.teller, case.alert.created_at
    if mute.until is not None and mute.until <= at:
        return "its day had come"
    if not mute.covers(case.key, case.end, watch, at):
        seen = mute.ends.get(str(case.key))
        return (
            f"it was for {seen or 'no date'}, not for {shown(case.end) or 'no date'}" if seen is not None else "it did not know that date"
        )
    told = [event.kind for event in case.alert.events if not mute.silences(event, case.end, watch, at)]
    return f"it never silences {', '.join(told)}" if told else ""


def _listed(leads: Collection[int]) -> str:
    return ", ".join(str(lead) for lead in sorted(leads, reverse=True))
