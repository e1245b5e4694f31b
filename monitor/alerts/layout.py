"""The parts of a message's body: what is known of a model, the evidence, and how much of it fits; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.alerts.inert import cost, field, inert, inert_address, listed, shorten
from monitor.alerts.wording import countdown, dated, period, place, said_by, scope_words, surface_note
from monitor.domain.claims import Claim, Origin
from monitor.domain.events import Event
from monitor.domain.facts import fact_value, when_of
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.when import When

BODY_LIMIT = 2900
QUOTE_LIMIT = 300
SHORT_HASH = 12


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote, its address, the hash of the stored page and the source that read it."""

    quote: str
    url: str
    page: str
    source: str

    def told(self, limit: int = QUOTE_LIMIT, between: str = "\n") -> str:
        """Two lines: the quote, and where it stands; "" where there is neither."""
        quote = f"“{field(self.quote, limit)}”" if self.quote else ""
        stored = f"page {inert(self.page)[:SHORT_HASH]}" if self.page else ""
        known = ", ".join(part for part in (f"source {field(self.source, 60)}" if self.source else "", stored) if part)
        where = f"{shorten(inert_address(self.url), 500)} ({known})" if self.url and known else inert_address(self.url) or known
        return between.join(line for line in (quote, where) if line)


def of_event(event: Event) -> Evidence:
    """The evidence that an event carries."""
    return Evidence(event.quote, event.url, event.page, event.source)


def of_claim(claim: Claim) -> Evidence:
    """The evidence that a claim carries."""
    return Evidence(claim.statement.quote, claim.url, claim.page, claim.source)


def end_claim(state: Lifecycle) -> Claim | None:
    """The claim with the date that reminders count to."""
    claims = (state.claim(slot) for slot in ("redirects", "retires"))
    return next((claim for claim in claims if claim and state.ends and when_of(claim.fact) == state.ends), None)


def about_key(key: ModelKey) -> list[str]:
    """Which model, where, and how narrowed."""
    scope = [f"Scope: {scope_words(key.scope)}"] if key.scope else []
    return [f"Model: {field(key.model, 100)}", f"Where: {place(key.provider)}", *scope]


def about_state(state: Lifecycle, now: datetime) -> list[str]:
    """When it ends, and what to use instead."""
    when = when_words(state, now)
    replacements = listed(state.replacements, 5, 60)
    return [*([f"When: {when}"] if when else []), *([f"Replacement: {replacements}"] if replacements else [])]


def about_claim(claim: Claim) -> list[str]:
    """Since when it is known, on whose word."""
    inferred = [f"Inferred: the page names the family {field(claim.inferred_from, 100)}"] if claim.inferred_from else []
    said = f"Said by: {said_by(claim.authority, claim.source)}{_brought(claim.origin)}"
    return [f"Known since: {claim.first_seen_at:%Y-%m-%d}", said, *inferred]


def _brought(origin: Origin) -> str:
    by = f", {field(origin.author, 100)}" if origin.author else ""
    until = f", until {origin.expires_on}" if origin.expires_on else ""
    return by + until + (f", as of {origin.as_of:%Y-%m-%d}: no younger reading of it here" if origin.as_of else "")


def note(key: ModelKey) -> list[str]:
    """What to know about the surface before acting."""
    words = surface_note(key.provider)
    return [f"Note: {words}"] if words else []


def when_words(state: Lifecycle, now: datetime) -> str:
    """The end believed, with the days left and every reservation; "" where nothing is said of an end."""
    end, today = state.ends, now.date()
    if end is None:
        return "no date announced" if state.announced or state.cancelled else ""
    first = f"{_verb(state, end, now)} {dated(end, promise=state.promised)} ({countdown(end, today)})"
    return first + "".join(_reservations(state, now))


def _verb(state: Lifecycle, end: When, now: datetime) -> str:
    if end == state.redirects:
        return "another model answers from"
    return "retired" if state.ended_at(now) else "retires"


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


def fitted(items: Sequence[str], room: int, more: str) -> list[str]:
    """The first items that fit in *room*, and a line that counts the rest exactly."""
    kept: list[str] = []
    spent = 0
    for number, item in enumerate(items, 1):
        reserve = 0 if number == len(items) else len(more) + 12
        if spent + cost(item) + 1 + reserve > room:
            break
        kept.append(item)
        spent += cost(item) + 1
    rest = len(items) - len(kept)
    return [*kept, f"+{rest} {more}"] if rest else kept


def body(happened: Sequence[str], known: Sequence[str], proofs: Sequence[str], foot: Sequence[str]) -> str:
    """The parts as one text of at most `BODY_LIMIT`: the first of what happened and of the evidence always stands in it."""
    fixed = [*happened[:1], *known, *proofs[:1], *foot]
    room = BODY_LIMIT - sum(cost(line) + 2 for line in fixed)
    told = [*happened[:1], *fitted(happened[1:], max(room - 100, 0), "more changes")]
    room -= sum(cost(line) + 1 for line in told[1:])
    evidence = [*proofs[:1], *fitted(proofs[1:], max(room, 0), "more quotes")]
    blocks = ["\n".join(told), "\n".join(known), "\n".join(evidence), "\n".join(foot)]
    return "\n\n".join(block for block in blocks if block)
