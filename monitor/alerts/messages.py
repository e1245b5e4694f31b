"""Alerts as messages that a person can act on: what, where, when, whose word, what instead, the quote and its address; pure."""

from datetime import datetime
from typing import assert_never

from monitor.alerts.channel_news import about_channel
from monitor.alerts.digests import first_reading
from monitor.alerts.foot import answers, foot
from monitor.alerts.health import source_news
from monitor.alerts.inert import field
from monitor.alerts.known import Facts, about_claim, about_end, about_key, end_claim, note, of_claim, of_event
from monitor.alerts.machine import alert_record
from monitor.alerts.message import Message, composed
from monitor.alerts.parts import Parts, Proof
from monitor.alerts.sentences import GONE_FROM_APP, Told, headline, importance, sentence
from monitor.alerts.successors import about_successors
from monitor.alerts.wording import APPS, countdown, dated, model_on, on_date, place
from monitor.domain.claims import Authority, Claim
from monitor.domain.events import ABOUT_SOURCES, Event, EventKind
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.reconcile.diff import shown
from monitor.domain.when import When

__all__ = ["Message", "render"]

_NO_DATE = "The date that this reminder counts to was taken back before it could be sent."


def render(alert: Alert, now: datetime) -> Message:
    """The message of an alert as it reads at *now*: days left are counted from that day."""
    match alert.kind:
        case AlertKind.NEWS:
            return source_news(alert, now) if alert.events[0].kind in ABOUT_SOURCES else _news(alert, now)
        case AlertKind.REMINDER:
            return _reminder(alert, now)
        case AlertKind.DIGEST:
            return first_reading(alert, now) or _taken_back(alert, now, "A digest without dates")
        case AlertKind.CHANNEL:
            return about_channel(alert, now)
        case _:
            assert_never(alert.kind)


def _news(alert: Alert, now: datetime) -> Message:
    events = sorted(alert.events, key=importance)
    top, state = events[0], next(iter(alert.lifecycles), None)
    told = [told_of(event, state, now) for event in events]
    claim = claim_behind(top, state)
    hearsay = _hearsay(claim)
    parts = Parts(
        happened=(hearsay + sentence(told[0]), *(sentence(one) for one in told[1:])),
        facts=(
            *about_key(top.key),
            *(_about_state(alert, state, now) if state else []),
            *(about_claim(claim) if claim else [("Seen", f"{top.at:%Y-%m-%d}")]),
            *note(top.key),
        ),
        proofs=tuple(dict.fromkeys(proof for event in events for proof in _proofs(event, state) if proof.lines)),
        foot=foot(alert),
        commands=answers(alert.visible_id),
    )
    title = f"{model_on(top.key)}: {headline(told[0])}{hearsay and ' (second-hand)'}"
    return composed(title, parts, alert.severity, alert.visible_id, alert_record(alert, now))


def _reminder(alert: Alert, now: datetime) -> Message:
    state = next(iter(alert.lifecycles), None)
    end, claim = (state.ends, end_claim(state)) if state else (None, None)
    if state is None or end is None or claim is None:  # between writing and sending; the news of it is an alert of its own
        return _taken_back(alert, now, "A reminder without a date")
    hearsay = _hearsay(claim)
    parts = Parts(
        happened=(hearsay + _reminding(state, end, now),),
        facts=(*about_key(state.key), *_about_state(alert, state, now), *about_claim(claim), *note(state.key)),
        proofs=(of_claim(claim),),
        foot=foot(alert),
        commands=answers(alert.visible_id),
    )
    title = f"{model_on(state.key)}: {reminder_words(state, end, now)}{hearsay and ' (second-hand)'}"
    return composed(title, parts, alert.severity, alert.visible_id, alert_record(alert, now))


def reminder_words(state: Lifecycle, end: When, now: datetime) -> str:
    """What a reminder says, in a few words."""
    verb = "answered by another model from" if end == state.redirects else "retired" if state.ended_at(now) else "retires"
    return f"{verb} {dated(end, promise=state.promised)}, {countdown(end, now.date())}"


def _reminding(state: Lifecycle, end: When, now: datetime) -> str:
    model, where, left = field(state.key.model, 100), place(state.key.provider), countdown(end, now.date())
    if state.ended_at(now):
        return f"A reminder that comes late: {where} retired {model} {left}, {on_date(end)}."
    if end == state.redirects:
        return f"Reminder: {left}, {on_date(end)}, another model starts to answer requests for {model} on {where}."
    if state.promised:
        return f"Reminder: {where} promised to retire {model} {on_date(end, promise=True)}. That ends {left}; no retirement is announced."
    if end.is_floor:
        overdue = "since then it may happen any day" if end.days_left(now.date()) < 0 else f"that is {left}"
        return f"Reminder: {where} may shut {model} down {on_date(end)}; {overdue}."
    then = GONE_FROM_APP if state.key.provider in APPS else "requests for it are no longer answered"
    return f"Reminder: {where} retires {model} {left}, {on_date(end)}; then {then}."


def _taken_back(alert: Alert, now: datetime, title: str) -> Message:
    parts = Parts(happened=(_NO_DATE,), foot=foot(alert))
    return composed(title, parts, alert.severity, alert.visible_id, alert_record(alert, now))


def _about_state(alert: Alert, state: Lifecycle, now: datetime) -> Facts:
    return [*about_end(state, now), *about_successors(state, alert.background, now)]


def _hearsay(claim: Claim | None) -> str:
    return "Second-hand, not the provider's own word: " if claim and claim.authority is Authority.REPORT else ""


def told_of(event: Event, state: Lifecycle | None, now: datetime) -> Told:
    """The event with what its words depend on."""
    when = state.retires if state and event.fact == "retires" and shown(state.retires) == event.after else None
    promise = state is not None and state.promised and event.fact == "retires"
    return Told(event, now.date(), when, promise)


def claim_behind(event: Event, state: Lifecycle | None) -> Claim | None:
    """The claim that an event's evidence is taken from; a calendar event may quote another model's."""
    claims = state.claims() if state else ()
    said = (event.fact, event.source, event.url)
    return next((claim for claim in claims if (claim.slot, claim.source, claim.url) == said), None)


def _proofs(event: Event, state: Lifecycle | None) -> list[Proof]:
    """The event's evidence; of a dispute that of every side."""
    belief = state.belief(event.fact) if state and event.kind is EventKind.DISPUTE_OPENED else None
    sides = (*belief.chosen, *belief.disputed) if belief else ()
    return [proof_of(event, state), *(of_claim(claim) for claim in sides)]


def proof_of(event: Event, state: Lifecycle | None) -> Proof:
    """The event's evidence; that of its slot, or of the end, where it carries no quote or no address itself."""
    claim = (state.claim(event.fact) or end_claim(state)) if state and not (event.quote and event.url) else None
    return of_claim(claim) if claim else of_event(event)
