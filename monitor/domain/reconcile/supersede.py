"""Which claims a reading adds, withdraws, misses or brings back (DESIGN section 5: supersession, vanished rows, delisting)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.domain.claims import VISITED, Claim, Place, Statement, substance
from monitor.domain.facts import Listed, NoRetirement, Retires, slot_of, when_of
from monitor.domain.identity import ModelKey
from monitor.domain.readings import Outcome, Reading, SourceKind
from monitor.domain.when import When

Slot = tuple[ModelKey, str]


@dataclass(frozen=True, slots=True)
class ClaimChanges:
    """New claims, and known ones with another state; claims that stay as they are appear in neither."""

    added: tuple[Claim, ...] = ()
    updated: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class _Visit:
    reading: Reading
    outcome: Outcome
    at: datetime
    bundled: Mapping[Slot, list[Claim]] = field(default_factory=dict)

    def claim(self, statement: Statement, url: str, page: str, stale: Iterable[Claim]) -> Claim:
        """A statement, signed; a value that only changed its place keeps the day it was first seen."""
        brought_along = self.bundled.get((statement.key, slot_of(statement.fact)), ())
        seen = [claim.first_seen_at for claim in (*stale, *brought_along) if claim.fact == statement.fact]
        own = self.reading.source.authority
        authority = min(own, statement.authority or own)  # a page can lower its own word, never raise it
        signed = (statement, self.reading.source.key, authority, url, page, min([*seen, self.at]), self.at)
        return Claim(*signed, origin=self.reading.origin)

    def repeats(self, claim: Claim, said: Statement | None) -> bool:
        """Whether *said* is the claim once more; of what no visit brought only if all else is the same, too."""
        origin = self.reading.origin
        return said is not None and claim.origin == origin and (origin == VISITED or claim.statement.quote == said.quote)


def supersede(reading: Reading, outcome: Outcome, known: Iterable[Claim], at: datetime) -> ClaimChanges:
    """What a good or partial reading does to the claims of its source that are in force; other outcomes change nothing.

    A good one takes the place of all that a release of this program brought along under that source's key.
    """
    if outcome not in {Outcome.GOOD, Outcome.PARTIAL}:
        return ClaimChanges()
    own = [claim for claim in known if claim.source == reading.source.key and claim.withdrawn_at is None]
    replaced = [claim for claim in own if claim.origin.bundled] if outcome is Outcome.GOOD else []
    visit = _Visit(reading, outcome, at, _by_slot(replaced))
    before = _by_slot(claim for claim in own if not (replaced and claim.origin.bundled))
    stated = _stated(reading)
    parts = [_replace(visit, before.get(slot, []), said) for slot, said in stated.items()]
    if outcome is Outcome.GOOD:
        unsaid = [claim for slot, claims in before.items() if slot not in stated for claim in claims]
        parts.append(ClaimChanges(updated=tuple(_misread(visit, unsaid) if reading.correction else _absent(visit, unsaid))))
        parts.append(ClaimChanges(updated=tuple(replace(claim, withdrawn_at=at) for claim in replaced)))
    return ClaimChanges(
        tuple(claim for part in parts for claim in part.added),
        tuple(claim for part in parts for claim in part.updated),
    )


def _by_slot(claims: Iterable[Claim]) -> dict[Slot, list[Claim]]:
    slots: dict[Slot, list[Claim]] = defaultdict(list)
    for claim in claims:
        slots[claim.key, claim.slot].append(claim)
    return slots


Said = tuple[Statement, str, str]


def _stated(reading: Reading) -> dict[Slot, list[Said]]:
    """Slot → statements with address and page; of equal ones the first."""
    stated: dict[Slot, list[Said]] = defaultdict(list)
    seen = set()
    for page, parsed in reading.pages:
        for statement in parsed.statements:
            if (same := substance(statement)) not in seen:
                seen.add(same)
                stated[statement.key, slot_of(statement.fact)].append((statement, statement.link or page.url, page.hash))
    return stated


def _replace(visit: _Visit, before: list[Claim], said: list[Said]) -> ClaimChanges:
    new = {substance(statement): (statement, url, page) for statement, url, page in said}
    said_again = {substance(statement): statement for statement, _, _ in said}
    kept = [claim for claim in before if visit.repeats(claim, said_again.get(substance(claim.statement)))]
    stale = [claim for claim in before if claim not in kept]
    known = {substance(claim.statement) for claim in kept}
    fresh = [item for same, item in new.items() if same not in known]
    if _doubtful_null(visit, fresh, stale):
        return ClaimChanges(updated=tuple(_missing(visit, [claim for claim in stale if isinstance(claim.fact, Retires)])))
    weak = [item for item in fresh if _weakens_the_past(visit, item[0], before)]
    if weak:
        fresh = [item for item in fresh if item not in weak]
        stale = [claim for claim in stale if not _ended(visit, claim)]
    if visit.outcome is Outcome.PARTIAL:
        parts = {_part(statement) for statement, _, _ in fresh}
        stale = [claim for claim in stale if _part(claim.statement) in parts]
    back = [claim for claim in kept if claim.gone_at]
    added = [visit.claim(*item, stale) for item in fresh] + [visit.claim(*new[substance(claim.statement)], [claim]) for claim in back]
    found = [replace(claim, missing_since=None) for claim in kept if claim.missing_since and not claim.gone_at]
    return ClaimChanges(tuple(added), (*(replace(claim, withdrawn_at=visit.at) for claim in (*stale, *back)), *found))


def _part(statement: Statement) -> tuple[Place, When | None]:
    return statement.place, statement.said_on


def _doubtful_null(visit: _Visit, fresh: list[Said], stale: list[Claim]) -> bool:
    """A "no date" after a date: it never counts from a partial reading, and a listing's only from the second good one on."""
    if visit.reading.correction or not any(isinstance(statement.fact, NoRetirement) for statement, _, _ in fresh):
        return False
    dated = [claim for claim in stale if isinstance(claim.fact, Retires)]
    if visit.outcome is Outcome.PARTIAL:
        return bool(dated)
    return visit.reading.source.complete and any(claim.missing_since in {None, visit.at} for claim in dated)


def _weakens_the_past(visit: _Visit, statement: Statement, before: list[Claim]) -> bool:
    """Saying less exactly when a model ended, once it has, never un-retires it: by a bound, a longer period or a lost clock."""
    handed_in = visit.reading.source.kind is SourceKind.RECORD  # a person may take back what a person said
    if visit.reading.correction or handed_in or not isinstance(statement.fact, Retires):
        return False
    new, past = statement.fact.on, [when_of(claim.fact) for claim in before if _ended(visit, claim)]
    if new.is_floor:
        return any(old and new.starts_on <= old.starts_on for old in past)
    return not new.past(visit.at) and any(old and new.starts_on <= old.starts_on and old.ends_on <= new.ends_on for old in past)


def _ended(visit: _Visit, claim: Claim) -> bool:
    """Whether its model is retired on its word."""
    return isinstance(claim.fact, Retires) and not claim.fact.on.is_floor and claim.fact.on.past(visit.at)


def _misread(visit: _Visit, unsaid: list[Claim]) -> list[Claim]:
    """What the older reader saw on these pages and the newer does not; what had left them before stays."""
    hashes, urls = {page.hash for page, _ in visit.reading.pages}, {page.url for page, _ in visit.reading.pages}
    there = {claim.key for claim in unsaid if _awaited(visit, claim) and claim.missing_since is None and claim.url in urls}
    seen = (claim for claim in unsaid if claim.page in hashes or (claim.key in there and claim.url in urls))
    return [replace(claim, withdrawn_at=visit.at) for claim in seen]


def _absent(visit: _Visit, unsaid: list[Claim]) -> list[Claim]:
    return _missing(visit, [claim for claim in unsaid if _awaited(visit, claim)])


def _awaited(visit: _Visit, claim: Claim) -> bool:
    """Whether its absence means something: of a name in a complete listing, of a date ahead in a provider's table.

    An absent field never speaks, nor does what is gone from somebody else's catalogue, or has scrolled off a feed; what a person handed in
    is never complete.
    """
    if visit.reading.source.complete:
        return isinstance(claim.fact, Listed)
    if visit.reading.source.kind in {SourceKind.CATALOGUE, SourceKind.RECORD} or visit.reading.rolling:
        return False
    return isinstance(claim.fact, Retires) and not claim.fact.on.past(visit.at)


def _missing(visit: _Visit, claims: list[Claim]) -> list[Claim]:
    """First good reading without it: missing. Second: gone. Later ones: nothing new."""
    if visit.outcome is Outcome.PARTIAL:
        return []
    first = [replace(claim, missing_since=visit.at) for claim in claims if claim.missing_since is None]
    waiting = [claim for claim in claims if claim.missing_since not in {None, visit.at} and not claim.gone_at]
    return first + [replace(claim, gone_at=visit.at) for claim in waiting]
