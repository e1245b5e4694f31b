"""The cache of lifecycles: written with every change, recomputed from the claims by `rebuild`, which must change nothing."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, delete, select

from monitor.domain.claims import Claim
from monitor.domain.facts import Stage
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.store.bulk import replacing, write_rows
from monitor.store.codec import Row, Spelling, Values, digest, key_of, key_values, statement_row
from monitor.store.schema import LifecycleRow
from monitor.store.types import clean_text, json_text

_KEY = ("provider", "model", "scope")
_COLUMNS = tuple(column.name for column in LifecycleRow.__table__.columns)


# A claim as the cache has it: what nobody has said is left out, which msgspec does in a fraction of the time that it takes here.
_SAID = (
    *("as_of", "at", "author", "authority", "bound", "expires_on", "fact", "family", "first_seen_at", "gone_at", "inferred_from", "kind"),
    *("line", "missing_since", "model", "own_authority", "page", "place", "promise", "provider", "quote", "recorded_at", "said_on"),
    *("scope", "slot", "source", "url", "value", "withdrawn_at"),
)
_Said = msgspec.defstruct("_Said", [(name, str | int | None, None) for name in _SAID], omit_defaults=True, gc=False)
_iso = lru_cache(datetime.isoformat)  # a reading has one


class _Belief(msgspec.Struct, gc=False):
    """A belief as the cache has it; the first claim chosen stays first, the order of the others means nothing."""

    chosen: list[msgspec.Struct]
    differences: list[msgspec.Struct]
    disputed: list[msgspec.Struct]


class _Body(msgspec.Struct, gc=False):
    """A lifecycle as the cache has it."""

    beliefs: dict[str, _Belief]
    known_since: str


class LifecycleCache:
    """The rows of the cache."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, lifecycles: Collection[Lifecycle], spelling: Spelling = statement_row) -> None:
        """Write lifecycles in place of those of the same keys; *spelling* gives the columns of a statement."""
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


def lifecycle_rows(lifecycles: Collection[Lifecycle], spelling: Spelling = statement_row) -> list[Values]:
    """The rows of lifecycles: equal beliefs give equal rows, in any process and on any engine."""
    return [_values(lifecycle, json_text(_body(lifecycle, spelling))) for lifecycle in lifecycles]


def _values(lifecycle: Lifecycle, body: str) -> Values:
    retires, redirects, ends = lifecycle.retires, lifecycle.redirects, lifecycle.ends
    return {
        **key_values(lifecycle.key),
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
    def said(claims: tuple[Claim, ...]) -> list[msgspec.Struct]:
        return [_said(claim, spelling(claim.statement)) for claim in claims]

    beliefs = {
        slot: _Belief(said(held.chosen), said(held.differences) if held.differences else [], said(held.disputed) if held.disputed else [])
        for slot, held in lifecycle.beliefs
    }
    return _Body(beliefs, _iso(lifecycle.known_since))


def _said(claim: Claim, stated: Row) -> msgspec.Struct:
    provider, model, scope, line, kind, fact, slot, value, bound, at, promise, place, said_on, family, own_authority, quote = stated
    origin = claim.origin
    return _Said(
        origin.as_of and origin.as_of.isoformat(),
        at and at.isoformat(),
        clean_text(origin.author) if origin.author else None,
        int(claim.authority),
        bound,
        origin.expires_on and origin.expires_on.isoformat(),
        fact,
        family or None,
        _iso(claim.first_seen_at),
        claim.gone_at and _iso(claim.gone_at),
        claim.inferred_from or None,
        kind,
        line,
        claim.missing_since and _iso(claim.missing_since),
        model,
        own_authority,
        claim.page,
        place,
        promise or None,
        provider,
        quote,
        _iso(claim.recorded_at),
        said_on,
        scope,
        slot,
        claim.source,
        clean_text(claim.url),
        value,
        claim.withdrawn_at and _iso(claim.withdrawn_at),
    )
