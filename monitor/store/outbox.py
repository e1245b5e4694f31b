"""The outbox: alerts written in the transaction of the change, leased for delivery, marked after it."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from monitor.domain.policy import Alert
from monitor.store.views import AlertState, AlertView, Waiting


class Outbox:
    """Alerts not yet delivered, and what became of the others."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, alerts: Iterable[Alert]) -> int:
        """Write the alerts whose idempotency key is new, due at once; how many those were."""
        raise NotImplementedError

    def sent_keys(self, prefix: str = "remind:") -> frozenset[str]:
        """The idempotency keys with *prefix* ever written."""
        raise NotImplementedError

    def claim_due(self, now: datetime, *, limit: int, lease: timedelta, channels: Collection[str] | None = None) -> list[Waiting]:
        """Lease the alerts due at *now* (an expired lease is due again), longest due first; their lifecycles are those of now."""
        raise NotImplementedError

    def delivered(self, alert_id: int, at: datetime, detail: str = "") -> None:
        """It arrived."""
        raise NotImplementedError

    def retry(self, alert_id: int, at: datetime, next_at: datetime, error: str) -> None:
        """It did not arrive; due again at *next_at*."""
        raise NotImplementedError

    def give_up(self, alert_id: int, at: datetime, error: str) -> None:
        """It never will."""
        raise NotImplementedError

    def listing(self, state: AlertState | None = None, limit: int = 100) -> tuple[AlertView, ...]:
        """The newest alerts (in one state), newest first."""
        raise NotImplementedError

    def find(self, visible_id: str) -> AlertView | None:
        """The alert with the id a person sees, with its deliveries."""
        raise NotImplementedError
