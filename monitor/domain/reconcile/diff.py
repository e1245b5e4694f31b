"""Two lifecycles of one key → the events that lead from the first to the second."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from msgspec import structs

from monitor.domain.claims import Claim
from monitor.domain.events import Event, EventKind
from monitor.domain.facts import PRICES, Fact, SpecName, fact_name, fact_value, when_of
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.when import When

_SPECS = tuple(name.value for name in SpecName)
_PRICES = frozenset(name.value for name in PRICES)


@dataclass(frozen=True, slots=True)
class _Pair:
    before: Lifecycle | None
    after: Lifecycle
    at: datetime

    def values(self, slot: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The values of a slot before and after."""
        old = self.before.belief(slot) if self.before else None
        new = self.after.belief(slot)
        return old.values if old else (), new.values if new else ()

    def event(self, kind: EventKind, slot: str, before: str = "", after: str = "", direction: str = "") -> Event:
        """An event with the evidence of the claim now believed in *slot*."""
        event = Event(kind, self.after.key, self.at, slot, before, after, direction=direction, subject=self.after.kind)
        return with_evidence(event, _last_words(self.before, self.after, slot)[0])


def _last_words(before: Lifecycle | None, after: Lifecycle | None, slot: str) -> list[Claim]:
    """The claims believed in a slot, now and before."""
    return [claim for lifecycle in (after, before) if lifecycle and (claim := lifecycle.claim(slot))]


def with_evidence(event: Event, claim: Claim) -> Event:
    """The event with the claim's source, quote, address and page."""
    return replace(event, source=claim.source, quote=claim.statement.quote, url=claim.url, page=claim.page)


def diff(before: Lifecycle | None, after: Lifecycle, at: datetime) -> tuple[Event, ...]:
    """Every event between two states of one key, in a fixed order; none when nothing is believed differently."""
    pair = _Pair(before, after, at)
    parts = (_listing(pair), _alias(pair), _deprecation(pair), _retirement(pair), _unconfirmed(pair), _redirect(pair))
    return tuple(event for part in (*parts, _replacement(pair), _specs(pair), _disputes(pair)) for event in part)


def corrections(before: Lifecycle | None, after: Lifecycle | None, at: datetime) -> tuple[Event, ...]:
    """What a newer reader reads differently on an old page, slot by slot; no vendor moved anything."""
    slots = sorted({name for lifecycle in (before, after) if lifecycle for name, _ in lifecycle.beliefs})
    return tuple(event for slot in slots for event in _correction(before, after, slot, at))


def _correction(before: Lifecycle | None, after: Lifecycle | None, slot: str, at: datetime) -> Iterator[Event]:
    old, new = (_facts(lifecycle, slot) for lifecycle in (before, after))
    if old.keys() != new.keys():
        claim = _last_words(before, after, slot)[0]
        sides = ";".join(old.values()), ";".join(new.values())
        yield with_evidence(Event(EventKind.CLAIM_CORRECTED, claim.key, at, slot, *sides, subject=claim.statement.kind), claim)


def _facts(lifecycle: Lifecycle | None, slot: str) -> dict[Fact, str]:
    """The facts believed in a slot, each as printed, in the order of the print."""
    belief = lifecycle.belief(slot) if lifecycle else None
    printed = [(_printed(claim.fact), claim.fact) for claim in belief.chosen] if belief else []
    return {fact: text for text, fact in sorted(printed, key=lambda pair: pair[0])}


def _printed(fact: Fact) -> str:
    """A fact's value with its bound; where it has none, its name."""
    return shown(when_of(fact)) or fact_value(fact) or fact_name(fact)


def shown(when: When | None) -> str:
    """A date as events print it: `2026-02-13`, or `not_before:2027-06-09`."""
    if when is None:
        return ""
    return f"{when.bound.value}:{when.value}" if when.is_floor else when.value


def _listing(pair: _Pair) -> Iterator[Event]:
    was = pair.before is not None and pair.before.listed
    if pair.after.listed and not was:
        yield pair.event(EventKind.MODEL_LISTED, "listed")
    if was and not pair.after.listed:
        yield pair.event(EventKind.MODEL_DELISTED, "listed")


def _alias(pair: _Pair) -> Iterator[Event]:
    before, after = pair.values("alias_of")
    if before and after and before != after:
        yield pair.event(EventKind.ALIAS_MOVED, "alias_of", ";".join(before), ";".join(after))


def _deprecation(pair: _Pair) -> Iterator[Event]:
    slot = pair.after.announced_in
    if slot and not (pair.before and pair.before.announced):
        yield pair.event(EventKind.DEPRECATION_ANNOUNCED, slot, "", shown(pair.after.deprecated))


def _retirement(pair: _Pair) -> Iterator[Event]:
    before, after = pair.before.retires if pair.before else None, pair.after.retires
    if before == after or (before and after and _only_forgets_the_clock(before, after)):
        return
    if after is None:
        kind = EventKind.RETIREMENT_CANCELLED if pair.after.cancelled else EventKind.CLAIM_CORRECTED
        yield pair.event(kind, "retires", shown(before))
    elif before is None:
        yield pair.event(EventKind.RETIREMENT_SCHEDULED, "retires", "", shown(after))
    elif after.refines(before) or _blurs(before, after):
        yield pair.event(EventKind.RETIREMENT_REFINED, "retires", shown(before), shown(after))
    else:
        direction = "postponed" if _earliness(after) > _earliness(before) else "brought_forward"
        yield pair.event(EventKind.RETIREMENT_MOVED, "retires", shown(before), shown(after), direction)


def _earliness(when: When) -> tuple[date, bool, datetime]:
    """How early it can be: "not before" a day leaves more time than the day itself."""
    return when.first_day, when.is_floor, when.last_moment


def _blurs(before: When, after: When) -> bool:
    """The same period said less exactly (a month for a day in it) moves nothing."""
    return before.refines(after)


def _only_forgets_the_clock(before: When, after: When) -> bool:
    return after.at is None and structs.replace(before, at=None) == after


def _unconfirmed(pair: _Pair) -> Iterator[Event]:
    when = pair.after.retires
    was = pair.before is not None and pair.before.unconfirmed
    if pair.after.unconfirmed and not was and when and not when.past(pair.at):
        yield pair.event(EventKind.RETIREMENT_UNCONFIRMED, "retires", shown(when), shown(when))


def _redirect(pair: _Pair) -> Iterator[Event]:
    before, after = pair.before.redirects if pair.before else None, pair.after.redirects
    if after and before != after:
        yield pair.event(EventKind.REDIRECT_SCHEDULED, "redirects", shown(before), shown(after))


def _replacement(pair: _Pair) -> Iterator[Event]:
    before, after = pair.values("replaced_by")
    if after and before != after:
        kind = EventKind.REPLACEMENT_CHANGED if before else EventKind.REPLACEMENT_NAMED
        yield pair.event(kind, "replaced_by", ";".join(before), ";".join(after))


def _specs(pair: _Pair) -> Iterator[Event]:
    for slot in _SPECS:
        before, after = pair.values(slot)
        if before and after and before != after:
            kind = EventKind.PRICE_CHANGED if slot in _PRICES else EventKind.SPEC_CHANGED
            yield pair.event(kind, slot, ";".join(before), ";".join(after))


def _disputes(pair: _Pair) -> Iterator[Event]:
    was = set(pair.before.disputed_slots) if pair.before else set()
    for slot in pair.after.disputed_slots:
        if slot not in was:
            yield pair.event(EventKind.DISPUTE_OPENED, slot, *_sides(pair.after, slot))
    for slot in sorted(was - set(pair.after.disputed_slots)):
        yield pair.event(EventKind.DISPUTE_CLOSED, slot, "", ";".join(_facts(pair.after, slot).values()))


def _sides(lifecycle: Lifecycle, slot: str) -> tuple[str, str]:
    """The other sides' values, and the one believed meanwhile."""
    belief = lifecycle.belief(slot)
    others = {_printed(claim.fact) for claim in belief.disputed} if belief else set()
    return ";".join(sorted(others)), ";".join(_facts(lifecycle, slot).values())
