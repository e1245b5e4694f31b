"""Whose word counts in one slot: ranks of sources, parts of a page, and dates that agree (DESIGN section 5)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.domain.claims import Authority, Claim, Place
from monitor.domain.facts import SETS, InStage, NoRetirement, Retires, Stage, fact_value, when_of
from monitor.domain.records import DOCUMENT

_LONG_AGO = date(1, 1, 1)
_STAGES = (Stage.UNKNOWN, *(stage for stage in Stage if stage is not Stage.UNKNOWN))


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who is heard in one slot: by source its newest part, all of those together, the *top* rank of them, and what is *chosen* of that."""

    newest: dict[str, list[Claim]]
    speaking: list[Claim]
    top: list[Claim]
    chosen: list[Claim]
    values: frozenset[tuple[str, str]]


def hear(slot: str, claims: Sequence[Claim]) -> Hearing:
    """The hearing of the claims about one slot of one key, which come in `order`."""
    by_source: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_source[claim.source].append(claim)
    newest = {source: newest_part(own) for source, own in by_source.items()}
    speaking = [claim for own in newest.values() for claim in own]
    top = sorted(heard(speaking), key=order)
    chosen = top if slot in SETS else [preferred(top)]
    return Hearing(newest, speaking, top, chosen, frozenset(map(compared, chosen)))


def newest_part(claims: list[Claim]) -> list[Claim]:
    """One source against itself: the status table outranks the history, then the later announcement."""
    rank = max(part(claim) for claim in claims)
    return [claim for claim in claims if part(claim) == rank]


def part(claim: Claim) -> tuple[int, int, date]:
    said_on = claim.statement.said_on
    return claim.authority, int(claim.statement.place is Place.STATUS), said_on.starts_on if said_on else _LONG_AGO


def heard(claims: list[Claim]) -> list[Claim]:
    """The claims of the highest authority that speaks; a field left empty by an API does not silence the provider's own page."""
    claims = up_to_date(claims)
    rank = max(claim.authority for claim in claims)
    top = [claim for claim in claims if claim.authority == rank]
    if rank == Authority.PROVIDER_API and all(isinstance(claim.fact, NoRetirement) for claim in top):
        page = [claim for claim in claims if claim.authority == Authority.PROVIDER]
        top = page or top
    present = [claim for claim in top if claim.gone_at is None]
    return present or top


def up_to_date(claims: list[Claim]) -> list[Claim]:
    """The claims but for old copies: what a release brought along stands back behind what has been said since.

    Else a listing that nobody here has a key for would outrank the provider's page for ever, with the dates of the day it was copied.
    """
    return [claim for claim in claims if not (claim.origin.bundled and any(_said_since(claim, later) for later in claims))]


def _said_since(copy: Claim, later: Claim) -> bool:
    """Whether a *later* word makes a copy obsolete: the provider's (or one of the copy's own rank) in our own readings, or the provider's
    of a lower rank in a younger copy.
    """
    if copy.origin.as_of is None or later.origin.as_of is None:
        lesser = later.authority < min(copy.authority, Authority.PROVIDER)
        return not (later.origin.bundled or lesser or _written_before(later, copy))
    return Authority.PROVIDER <= later.authority < copy.authority and later.origin.as_of > copy.origin.as_of


def _written_before(document: Claim, copy: Claim) -> bool:
    """Whether a word stands in a document that somebody handed in and that is older than a copy."""
    on, as_of = document.statement.said_on, copy.origin.as_of
    return on is not None and as_of is not None and document.source.startswith(DOCUMENT) and on.ends_on < as_of.date()


def preferred(claims: list[Claim]) -> Claim:
    """The earliest date, the more exact of two that agree; a date before a promise, that before "no date"; the later of two states."""
    return min(claims, key=_urgency)


def _urgency(claim: Claim) -> tuple[int, date, int, int, str, str]:
    when = when_of(claim.fact)
    if when is None:
        advanced = -_STAGES.index(claim.fact.stage) if isinstance(claim.fact, InStage) else 0
        return 2, _LONG_AGO, advanced, 0, fact_value(claim.fact), claim.source
    length = (when.ends_on - when.starts_on).days  # "2026-08" loses to any day of August
    vague = int(when.is_floor) * 2 + int(when.at is None)
    return int(_promises(claim)), when.ends_on, length, vague, when.value, claim.source


def _promises(claim: Claim) -> bool:
    return isinstance(claim.fact, Retires) and claim.fact.promise


def agrees(claim: Claim, chosen: Claim) -> bool:
    mine, its = when_of(claim.fact), when_of(chosen.fact)
    if mine is None or its is None:
        return fact_value(claim.fact) == fact_value(chosen.fact) and (mine is None) == (its is None)
    if _promises(claim) and not _promises(chosen):
        return mine.starts_on <= its.ends_on  # the promise is kept
    inside = mine.starts_on <= its.starts_on and its.ends_on <= mine.ends_on
    return mine.bound is its.bound and inside


def compared(claim: Claim) -> tuple[str, str]:
    when = when_of(claim.fact)
    return fact_value(claim.fact), when.bound.value if when else ""


def order(claim: Claim) -> tuple[str | int | bool, ...]:
    """A total order, but for the store's number: what is first among equals must not depend on where the claims came from."""
    statement, when = claim.statement, when_of(claim.fact)
    said_on = str(statement.said_on or "")
    first = (claim.slot, fact_value(claim.fact), -claim.authority, claim.source, said_on, statement.quote, str(claim.recorded_at))
    dated = (when.bound.value, str(when.at), getattr(claim.fact, "promise", False)) if when else ("", "", False)
    own = int(statement.authority or 0)
    marks = (statement.place.value, statement.kind.value, own, statement.family, claim.url, claim.page, claim.inferred_from)
    return *first, *dated, *marks, str(claim.first_seen_at), str(claim.missing_since), str(claim.gone_at)
