"""Claims ↔ columns."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice, repeat
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from monitor.domain.claims import VISITED, Authority, Claim, Origin, Place, Statement
from monitor.domain.identity import Kind
from monitor.store.codec.keys import Row, read_key
from monitor.store.codec.statements import STATEMENT, read_said_on, read_stated, statement_row
from monitor.store.making import maker
from monitor.store.schema import ClaimRow
from monitor.store.types import clean_text

_SIGNED = ("source", "authority", "url", "page", "first_seen_at", "recorded_at", "missing_since", "gone_at", "withdrawn_at")
CLAIM = (*STATEMENT, *_SIGNED, "author", "expires_on", "as_of")
_KINDS, _PLACES = {kind.value: kind for kind in Kind}, {place.value: place for place in Place}  # faster than asking the classes
_AUTHORITIES = {int(rank): rank for rank in Authority}


def claim_row(claim: Claim, stated: Row = ()) -> Row:
    """The columns CLAIM: all but the readings that wrote and withdrew it; *stated* are those of its statement."""
    origin = claim.origin
    return (
        *(stated or statement_row(claim.statement)),
        claim.source,
        int(claim.authority),
        clean_text(claim.url),
        claim.page,
        claim.first_seen_at,
        claim.recorded_at,
        claim.missing_since,
        claim.gone_at,
        claim.withdrawn_at,
        clean_text(origin.author) or None,
        origin.expires_on,
        origin.as_of,
    )


class Spelled:
    """The columns of statements and claims, each made once for all that one write needs them for: its digest, its row, the cache."""

    def __init__(self) -> None:
        self._made: dict[int, Row] = {}  # by identity, which needs no hashing of what it says
        self._kept: list[object] = []  # as long as it lives, nothing else has its id

    def statement(self, statement: Statement) -> Row:
        """As `statement_row`."""
        return self._made.get(id(statement)) or self._keep(statement, statement_row(statement))

    def claim(self, claim: Claim) -> Row:
        """As `claim_row`."""
        return self._made.get(id(claim)) or self._keep(claim, claim_row(claim, self.statement(claim.statement)))

    def _keep(self, value: object, made: Row) -> Row:
        self._made[id(value)] = made
        self._kept.append(value)
        return made


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
