"""Alerts as messages that a person can act on: what, where, when, whose word, the quote and its address; pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from monitor.alerts import layout
from monitor.alerts.inert import cost, field, listed, shorten
from monitor.alerts.sentences import GONE_FROM_APP, Told, headline, importance, sentence
from monitor.alerts.severity import severity_of, urgency_of
from monitor.alerts.wording import APPS, countdown, dated, on_date, place, scope_words, surface_note
from monitor.domain.claims import Authority, Claim
from monitor.domain.events import ABOUT_SOURCES, Event
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.severity import Severity
from monitor.domain.reconcile.diff import shown
from monitor.domain.when import When

TITLE_LIMIT = 140
_NO_DATE = "The date that this reminder counts to was taken back before it could be sent."


@dataclass(frozen=True, slots=True)
class Message:
    """What leaves for a channel: plain text, a title of at most 140 and a body of at most 2 900 characters."""

    title: str
    body: str
    severity: Severity


def render(alert: Alert, now: datetime) -> Message:
    """The message of an alert as it reads at *now*: days left are counted from that day."""
    match alert.kind:
        case AlertKind.NEWS:
            return _source_news(alert) if alert.events[0].kind in ABOUT_SOURCES else _news(alert, now)
        case AlertKind.REMINDER:
            return _reminder(alert, now)
        case AlertKind.DIGEST:
            return _digest(alert, now)
        case _:
            assert_never(alert.kind)


def _news(alert: Alert, now: datetime) -> Message:
    events = sorted(alert.events, key=importance)
    top, state = events[0], next(iter(alert.lifecycles), None)
    told = [_told(event, state, now) for event in events]
    claim = _claim_behind(top, state)
    hearsay = _hearsay(claim)
    known = [
        *layout.about_key(top.key),
        *(layout.about_state(state, now) if state else []),
        *(layout.about_claim(claim) if claim else [f"Seen: {top.at:%Y-%m-%d}"]),
        *layout.note(top.key),
    ]
    proofs = list(dict.fromkeys(text for event in events if (text := layout.of_event(event).told())))
    title = f"{field(top.key.model, 60)} on {place(top.key.provider)}: {headline(told[0])}{hearsay and ' (second-hand)'}"
    body = layout.body([hearsay + sentence(told[0]), *(sentence(one) for one in told[1:])], known, proofs, _foot(alert))
    return Message(shorten(title, TITLE_LIMIT), body, max((severity_of(one) for one in told), key=list(Severity).index))


def _source_news(alert: Alert) -> Message:
    event = alert.events[0]
    told = Told(event, event.at.date())
    health = f"Health: {field(event.after, 40)}" + (f" (before: {field(event.before, 40)})" if event.before else "")
    known = [
        f"Source: {field(event.key.model, 100)}",
        f"Speaks of: {place(event.key.provider)}",
        health,
        f"Seen: {event.at:%Y-%m-%d %H:%M} UTC",
    ]
    title = f"Source {field(event.key.model, 60)}: {headline(told)}"
    return Message(
        shorten(title, TITLE_LIMIT), layout.body([sentence(told)], known, [layout.of_event(event).told()], _foot(alert)), severity_of(told)
    )


def _reminder(alert: Alert, now: datetime) -> Message:
    state = next(iter(alert.lifecycles), None)
    end, claim = (state.ends, layout.end_claim(state)) if state else (None, None)
    if state is None or end is None or claim is None:  # between writing and sending; the news of it is an alert of its own
        return Message("A reminder without a date", "\n\n".join([_NO_DATE, "\n".join(_foot(alert))]), Severity.INFO)
    known = [*layout.about_key(state.key), *layout.about_state(state, now), *layout.about_claim(claim), *layout.note(state.key)]
    title = f"{field(state.key.model, 60)} on {place(state.key.provider)}: {_title_words(state, end)}, {countdown(end, now.date())}"
    hearsay = _hearsay(claim)
    title += hearsay and " (second-hand)"
    body = layout.body([hearsay + _reminding(state, end, now)], known, [layout.of_claim(claim).told()], _foot(alert))
    return Message(shorten(title, TITLE_LIMIT), body, Severity.INFO if state.promised else urgency_of(end, now))


def _title_words(state: Lifecycle, end: When) -> str:
    verb = "answered by another model from" if end == state.redirects else "retires"
    return f"{verb} {dated(end, promise=state.promised)}"


def _reminding(state: Lifecycle, end: When, now: datetime) -> str:
    model, where, left = field(state.key.model, 100), place(state.key.provider), countdown(end, now.date())
    if state.ended_at(now):
        return f"A reminder that comes late: {where} retired {model} {left}, {on_date(end)}."
    if end == state.redirects:
        return f"Reminder: {left}, {on_date(end)}, another model starts to answer requests for {model} on {where}."
    if state.promised:
        return f"Reminder: {where} promised to retire {model} {on_date(end, promise=True)}. That ends {left}; no retirement is announced."
    if end.is_floor:
        return f"Reminder: {where} may shut {model} down {on_date(end)}, which is {left}."
    then = GONE_FROM_APP if state.key.provider in APPS else "requests for it are no longer answered"
    return f"Reminder: {where} retires {model} {left}, {on_date(end)}; then {then}."


def _digest(alert: Alert, now: datetime) -> Message:
    dated_states = [(state, state.ends, claim) for state in alert.lifecycles if state.ends and (claim := layout.end_claim(state))]
    ahead = sorted(
        (item for item in dated_states if item[1].days_left(now.date()) >= 0), key=lambda item: (item[1].first_day, str(item[0].key))
    )
    if not ahead:
        return Message("A digest without dates", "\n\n".join([_NO_DATE, "\n".join(_foot(alert))]), Severity.INFO)
    nearest = ahead[0][1]
    source = field(alert.idempotency_key.rpartition(":")[2], 60)
    count = "1 model end" if len(ahead) == 1 else f"{len(ahead)} model ends"
    head = f"First full reading of {source}. {count} ahead, the nearest first; from now on you are told of changes and reminded in time."
    notes = list(dict.fromkeys(words for state, _, _ in ahead if (words := surface_note(state.key.provider))))
    foot = [*notes, *_foot(alert)]
    room = layout.BODY_LIMIT - sum(cost(line) + 2 for line in (head, *foot))
    items = layout.fitted([_item(state, claim, now) for state, _, claim in ahead], room, "more: modelwatch upcoming")
    title = f"{count} ahead ({source}), the nearest {countdown(nearest, now.date())}"
    body = "\n\n".join([head, "\n".join(items), "\n".join(foot)])
    return Message(shorten(title, TITLE_LIMIT), body, urgency_of(nearest, now))


def _item(state: Lifecycle, claim: Claim, now: datetime) -> str:
    scope = f" ({scope_words(state.key.scope)})" if state.key.scope else ""
    instead = f"; use {listed(state.replacements, 3, 60)}" if state.replacements else ""
    hearsay = "; second-hand" if claim.authority is Authority.REPORT else ""
    line = f"- {field(state.key.model, 80)} on {place(state.key.provider)}{scope}: {layout.when_words(state, now)}{instead}{hearsay}"
    return f"{line}\n  {layout.of_claim(claim).told(120, between=' ')}"


def _hearsay(claim: Claim | None) -> str:
    return "Second-hand, not the provider's own word: " if claim and claim.authority is Authority.REPORT else ""


def _foot(alert: Alert) -> list[str]:
    return [*([f"Owner: {field(alert.owner, 100)}"] if alert.owner else []), f"Alert: {alert.visible_id}"]


def _told(event: Event, state: Lifecycle | None, now: datetime) -> Told:
    when = state.retires if state and event.fact == "retires" and shown(state.retires) == event.after else None
    promise = state is not None and state.promised and event.fact == "retires"
    return Told(event, now.date(), when, promise)


def _claim_behind(event: Event, state: Lifecycle | None) -> Claim | None:
    """The claim that an event's evidence is taken from; a calendar event may quote another model's."""
    claims = state.claims() if state else ()
    said = (event.fact, event.source, event.url)
    return next((claim for claim in claims if (claim.slot, claim.source, claim.url) == said), None)
