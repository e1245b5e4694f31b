"""What is known of a model, as facts for a message: which, where, when, since when and on whose word; pure."""

from collections.abc import Iterable
from datetime import datetime

from monitor.alerts.inert import field, inert, inert_address, listed, shorten
from monitor.alerts.parts import Proof
from monitor.alerts.wording import countdown, dated, period, place, said_by, scope_words, surface_note
from monitor.domain.claims import Claim, Origin
from monitor.domain.events import Event
from monitor.domain.facts import fact_value, when_of
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.when import When

Facts = list[tuple[str, str]]

QUOTE_LIMIT = 300
ADDRESS_LIMIT = 500
SHORT_HASH = 12


def of_event(event: Event, limit: int = QUOTE_LIMIT) -> Proof:
    """The evidence that an event carries."""
    return _proof(event.quote, event.url, event.page, event.source, limit)


def of_claim(claim: Claim, limit: int = QUOTE_LIMIT) -> Proof:
    """The evidence that a claim carries."""
    return _proof(claim.statement.quote, claim.url, claim.page, claim.source, limit)


def end_claim(state: Lifecycle) -> Claim | None:
    """The claim with the date that reminders count to."""
    claims = (state.claim(slot) for slot in ("redirects", "retires"))
    return next((claim for claim in claims if claim and state.ends and when_of(claim.fact) == state.ends), None)


def about_key(key: ModelKey) -> Facts:
    """Which model, where, and how narrowed."""
    scope = [("Scope", scope_words(key.scope))] if key.scope else []
    return [("Model", field(key.model, 100)), ("Where", place(key.provider)), *scope]


def about_end(state: Lifecycle, now: datetime) -> Facts:
    """When it ends."""
    when = when_words(state, now)
    return [("When", when)] if when else []


def about_claim(claim: Claim) -> Facts:
    """Since when it is known, on whose word."""
    inferred = [("Inferred", f"the page names the family {field(claim.inferred_from, 100)}")] if claim.inferred_from else []
    said = f"{said_by(claim.authority, claim.source)}{_brought(claim.origin)}"
    return [("Known since", f"{claim.first_seen_at:%Y-%m-%d}"), ("Said by", said), *inferred]


def note(key: ModelKey) -> Facts:
    """What to know about the surface before acting."""
    words = surface_note(key.provider)
    return [("Note", words)] if words else []


def when_words(state: Lifecycle, now: datetime) -> str:
    """The end believed, with the days left and every reservation; "" where nothing is said of an end."""
    end, today = state.ends, now.date()
    if end is None:
        return "no date announced" if state.announced or state.cancelled else ""
    first = f"{end_verb(state, end, now)} {dated(end, promise=state.promised)} ({countdown(end, today)})"
    return first + "".join(_reservations(state, now))


def end_verb(state: Lifecycle, end: When, now: datetime) -> str:
    """How its end is spoken of."""
    if end == state.redirects:
        return "another model answers from"
    return "retired" if state.ended_at(now) else "retires"


def _proof(quote: str, url: str, page: str, source: str, limit: int) -> Proof:
    stored = f"page {inert(page)[:SHORT_HASH]}" if page else ""
    known = ", ".join(part for part in (f"source {field(source, 60)}" if source else "", stored) if part)
    return Proof(field(quote, limit), shorten(inert_address(url), ADDRESS_LIMIT), known)


def _brought(origin: Origin) -> str:
    by = f", {field(origin.author, 100)}" if origin.author else ""
    until = f", until {origin.expires_on}" if origin.expires_on else ""
    return by + until + (f", as of {origin.as_of:%Y-%m-%d}: no younger reading of it here" if origin.as_of else "")


def _reservations(state: Lifecycle, now: datetime) -> Iterable[str]:
    if state.ends == state.redirects and state.retires:
        yield f"; retires {dated(state.retires, promise=state.promised)}"
    if state.promised:
        yield "; that is a promise, no retirement date"
    if state.overdue(now.date()):
        yield "; overdue, without word of the end"
    if state.unconfirmed:
        yield "; the page no longer shows this date"
    belief = state.belief("retires")
    if belief and belief.disputed:
        yield f"; sources disagree: {listed(tuple(sorted({_said(claim) for claim in belief.disputed})), 3, 40)}"


def _said(claim: Claim) -> str:
    when = when_of(claim.fact)
    return period(when) if when else fact_value(claim.fact) or "no date"
