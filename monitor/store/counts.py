"""Counts over the tables of what is told, for metrics."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from monitor.store.schema import AlertRow, DeliveryRow, EventRow


@dataclass(frozen=True, slots=True)
class Counts:
    """*events* ever written, *alerts* by channel and state, *deliveries* (attempts) by channel and outcome."""

    events: int
    alerts: Mapping[tuple[str, str], int]
    deliveries: Mapping[tuple[str, str], int]


class Counting:
    """The counts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def all(self) -> Counts:
        """All of them; events by their highest number, which append-only rows make their count."""
        events = self._db.execute(select(func.max(EventRow.id))).scalar_one_or_none() or 0
        number = func.count()
        alerts = self._db.execute(select(AlertRow.channel, AlertRow.state, number).group_by(AlertRow.channel, AlertRow.state))
        told = select(AlertRow.channel, DeliveryRow.outcome, number).join(AlertRow, AlertRow.id == DeliveryRow.alert_id)
        deliveries = self._db.execute(told.group_by(AlertRow.channel, DeliveryRow.outcome))
        return Counts(
            events,
            {(channel, state): count for channel, state, count in alerts},
            {(channel, outcome): count for channel, outcome, count in deliveries},
        )
