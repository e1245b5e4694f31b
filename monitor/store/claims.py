"""Claims: what is believed, on whose word, now or as of an instant; and the lifecycles they amount to."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, and_, bindparam, case, null, or_, select, text

from monitor.domain.claims import Claim
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.lines import fold
from monitor.domain.readings import Outcome
from monitor.domain.reconcile.resolve import by_key, resolve_all
from monitor.store.bulk import read_columns
from monitor.store.codec import CLAIM_COLUMNS, claims_of, digest, key_of
from monitor.store.schema import OPEN_ENDED, AbsenceRow, ClaimRow, LifecycleRow
from monitor.store.types import UtcDateTime

if TYPE_CHECKING:
    from monitor.domain.reconcile.decide import Known

_MANY = 5000  # names in one statement
_LAST_HOURS = timedelta(days=3)  # a day is over last in UTC-12


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which claims: those that satisfy all that is given."""

    providers: Collection[str] | None = None
    keys: Collection[ModelKey] | None = None
    lines: Collection[str] | None = None

    def given(self) -> dict[str, list[str]]:
        """The same for `_statement`; keys only nearly (by provider and name)."""
        found: dict[str, list[str]] = {}
        if self.providers is not None:
            found["providers"] = [*self.providers]
        if self.keys is not None:
            found["key_providers"] = [*{key.provider for key in self.keys}]
        if self.keys is not None and len(self.keys) < _MANY:
            found["models"] = [*{key.model for key in self.keys}]
        if self.lines is not None:
            found["lines"] = [*self.lines]
        return found

    def among(self, claims: list[Claim]) -> list[Claim]:
        """Those of *claims* that SQL would have left out."""
        return claims if self.keys is None else [claim for claim in claims if claim.key in self.keys]


class Claims:
    """The claims and the lifecycles they amount to."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def known(self, source: str, providers: Collection[str]) -> "Known":
        """What to decide a reading of *source* on: all claims in force of *providers*, and of every provider the source speaks of.

        So the lifecycles that a reading touches are resolved from everybody's words, also where it is silent about a provider now.
        """
        from monitor.domain.reconcile.decide import Known
        from monitor.store.baselines import Baselines
        from monitor.store.readings import Readings

        spoken_of = select(ClaimRow.provider).where(ClaimRow.source == source, ClaimRow.withdrawn_at.is_(None)).distinct()
        concerned = {*providers, *self._db.execute(spoken_of).scalars()}
        return Known(self.in_force(providers=concerned), *Readings(self._db).marks(source), Baselines(self._db).past(source))

    def in_force(
        self,
        *,
        providers: Collection[str] | None = None,
        keys: Collection[ModelKey] | None = None,
        lines: Collection[str] | None = None,
        as_of: datetime | None = None,
    ) -> tuple[Claim, ...]:
        """The claims in force, or those that were at *as_of* as they stood then; of all that is given, oldest first."""
        return tuple(self._claims(_Wanted(providers, keys, lines), as_of))

    def resolved(
        self,
        *,
        providers: Collection[str] | None = None,
        keys: Collection[ModelKey] | None = None,
        lines: Collection[str] | None = None,
        as_of: datetime | None = None,
    ) -> dict[ModelKey, Lifecycle]:
        """The lifecycles of these claims, family rows applied, by key in sorted order."""
        wanted = _Wanted(providers, keys, lines)
        return resolve_all(*self._with_families(wanted, as_of))

    def speaking(self, keys: Collection[ModelKey], as_of: datetime | None = None) -> dict[ModelKey, list[Claim]]:
        """Every claim in force that speaks of each of *keys*, those inferred from family rows among them."""
        return by_key(*self._with_families(_Wanted(keys=keys), as_of))

    def _with_families(self, wanted: _Wanted, as_of: datetime | None) -> tuple[Iterable[Claim], list[ModelKey]]:
        claims = self._claims(wanted, as_of)
        named = {claim.key for claim in claims}
        families = self._found({"families": True, "providers": [*{key.provider for key in named}]}, as_of)
        return {claim.claim_id: claim for claim in (*claims, *families)}.values(), sorted(named)

    def pending(self, source: str) -> bool:
        """Whether an unchanged page still matters: a claim misses its second absence, or the newest reading was not good."""
        from monitor.store.readings import Readings

        last = Readings(self._db).last(source)
        waits = (ClaimRow.missing_since.is_not(None), ClaimRow.gone_at.is_(None), ClaimRow.withdrawn_at.is_(None))
        missing = self._db.execute(select(ClaimRow.id).where(ClaimRow.source == source, *waits).limit(1)).first()
        return missing is not None or (last is not None and last.outcome is not Outcome.GOOD)

    def ending(self) -> tuple[Lifecycle, ...]:
        """The lifecycles that the calendar can bring news of: with a date, a redirect, a replacement, a delisting or a retired stage."""
        rows = self._db.execute(select(LifecycleRow.provider, LifecycleRow.model, LifecycleRow.scope).where(LifecycleRow.ending))
        return tuple(self.resolved(keys={key_of(row) for row in rows}).values())

    def state(self) -> str:
        """A digest of all lifecycles: another one as soon as anything believed about any key is."""
        rows = self._db.execute(select(LifecycleRow.digest).order_by(LifecycleRow.provider, LifecycleRow.model, LifecycleRow.scope))
        return digest("".join(rows.scalars()))

    def ending_lines(self, today: date, until: date | None = None) -> set[str]:
        """The lines with an end that may still be ahead on *today* or be overdue, none of them after *until*."""
        latest = [LifecycleRow.ends_on <= until] if until else []
        exact = select(LifecycleRow.line).where(LifecycleRow.ends_on >= today - _LAST_HOURS, *latest)
        open_ended = select(LifecycleRow.line).where(text(OPEN_ENDED), *latest)
        return set(self._db.execute(exact).scalars()) | set(self._db.execute(open_ended).scalars())

    def rebuild(self) -> int:
        """Recompute the cache of lifecycles from the claims; the number of rows that differed, which must be 0."""
        from monitor.store.lifecycles import LifecycleCache

        return LifecycleCache(self._db).replace(tuple(resolve_all(self.in_force()).values()))

    def models(self, like: str = "") -> tuple[ModelKey, ...]:
        """The keys whose model name or line begins with *like*, whatever its case, sorted."""
        rows = self._db.execute(select(LifecycleRow.provider, LifecycleRow.model, LifecycleRow.scope, LifecycleRow.line))
        start = fold(like)
        return tuple(sorted(key_of(row) for row in rows if row.line.startswith(start) or fold(row.model).startswith(start)))

    def lines(self) -> list[str]:
        """Every line, sorted: for did-you-mean."""
        return sorted(self._db.execute(select(LifecycleRow.line).distinct()).scalars())

    def _claims(self, wanted: _Wanted, as_of: datetime | None) -> list[Claim]:
        return wanted.among(self._found(wanted.given(), as_of))

    def _found(self, given: Mapping[str, object], as_of: datetime | None) -> list[Claim]:
        statement = _statement(*given, as_of=as_of is not None)
        return claims_of(read_columns(self._db, statement, {**given, "instant": as_of} if as_of else given))


@cache
def _statement(*given: str, as_of: bool) -> Select[Any]:
    """The claims in force (or those that were, at an instant) that satisfy what is given; made once, for that takes long."""
    conditions = {
        "providers": ClaimRow.provider.in_(bindparam("providers", expanding=True)),
        "key_providers": ClaimRow.provider.in_(bindparam("key_providers", expanding=True)),
        "models": ClaimRow.model.in_(bindparam("models", expanding=True)),
        "lines": ClaimRow.line.in_(bindparam("lines", expanding=True)),
        "families": and_(ClaimRow.family),
    }
    wanted = _as_known() if as_of else select(*CLAIM_COLUMNS).where(ClaimRow.withdrawn_at.is_(None))
    return wanted.where(*(conditions[name] for name in given)).order_by(ClaimRow.id)


def _as_known() -> Select[Any]:
    """The claims in force at an instant without what happened later, with the absence that ended later if they were missing then."""
    instant = bindparam("instant", type_=UtcDateTime)
    was = {
        "missing_since": case((ClaimRow.missing_since <= instant, ClaimRow.missing_since), else_=AbsenceRow.missing_since),
        "gone_at": case((ClaimRow.gone_at <= instant, ClaimRow.gone_at)),
        "withdrawn_at": null(),
    }
    absent = and_(AbsenceRow.claim_id == ClaimRow.id, AbsenceRow.missing_since <= instant, AbsenceRow.found_at > instant)
    in_force = and_(ClaimRow.recorded_at <= instant, or_(ClaimRow.withdrawn_at.is_(None), ClaimRow.withdrawn_at > instant))
    columns = [was.get(column.key, column) for column in CLAIM_COLUMNS]
    return select(*columns).outerjoin(AbsenceRow, absent).where(in_force)
