"""Claims: what is believed, on whose word, now or as of an instant; and the lifecycles they amount to."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from monitor.domain.claims import Claim
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.reconcile.decide import Known


class Claims:
    """The claims and the lifecycles they amount to."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def known(self, source: str, providers: Collection[str]) -> Known:
        """What to decide a reading of *source* on: every claim in force of *providers*, of the source, and of any provider it speaks of."""
        raise NotImplementedError

    def in_force(
        self,
        *,
        providers: Collection[str] | None = None,
        keys: Collection[ModelKey] | None = None,
        lines: Collection[str] | None = None,
        as_of: datetime | None = None,
    ) -> tuple[Claim, ...]:
        """The claims in force (as they were known at *as_of*), of all that is given, oldest first."""
        raise NotImplementedError

    def resolved(
        self,
        *,
        providers: Collection[str] | None = None,
        keys: Collection[ModelKey] | None = None,
        lines: Collection[str] | None = None,
        as_of: datetime | None = None,
    ) -> dict[ModelKey, Lifecycle]:
        """The lifecycles of the claims in force, family rows applied: what `show` needs."""
        raise NotImplementedError

    def pending(self, source: str) -> bool:
        """Whether an unchanged page still matters: a claim misses its second absence, or the newest reading was not good."""
        raise NotImplementedError

    def ending(self) -> tuple[Lifecycle, ...]:
        """The lifecycles that the calendar can bring news of: with a date, a redirect, a replacement, a delisting or a retired stage."""
        raise NotImplementedError

    def rebuild(self) -> int:
        """Recompute the cache of lifecycles from the claims; the number of rows that differed, which must be 0."""
        raise NotImplementedError

    def models(self, like: str = "") -> tuple[ModelKey, ...]:
        """The keys whose model name or line begins with *like*, whatever its case."""
        raise NotImplementedError

    def lines(self) -> list[str]:
        """Every line, sorted: for did-you-mean."""
        raise NotImplementedError
