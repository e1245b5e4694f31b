"""The cache of lifecycles: written with every change, recomputed from the claims by `rebuild`, which must change nothing."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter

import msgspec
from sqlalchemy import Connection, delete, select

from monitor.domain.claims import Claim
from monitor.domain.facts import Stage
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.store.bulk import replacing, write_rows
from monitor.store.codec import CLAIM, Row, Values, claim_row, digest, key_of, key_values
from monitor.store.schema import LifecycleRow
from monitor.store.types import json_text

_KEY = ("provider", "model", "scope")
_COLUMNS = tuple(column.name for column in LifecycleRow.__table__.columns)
Spelling = Callable[[Claim], Row]


class _Said(msgspec.Struct, omit_defaults=True, gc=False):
    """A claim as the cache has it: what nobody has said is left out, which msgspec does in a fraction of the time that it takes here."""

    provider: str
    model: str
    scope: str
    line: str
    kind: str
    fact: str
    slot: str
    value: str
    place: str
    quote: str
    source: str
    authority: int
    url: str
    page: str
    first_seen_at: str
    recorded_at: str
    bound: str | None = None
    promise: bool = False
    said_on: str | None = None
    family: bool = False
    own_authority: int | None = None
    author: str | None = None
    inferred_from: str | None = None
    at: str | None = None
    missing_since: str | None = None
    gone_at: str | None = None
    withdrawn_at: str | None = None
    expires_on: str | None = None
    as_of: str | None = None


def _of(names: Iterable[str]) -> "itemgetter[Row]":
    return itemgetter(*map(CLAIM.index, names))


_SELDOM = _Said.__struct_fields__[23:]
_always, _sometimes, _seldom = _of(_Said.__struct_fields__[:14]), _of(_Said.__struct_fields__[16:22]), _of(_SELDOM)
_NEVER = (None,) * len(_SELDOM)
_iso = lru_cache(datetime.isoformat)  # a reading has one


class _Belief(msgspec.Struct, gc=False):
    """A belief as the cache has it; the first claim chosen stays first, the order of the others means nothing."""

    chosen: Sequence[_Said]
    differences: Sequence[_Said]
    disputed: Sequence[_Said]


class _Body(msgspec.Struct, gc=False):
    """A lifecycle as the cache has it."""

    beliefs: dict[str, _Belief]
    known_since: str


class LifecycleCache:
    """The rows of the cache."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, lifecycles: Collection[Lifecycle], spelling: Spelling = claim_row) -> None:
        """Write lifecycles in place of those of the same keys; *spelling* gives the columns of a claim."""
        write_rows(self._db, LifecycleRow, lifecycle_rows(lifecycles, spelling), on_conflict=replacing(_COLUMNS, _KEY))

    def drop(self, keys: Iterable[ModelKey]) -> None:
        """Forget keys that nothing is believed about any more."""
        for key in keys:
            columns = (LifecycleRow.provider, LifecycleRow.model, LifecycleRow.scope)
            named = [column == key_values(key)[name] for name, column in zip(_KEY, columns, strict=True)]
            self._db.execute(delete(LifecycleRow).where(*named))

    def replace(self, lifecycles: Collection[Lifecycle]) -> int:
        """Make the cache hold exactly *lifecycles*; the number of rows that differed."""
        differing = set(self.differing(lifecycles))
        self.put([lifecycle for lifecycle in lifecycles if lifecycle.key in differing])
        self.drop(differing - {lifecycle.key for lifecycle in lifecycles})
        return len(differing)

    def differing(self, lifecycles: Collection[Lifecycle]) -> list[ModelKey]:
        """The keys, sorted, whose row is not that of *lifecycles*, is missing, or should not be there."""
        new = {lifecycle.key: row for lifecycle, row in zip(lifecycles, lifecycle_rows(lifecycles), strict=True)}
        old = {key_of(row): row._asdict() for row in self._db.execute(select(LifecycleRow))}
        return sorted(key for key in new.keys() | old.keys() if old.get(key) != new.get(key))


def lifecycle_rows(lifecycles: Collection[Lifecycle], spelling: Spelling = claim_row) -> list[Values]:
    """The rows of lifecycles: equal beliefs give equal rows, in any process and on any engine."""
    return [_values(lifecycle, json_text(_body(lifecycle, spelling))) for lifecycle in lifecycles]


def _values(lifecycle: Lifecycle, body: str) -> Values:
    retires, redirects, ends = lifecycle.retires, lifecycle.redirects, lifecycle.ends
    return key_values(lifecycle.key) | {
        "kind": lifecycle.kind.value,
        "family": lifecycle.family,
        "retires_on": retires.first_day if retires else None,
        "retires": retires.value if retires else None,
        "retires_bound": retires.bound.value if retires else None,
        "redirects_on": redirects.first_day if redirects else None,
        "ends_on": ends.first_day if ends else None,
        "ending": bool(ends or lifecycle.replacements or lifecycle.delisted_at or lifecycle.printed_stage is Stage.RETIRED),
        "digest": digest(body),
        "body": body,
    }


def _body(lifecycle: Lifecycle, spelling: Spelling) -> _Body:
    def said(claims: tuple[Claim, ...]) -> Sequence[_Said]:
        return [_said(claim, spelling(claim)) for claim in claims] if claims else ()

    beliefs = {slot: _Belief(said(held.chosen), said(held.differences), said(held.disputed)) for slot, held in lifecycle.beliefs}
    return _Body(beliefs, lifecycle.known_since.isoformat())


def _said(claim: Claim, row: Row) -> _Said:
    seen = _iso(claim.first_seen_at), _iso(claim.recorded_at)
    said = _Said(*_always(row), *seen, *_sometimes(row), claim.inferred_from or None)  # type: ignore[call-arg]  # it cannot count them
    if (seldom := _seldom(row)) != _NEVER:
        for name, value in zip(_SELDOM, seldom, strict=True):
            setattr(said, name, value.isoformat() if value else None)
    return said
