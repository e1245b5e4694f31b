"""Each kind of event as a headline and a sentence that a newcomer understands; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from monitor.alerts.inert import field, listed
from monitor.alerts.wording import APPS, countdown, dated, on_date, place, with_countdown
from monitor.domain.events import Event, EventKind
from monitor.domain.facts import PRICES, SpecName
from monitor.domain.records import DOCUMENT, WORD
from monitor.domain.when import When, read_shown

# the most important first: it gives the message its title
HEADLINES: Mapping[EventKind, str] = {
    EventKind.MODEL_RETIRED: "retired",
    EventKind.GONE_EARLY: "gone before its announced date {after}",
    EventKind.RETIREMENT_MOVED: "retirement {moved}, now {after}",
    EventKind.RETIREMENT_SCHEDULED: "{retires} {after}",
    EventKind.REDIRECT_SCHEDULED: "answered by another model from {after}",
    EventKind.DEPRECATION_ANNOUNCED: "end announced",
    EventKind.RETIREMENT_CANCELLED: "retirement cancelled (was {before})",
    EventKind.RETIREMENT_UNCONFIRMED: "retirement date {after} no longer shown",
    EventKind.RETIREMENT_REFINED: "retirement put differently: {after}",
    EventKind.OUTLIVED_RETIREMENT: "still offered after its retirement date {after}",
    EventKind.REPLACEMENT_AT_RISK: "its recommended replacement {before} ends too",
    EventKind.MODEL_DELISTED: "gone from the list of models",
    EventKind.DISPUTE_OPENED: "sources disagree on the {slot}: {before} or {after}",
    EventKind.REPLACEMENT_CHANGED: "recommended replacement is now {after}",
    EventKind.REPLACEMENT_NAMED: "recommended replacement: {after}",
    EventKind.ALIAS_MOVED: "the name now means {after}",
    EventKind.PRICE_CHANGED: "{slot} now {after}",
    EventKind.SPEC_CHANGED: "{slot} now {after}",
    EventKind.DISPUTE_CLOSED: "sources agree again on the {slot}: {after}",
    EventKind.CLAIM_CORRECTED: "our earlier reading corrected: {slot} {after}",
    EventKind.MODEL_LISTED: "newly offered",
    EventKind.SOURCE_DRIFTED: "its page no longer fits the reader",
    EventKind.SOURCE_FAILED: "cannot be read",
    EventKind.SOURCE_STALE: "not read in full for too long",
    EventKind.SOURCE_RECOVERED: "read in full again",
}

_SENTENCES: Mapping[EventKind, str] = {
    EventKind.MODEL_RETIRED: "{model} is retired on {where}{since}: {gone}.",
    EventKind.GONE_EARLY: "{model} is gone from {where} already, before the announced date ({after}).",
    EventKind.RETIREMENT_MOVED: "The retirement of {model} on {where} was {moved}: before {before}, now {after_in}.",
    EventKind.RETIREMENT_SCHEDULED: "{where} {will} {model} {after_on}{no_date}.",
    EventKind.REDIRECT_SCHEDULED: "From {after_in}, another model answers requests for {model} on {where}{instead_of}.",
    EventKind.DEPRECATION_ANNOUNCED: "{where} has announced that {model} will end{deprecated}. New work should not start with it.",
    EventKind.RETIREMENT_CANCELLED: "All clear: {where} no longer names a retirement date for {model} (before: {before}).",
    EventKind.RETIREMENT_UNCONFIRMED: "The page no longer shows that {model} retires on {where} {after_on}. Nobody withdrew it.",
    EventKind.RETIREMENT_REFINED: "{where} words the retirement of {model} differently: before {before}, now {after_in}; not moved.",
    EventKind.OUTLIVED_RETIREMENT: "{model} is still offered on {where} a day after its retirement date ({after}).",
    EventKind.REPLACEMENT_AT_RISK: (
        "The replacement recommended for {model} on {where}, {before}, is itself announced to end {risk}{risks}."
    ),
    EventKind.MODEL_DELISTED: "{where} no longer lists {model}: it was missing from two full readings in a row.",
    EventKind.DISPUTE_OPENED: "Sources disagree on the {slot} of {model} on {where}: {before}, or {after} (believed meanwhile).",
    EventKind.REPLACEMENT_CHANGED: "The replacement recommended for {model} on {where} changed: before {before}, now {after}.",
    EventKind.REPLACEMENT_NAMED: "Recommended replacement for {model} on {where}: {after}.",
    EventKind.ALIAS_MOVED: "On {where} the name {model} now stands for {after}; before: {before}.",
    EventKind.PRICE_CHANGED: "The {slot} of {model} on {where} changed: before {before}, now {after}.",
    EventKind.SPEC_CHANGED: "The {slot} of {model} on {where} changed: before {before}, now {after}.",
    EventKind.DISPUTE_CLOSED: "The sources agree again on the {slot} of {model} on {where}: {after}.",
    EventKind.CLAIM_CORRECTED: "We had misread the {slot} of {model} on {where}: not {before} but {after}. The provider changed nothing.",
    EventKind.MODEL_LISTED: "{where} now offers {model}.",
    EventKind.SOURCE_DRIFTED: "The page of source {model} no longer fits its reader. Nothing was withdrawn; news on it may be missed.",
    EventKind.SOURCE_FAILED: "Source {model} could not be read. What was known stays; modelwatch keeps trying.",
    EventKind.SOURCE_STALE: "Source {model} has not been read in full for over three of its intervals: its silence means nothing.",
    EventKind.SOURCE_RECOVERED: "Source {model} is read in full again; its silence can be trusted.",
}

TAKEN_BACK = "What was recorded here about the {slot} of {model} on {where} changed: before {before}, now {after}."
GONE_FROM_APP = "it can no longer be chosen there"
_SLOTS = {
    "retires": "retirement date",
    "redirects": "redirect date",
    "replaced_by": "recommended replacement",
    "alias_of": "snapshot behind the name",
}
_TOKENS = frozenset({SpecName.CONTEXT_WINDOW.value, SpecName.MAX_OUTPUT.value})
_PRICES = frozenset(name.value for name in PRICES)


@dataclass(frozen=True, slots=True)
class Told:
    """An event with what its words depend on: the day, the exact date believed, and whether that only promises."""

    event: Event
    today: date
    when: When | None = None
    promise: bool = False


def importance(event: Event) -> int:
    """Its rank among the events of one alert; the smallest names the alert."""
    return list(HEADLINES).index(event.kind)


def headline(told: Told) -> str:
    """The few words of a title."""
    return HEADLINES[told.event.kind].format_map(_words(told))


def sentence(told: Told) -> str:
    """What happened, in one or two plain sentences."""
    if told.event.kind is EventKind.CLAIM_CORRECTED and told.event.source.startswith((WORD, DOCUMENT)):
        return TAKEN_BACK.format_map(_words(told))
    return _SENTENCES[told.event.kind].format_map(_words(told))


def after_of(told: Told) -> When | None:
    """The date that an event ends with, with its instant where it is the one believed."""
    return told.when or read_shown(told.event.after)


def slot_words(slot: str) -> str:
    """The name of a slot as people say it."""
    return _SLOTS.get(slot, slot.replace("_", " "))


def _words(told: Told) -> dict[str, str]:
    event, after, before = told.event, after_of(told), read_shown(told.event.before)
    values = {
        "model": field(event.key.model, 100),
        "where": place(event.key.provider),
        "slot": slot_words(event.fact),
        "before": dated(before, promise=told.promise) if before else _value(event.fact, event.before),
        "after": dated(after, promise=told.promise) if after else _value(event.fact, event.after),
        "after_on": with_countdown(after, told.today, promise=told.promise) if after else "",
        "after_in": f"{dated(after, promise=told.promise)} ({countdown(after, told.today)})" if after else _value(event.fact, event.after),
    }
    return values | _phrases(told, before, after)


def _phrases(told: Told, before: When | None, after: When | None) -> dict[str, str]:
    event = told.event
    nearest, _, later = event.after.removeprefix(f"{event.before}:").partition(";")
    risk = read_shown(nearest)
    past = after is not None and not after.is_floor and after.days_left(told.today) < 0
    return {
        "moved": _moved(event.direction, before, after),
        "gone": GONE_FROM_APP if event.key.provider in APPS else "requests for it are no longer answered",
        "will": "says it will retire" if told.promise else "announced the end of" if past else "will retire",
        "retires": "was to retire" if past else "retires",
        "no_date": "; that is a promise, no retirement date" if told.promise else "",
        "since": f", as of {dated(after)}" if after else "",
        "deprecated": f" (deprecated {on_date(after)})" if after and event.fact == "deprecated" else "",
        "instead_of": f"; before: {dated(before)}" if before else "",
        "risk": on_date(risk) if risk else "soon",
        "risks": f", and so is what would follow it: {listed(tuple(later.split(';')), 4, 80)}" if later else "",
    }


def _moved(direction: str, before: When | None, after: When | None) -> str:
    days = abs((after.first_day - before.first_day).days) if before and after else 0
    if not days:
        return "put differently"
    return f"{direction.replace('_', ' ')} by {'1 day' if days == 1 else f'{days} days'}"


def _value(slot: str, text: str) -> str:
    values = tuple(text.split(";")) if text else ()
    if slot in _PRICES:
        return listed(tuple(f"${value}" for value in values), 4, 40) + " per million tokens" if values else "unknown"
    if slot in _TOKENS and text.isascii() and text.isdecimal():
        return f"{int(text):,} tokens"
    return listed(values, 4, 60) or "nothing"
