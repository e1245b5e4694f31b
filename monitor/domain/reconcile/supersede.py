"""Which claims a reading adds, withdraws, misses or brings back (DESIGN section 5: supersession, vanished rows, delisting)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.domain.claims import Claim, Statement, substance
from monitor.domain.facts import Listed, NoRetirement, Retires, slot_of, when_of
from monitor.domain.identity import ModelKey
from monitor.domain.readings import Outcome, Reading

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

    def claim(self, statement: Statement, url: str, page: str, stale: Iterable[Claim]) -> Claim:
        """A statement, signed; a value that only changed its place keeps the day it was first seen."""
        seen = [claim.first_seen_at for claim in stale if claim.fact == statement.fact]
        authority = statement.authority or self.reading.source.authority
        return Claim(statement, self.reading.source.key, authority, url, page, min([*seen, self.at]), self.at)


def supersede(reading: Reading, outcome: Outcome, known: Iterable[Claim], at: datetime) -> ClaimChanges:
    """What a good or partial reading does to the claims of its source that are in force; other outcomes change nothing."""
    if outcome not in {Outcome.GOOD, Outcome.PARTIAL}:
        return ClaimChanges()
    visit = _Visit(reading, outcome, at)
    before: dict[Slot, list[Claim]] = defaultdict(list)
    for claim in known:
        if claim.source == reading.source.key and claim.withdrawn_at is None:
            before[claim.key, claim.slot].append(claim)
    stated = _stated(reading)
    parts = [_replace(visit, before.get(slot, []), said) for slot, said in stated.items()]
    if outcome is Outcome.GOOD:
        unsaid = [claim for slot, claims in before.items() if slot not in stated for claim in claims]
        parts.append(ClaimChanges(updated=tuple(_absent(visit, unsaid, stated))))
    return ClaimChanges(
        tuple(claim for part in parts for claim in part.added),
        tuple(claim for part in parts for claim in part.updated),
    )


Said = tuple[Statement, str, str]


def _stated(reading: Reading) -> dict[Slot, list[Said]]:
    """Slot → statements with address and page; of equal ones the first."""
    stated: dict[Slot, list[Said]] = defaultdict(list)
    seen = set()
    for page, parsed in reading.pages:
        for statement in parsed.statements:
            if (same := substance(statement)) not in seen:
                seen.add(same)
                stated[statement.key, slot_of(statement.fact)].append((statement, page.url, page.hash))
    return stated


def _replace(visit: _Visit, before: list[Claim], said: list[Said]) -> ClaimChanges:
    new = {substance(statement): (statement, url, page) for statement, url, page in said}
    kept = [claim for claim in before if substance(claim.statement) in new]
    stale = [claim for claim in before if substance(claim.statement) not in new]
    known = {substance(claim.statement) for claim in kept}
    fresh = [item for same, item in new.items() if same not in known]
    if _doubtful_null(visit, fresh, stale):
        return ClaimChanges(updated=tuple(_missing(visit, [claim for claim in stale if isinstance(claim.fact, Retires)])))
    fresh = [item for item in fresh if not _weakens_the_past(visit, item[0], before)]
    if not fresh and stale and (visit.outcome is Outcome.PARTIAL or not kept):
        stale = []
    if visit.outcome is Outcome.PARTIAL:
        places = {statement.place for statement, _, _ in fresh}
        stale = [claim for claim in stale if claim.statement.place in places]
    back = [claim for claim in kept if claim.gone_at]
    added = [visit.claim(*item, stale) for item in fresh] + [visit.claim(*new[substance(claim.statement)], [claim]) for claim in back]
    found = [replace(claim, missing_since=None) for claim in kept if claim.missing_since and not claim.gone_at]
    return ClaimChanges(tuple(added), (*(replace(claim, withdrawn_at=visit.at) for claim in (*stale, *back)), *found))


def _doubtful_null(visit: _Visit, fresh: list[Said], stale: list[Claim]) -> bool:
    """A listing's null after a date counts only from the second good reading on."""
    if not visit.reading.source.complete or not any(isinstance(statement.fact, NoRetirement) for statement, _, _ in fresh):
        return False
    dated = [claim for claim in stale if isinstance(claim.fact, Retires)]
    return bool(dated) and (visit.outcome is Outcome.PARTIAL or any(claim.missing_since is None for claim in dated))


def _weakens_the_past(visit: _Visit, statement: Statement, before: list[Claim]) -> bool:
    """Weakening the bound of a date that has passed never un-retires."""
    when = when_of(statement.fact)
    if not isinstance(statement.fact, Retires) or when is None or not when.is_floor:
        return False
    past = [old for claim in before if isinstance(claim.fact, Retires) and not (old := claim.fact.on).is_floor and old.past(visit.at)]
    return any(when.starts_on <= old.starts_on for old in past)


def _absent(visit: _Visit, unsaid: list[Claim], stated: dict[Slot, list[Said]]) -> list[Claim]:
    source = visit.reading.source
    pages = {page.hash for page, _ in visit.reading.pages}
    if visit.reading.correction:
        return [replace(claim, withdrawn_at=visit.at) for claim in unsaid if claim.page in pages]
    gone = [claim for claim in unsaid if isinstance(claim.fact, Listed) and source.complete]
    listed_still = {key for key, slot in stated if slot == "listed"}
    for claim in unsaid:
        ahead = isinstance(claim.fact, Retires) and not claim.fact.on.past(visit.at)
        if ahead and (not source.complete or claim.key in listed_still):
            gone.append(claim)
    return _missing(visit, gone)


def _missing(visit: _Visit, claims: list[Claim]) -> list[Claim]:
    """First good reading without it: missing. Second: gone. Later ones: nothing new."""
    first = [replace(claim, missing_since=visit.at) for claim in claims if claim.missing_since is None]
    if visit.outcome is Outcome.PARTIAL:
        return []
    second = [replace(claim, gone_at=visit.at) for claim in claims if claim.missing_since and claim.missing_since < visit.at and not claim.gone_at]
    return first + second
