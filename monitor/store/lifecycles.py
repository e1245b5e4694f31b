"""The cache of lifecycles: written with every change, recomputed from the claims by `rebuild`, which must change nothing."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from monitor.domain.claims import Claim
from monitor.domain.facts import Stage
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Belief, Lifecycle
from monitor.store.codec import Values, claim_values, digest, key_of, key_values
from monitor.store.schema import LifecycleRow
from monitor.store.types import json_text

_KEY = ("provider", "model", "scope")


class LifecycleCache:
    """The rows of the cache."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, lifecycles: Iterable[Lifecycle]) -> None:
        """Write lifecycles in place of those of the same keys."""
        rows = [lifecycle_values(lifecycle) for lifecycle in lifecycles]
        if rows:
            upsert = insert(LifecycleRow)
            new = {name: upsert.excluded[name] for name in rows[0] if name not in _KEY}
            self._db.execute(upsert.on_conflict_do_update(index_elements=_KEY, set_=new), rows)

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


def lifecycle_values(lifecycle: Lifecycle) -> Values:
    """The row of a lifecycle: equal beliefs give equal rows, in any process and on any engine."""
    retires, redirects, ends = lifecycle.retires, lifecycle.redirects, lifecycle.ends
    body = _body(lifecycle)
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


def _body(lifecycle: Lifecycle) -> str:
    beliefs = {slot: _belief(belief) for slot, belief in lifecycle.beliefs}
    return json_text({"known_since": lifecycle.known_since.isoformat(), "beliefs": beliefs})


def _belief(belief: Belief) -> dict[str, list[Values]]:
    """The claims of a belief; the first one chosen stays first, the order of the others means nothing."""
    parts = {"chosen": belief.chosen, "disputed": belief.disputed, "differences": belief.differences}
    return {name: [_said(claim) for claim in claims] for name, claims in parts.items()}


def _said(claim: Claim) -> Values:
    values = claim_values(claim) | {"inferred_from": claim.inferred_from or None}
    said = {name: value for name, value in values.items() if value is not None and value is not False}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}
