"""Claims ↔ columns."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice, repeat
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from monitor.domain.claims import VISITED, Authority, Claim, Origin, Place, Statement
from monitor.domain.identity import Kind
from monitor.store.codec.keys import read_key
from monitor.store.codec.statements import STATEMENT, Spelled, read_said_on, read_stated
from monitor.store.making import maker, turned
from monitor.store.schema import ClaimRow

_KINDS, _PLACES = {kind.value: kind for kind in Kind}, {place.value: place for place in Place}  # faster than asking the classes
_AUTHORITIES = {int(rank): rank for rank in Authority}


def claim_columns(claims: Sequence[Claim], spelled: Spelled) -> dict[str, Sequence[Any]]:
    """The columns of claims, but for the readings that wrote and withdrew them."""
    stated = turned(spelled.rows(claim.statement for claim in claims), len(STATEMENT))
    return {
        **dict(zip(STATEMENT, stated, strict=True)),
        "source": [claim.source for claim in claims],
        "authority": [int(claim.authority) for claim in claims],
        "url": [claim.url for claim in claims],
        "page": [claim.page for claim in claims],
        "first_seen_at": [claim.first_seen_at for claim in claims],
        "recorded_at": [claim.recorded_at for claim in claims],
        "missing_since": [claim.missing_since for claim in claims],
        "gone_at": [claim.gone_at for claim in claims],
        "withdrawn_at": [claim.withdrawn_at for claim in claims],
        "author": [claim.origin.author or None for claim in claims],
        "expires_on": [claim.origin.expires_on for claim in claims],
        "as_of": [claim.origin.as_of for claim in claims],
    }


CLAIM_COLUMNS: list[InstrumentedAttribute[Any]] = [
    *(ClaimRow.provider, ClaimRow.model, ClaimRow.scope),
    *(ClaimRow.fact, ClaimRow.value, ClaimRow.bound, ClaimRow.at, ClaimRow.promise),
    *(ClaimRow.quote, ClaimRow.kind, ClaimRow.place, ClaimRow.said_on, ClaimRow.own_authority, ClaimRow.family),
    *(ClaimRow.author, ClaimRow.expires_on, ClaimRow.as_of, ClaimRow.authority, ClaimRow.source, ClaimRow.url, ClaimRow.page),
    *(ClaimRow.first_seen_at, ClaimRow.recorded_at, ClaimRow.missing_since, ClaimRow.gone_at, ClaimRow.withdrawn_at, ClaimRow.id),
]


def claims_of(found: Sequence[Sequence[Any]]) -> list[Claim]:
    """The claims of CLAIM_COLUMNS, a column at a time: a question about every model has a hundred thousand."""
    if not found:
        return []
    columns = iter(found)
    keys = map(read_key, *islice(columns, 3))
    facts = map(read_stated, *islice(columns, 5))
    quotes, kinds, places, said_on, own, families = islice(columns, 6)
    marks = map(_KINDS.__getitem__, kinds), map(_PLACES.__getitem__, places), map(read_said_on, said_on), map(_AUTHORITIES.get, own)
    statements = map(Statement, keys, facts, quotes, *marks, families, repeat(""))
    origins = map(_read_origin, *islice(columns, 3))
    ranks = map(_AUTHORITIES.__getitem__, next(columns))
    sources, *rest, ids = columns
    return [*map(maker(Claim), statements, sources, ranks, *rest, repeat(""), ids, origins)]


@lru_cache
def _read_origin(author: str | None, expires_on: date | None, as_of: datetime | None) -> Origin:
    visited = author is None and expires_on is None and as_of is None
    return VISITED if visited else Origin(author or "", expires_on, as_of)
