"""Claims → lifecycle: who is believed when sources, or parts of one page, disagree (DESIGN section 5)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from msgspec import structs

from monitor.domain.claims import Claim
from monitor.domain.facts import SETS, ReplacedBy
from monitor.domain.identity import EVERYWHERE, Kind, ModelKey
from monitor.domain.lifecycle import Belief, Lifecycle
from monitor.domain.lines import covers
from monitor.domain.reconcile.ranks import agrees, compared, hear, order

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
    return {key: found for key, own in by_key(claims, keys).items() if (found := resolve(own))}


def by_key(claims: Iterable[Claim], keys: Iterable[ModelKey] | None = None) -> dict[ModelKey, list[Claim]]:
    """The claims in force that speak of each key, those inferred from family rows among them; only those of *keys* where given."""
    grouped: dict[ModelKey, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.withdrawn_at is None:
            grouped[claim.key].append(claim)
    families = tuple(claim for known in grouped.values() for claim in known if claim.statement.family)
    wanted = grouped.keys() if keys is None else [key for key in keys if key in grouped]
    return {key: _with_family(key, grouped[key], families) for key in wanted}


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
        replace(claim, statement=structs.replace(claim.statement, key=key, family=False), inferred_from=claim.key.model, claim_id=None)
        for claim in covering
        if len(claim.key.model) == nearest
    ]
    return [*own, *inferred]


def _replacements(family: Claim, families: tuple[Claim, ...]) -> list[str]:
    return [claim.fact.model for claim in families if claim.key == family.key and isinstance(claim.fact, ReplacedBy)]


def _believe(slot: str, claims: list[Claim]) -> Belief:
    if len(claims) == 1:
        return Belief((claims[0],), claims[0].first_seen_at)
    claims = sorted(set(claims), key=order)
    hearing = hear(slot, claims)
    top, chosen = hearing.top, hearing.chosen
    disputed = () if slot in SETS else tuple(claim for claim in top if not agrees(claim, chosen[0]))
    rest = (claim for claim in claims if claim not in top and compared(claim) not in hearing.values)
    facts = {claim.fact for claim in chosen}
    since = min(claim.first_seen_at for claim in claims if claim.fact in facts)
    return Belief(tuple(_once(chosen)), since, disputed, tuple(sorted(rest, key=order)))


def _once(claims: Iterable[Claim]) -> list[Claim]:
    """One claim per value, the first."""
    first: dict[object, Claim] = {}
    for claim in claims:
        first.setdefault(compared(claim), claim)
    return list(first.values())
