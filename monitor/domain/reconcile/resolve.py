"""Claims → lifecycle: who is believed when sources, or parts of one page, disagree (DESIGN section 5)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from monitor.domain.claims import Authority, Claim, Place
from monitor.domain.facts import SETS, InStage, NoRetirement, ReplacedBy, Retires, Stage, fact_value, when_of
from monitor.domain.identity import EVERYWHERE, Kind, ModelKey
from monitor.domain.lifecycle import Belief, Lifecycle
from monitor.domain.lines import covers
from monitor.domain.records import DOCUMENT

_LONG_AGO = date(1, 1, 1)
_STAGES = (Stage.UNKNOWN, *(stage for stage in Stage if stage is not Stage.UNKNOWN))
_OF_THE_END = frozenset({"retires", "deprecated", "redirects", "replaced_by"})


def resolve(claims: Iterable[Claim]) -> Lifecycle | None:
    """The lifecycle that claims about one key amount to; None for no claims. Order and repetition do not matter."""
    slots: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.withdrawn_at is None:
            slots[claim.slot].append(claim)
    if not slots:
        return None
    beliefs = tuple((slot, _believe(slot, slots[slot])) for slot in sorted(slots))
    known = [claim for said in slots.values() for claim in said]
    kind = Kind.MODEL if any(claim.statement.kind is Kind.MODEL for claim in known) else Kind.SERVICE
    family = any(claim.statement.family for claim in known) and slots.keys().isdisjoint({"listed", "alias_of"})
    return Lifecycle(known[0].key, kind, beliefs, min(claim.first_seen_at for claim in known), family)


def resolve_all(claims: Iterable[Claim], keys: Iterable[ModelKey] | None = None) -> dict[ModelKey, Lifecycle]:
    """Every lifecycle that *claims* amount to, family rows applied; only those of *keys* where given."""
    grouped: dict[ModelKey, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.withdrawn_at is None:
            grouped[claim.key].append(claim)
    families = tuple(claim for known in grouped.values() for claim in known if claim.statement.family)
    wanted = grouped.keys() if keys is None else [key for key in keys if key in grouped]
    inherited = {key: _with_family(key, grouped[key], families) for key in wanted}
    return {key: found for key, own in inherited.items() if (found := resolve(own))}


def members(family: Claim, families: tuple[Claim, ...], keys: Iterable[ModelKey]) -> list[ModelKey]:
    """The keys among *keys* that a family claim covers, by name and scope alone; a scoped row never speaks of another scope."""
    new_names = _replacements(family, families)
    mine = [key for key in keys if key.provider == family.key.provider and family.key.scope in {EVERYWHERE, key.scope}]
    return [key for key in mine if covers(family.key.model, key.model, new_names)]


def _with_family(key: ModelKey, own: list[Claim], families: tuple[Claim, ...]) -> list[Claim]:
    """A listed model's own claims, and its family's for the end of life where it has none of its own."""
    slots = {claim.slot for claim in own}
    if slots & _OF_THE_END or "listed" not in slots:
        return own
    covering = [claim for claim in families if members(claim, families, [key])]
    nearest = max((len(claim.key.model) for claim in covering), default=0)
    inferred = [
        replace(claim, statement=replace(claim.statement, key=key, family=False), inferred_from=claim.key.model, claim_id=None)
        for claim in covering
        if len(claim.key.model) == nearest
    ]
    return [*own, *inferred]


def _replacements(family: Claim, families: tuple[Claim, ...]) -> list[str]:
    return [claim.fact.model for claim in families if claim.key == family.key and isinstance(claim.fact, ReplacedBy)]


def _believe(slot: str, claims: list[Claim]) -> Belief:
    if len(claims) == 1:
        return Belief((claims[0],), claims[0].first_seen_at)
    claims = sorted(set(claims), key=_order)
    by_source: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_source[claim.source].append(claim)
    newest = {source: _newest_part(own) for source, own in by_source.items()}
    speaking = [claim for part in newest.values() for claim in part]
    top = _heard(speaking)
    chosen = sorted(top, key=_order) if slot in SETS else [_preferred(top)]
    values = {_compared(claim) for claim in chosen}
    disputed = () if slot in SETS else tuple(claim for claim in sorted(top, key=_order) if not _agrees(claim, chosen[0]))
    rest = (claim for claim in claims if claim not in top and _compared(claim) not in values)
    facts = {claim.fact for claim in chosen}
    since = min(claim.first_seen_at for claim in claims if claim.fact in facts)
    return Belief(tuple(_once(chosen)), since, disputed, tuple(sorted(rest, key=_order)))


def _newest_part(claims: list[Claim]) -> list[Claim]:
    """One source against itself: the status table outranks the history, then the later announcement."""
    rank = max(_part(claim) for claim in claims)
    return [claim for claim in claims if _part(claim) == rank]


def _part(claim: Claim) -> tuple[int, int, date]:
    said_on = claim.statement.said_on
    return claim.authority, int(claim.statement.place is Place.STATUS), said_on.starts_on if said_on else _LONG_AGO


def _heard(claims: list[Claim]) -> list[Claim]:
    """The claims of the highest authority that speaks; a field left empty by an API does not silence the provider's own page."""
    claims = _up_to_date(claims)
    rank = max(claim.authority for claim in claims)
    top = [claim for claim in claims if claim.authority == rank]
    if rank == Authority.PROVIDER_API and all(isinstance(claim.fact, NoRetirement) for claim in top):
        page = [claim for claim in claims if claim.authority == Authority.PROVIDER]
        top = page or top
    present = [claim for claim in top if claim.gone_at is None]
    return present or top


def _up_to_date(claims: list[Claim]) -> list[Claim]:
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


def _preferred(claims: list[Claim]) -> Claim:
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


def _agrees(claim: Claim, chosen: Claim) -> bool:
    mine, its = when_of(claim.fact), when_of(chosen.fact)
    if mine is None or its is None:
        return fact_value(claim.fact) == fact_value(chosen.fact) and (mine is None) == (its is None)
    if _promises(claim) and not _promises(chosen):
        return mine.starts_on <= its.ends_on  # the promise is kept
    inside = mine.starts_on <= its.starts_on and its.ends_on <= mine.ends_on
    return mine.bound is its.bound and inside


def _compared(claim: Claim) -> tuple[str, str]:
    when = when_of(claim.fact)
    return fact_value(claim.fact), when.bound.value if when else ""


def _order(claim: Claim) -> tuple[str | int | bool, ...]:
    """A total order, but for the store's number: what is first among equals must not depend on where the claims came from."""
    statement, when = claim.statement, when_of(claim.fact)
    said_on = str(statement.said_on or "")
    first = (claim.slot, fact_value(claim.fact), -claim.authority, claim.source, said_on, statement.quote, str(claim.recorded_at))
    dated = (when.bound.value, str(when.at), getattr(claim.fact, "promise", False)) if when else ("", "", False)
    own = int(statement.authority or 0)
    marks = (statement.place.value, statement.kind.value, own, statement.family, claim.url, claim.page, claim.inferred_from)
    return *first, *dated, *marks, str(claim.first_seen_at), str(claim.missing_since), str(claim.gone_at)


def _once(claims: Iterable[Claim]) -> list[Claim]:
    """One claim per value, the first."""
    first: dict[object, Claim] = {}
    for claim in claims:
        first.setdefault(_compared(claim), claim)
    return list(first.values())
