"""The cache of lifecycles: written with every change, recomputed from the claims by `rebuild`, which must change nothing."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import lru_cache
from operator import itemgetter

import msgspec
from sqlalchemy import Connection, delete, select

from monitor.domain.claims import Claim
from monitor.domain.facts import Stage
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Belief, Lifecycle
from monitor.store.bulk import replacing, write_rows
from monitor.store.codec import Values, claim_values, digest, key_of, key_values
from monitor.store.schema import LifecycleRow
from monitor.store.types import json_text

_KEY = ("provider", "model", "scope")
_COLUMNS = tuple(column.name for column in LifecycleRow.__table__.columns)
Spelling = Callable[[Claim], Values]


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


_always = itemgetter(*_Said.__struct_fields__[:14])
_sometimes = itemgetter(*_Said.__struct_fields__[16:22])
_iso = lru_cache(datetime.isoformat)  # a reading has one
_SELDOM = _Said.__struct_fields__[23:]


class LifecycleCache:
    """The rows of the cache."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, lifecycles: Iterable[Lifecycle], values: Spelling = claim_values) -> None:
        """Write lifecycles in place of those of the same keys; *values* gives the columns of a claim."""
        rows = [lifecycle_values(lifecycle, values) for lifecycle in lifecycles]
        write_rows(self._db, LifecycleRow, rows, on_conflict=replacing(_COLUMNS, _KEY))

    def drop(self, keys: Iterable[ModelKey]) -> None:
        """Forget keys that nothing is believed about any more."""
        for key in keys:
            columns = (LifecycleRow.provider, LifecycleRow.model, LifecycleRow.scope)
            named = [column == key_values(key)[name] for name, column in zip(_KEY, columns, strict=True)]
            self._db.execute(delete(LifecycleRow).where(*named))

    def replace(self, lifecycles: Collection[Lifecycle]) -> int:
        """Make the cache hold exactly *lifecycles*; the number of rows that differed."""
        differing = set(self.differing(lifecycles))
        self.put(lifecycle for lifecycle in lifecycles if lifecycle.key in differing)
        self.drop(differing - {lifecycle.key for lifecycle in lifecycles})
        return len(differing)

    def differing(self, lifecycles: Collection[Lifecycle]) -> list[ModelKey]:
        """The keys, sorted, whose row is not that of *lifecycles*, is missing, or should not be there."""
        new = {lifecycle.key: lifecycle_values(lifecycle) for lifecycle in lifecycles}
        old = {key_of(row): row._asdict() for row in self._db.execute(select(LifecycleRow))}
        return sorted(key for key in new.keys() | old.keys() if old.get(key) != new.get(key))


def lifecycle_values(lifecycle: Lifecycle, values: Spelling = claim_values) -> Values:
    """The row of a lifecycle: equal beliefs give equal rows, in any process and on any engine."""
    retires, redirects, ends = lifecycle.retires, lifecycle.redirects, lifecycle.ends
    body = _body(lifecycle, values)
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


def _body(lifecycle: Lifecycle, values: Spelling) -> str:
    beliefs = {slot: _belief(belief, values) for slot, belief in lifecycle.beliefs}
    return json_text({"known_since": lifecycle.known_since.isoformat(), "beliefs": beliefs})


def _belief(belief: Belief, values: Spelling) -> dict[str, list[_Said]]:
    """The claims of a belief; the first one chosen stays first, the order of the others means nothing."""
    parts = {"chosen": belief.chosen, "differences": belief.differences, "disputed": belief.disputed}
    return {name: [_said(claim, values(claim)) for claim in claims] if claims else [] for name, claims in parts.items()}


def _said(claim: Claim, values: Values) -> _Said:
    seen = _iso(claim.first_seen_at), _iso(claim.recorded_at)
    said = _Said(*_always(values), *seen, *_sometimes(values), claim.inferred_from or None)  # type: ignore[call-arg]  # it cannot count them
    for name in _SELDOM:
        if values[name] is not None:
            setattr(said, name, values[name].isoformat())
    return said
