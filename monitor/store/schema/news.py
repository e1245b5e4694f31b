"""Tables of what is told: events, alerts with their deliveries, and what people muted."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.schema.base import Base, Id, JsonValue


class EventRow(Base):
    """One event, append-only.

    A history is what is asked for most, and the events of a line come years apart: SQLite keeps them side by side, in the order of the
    primary key. So their numbers are given by the writer, of whom there is one at a time.
    """

    __tablename__ = "events"
    __table_args__ = (
        PrimaryKeyConstraint("line", "at", "id"),
        *(Index(None, "id", unique=True), Index(None, "at", "id"), Index(None, "kind", "source")),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str]
    provider: Mapped[str]
    model: Mapped[str]
    scope: Mapped[str]
    line: Mapped[str]
    fact: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    source: Mapped[str]
    quote: Mapped[str]
    url: Mapped[str]
    page: Mapped[str]
    direction: Mapped[str]
    subject: Mapped[str]
    reading_id: Mapped[int | None] = mapped_column(ForeignKey("readings.id"), index=True)


class MonthRow(Base):
    """How many events of a kind a provider had in a month (UTC, as 2026-11): kept with every event, so that a chart reads no event."""

    __tablename__ = "event_months"

    month: Mapped[str] = mapped_column(primary_key=True)
    provider: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class AlertRow(Base):
    """One alert of the outbox; *payload* holds its events and the keys of its lifecycles.

    *batch* is the id of the message it leaves in, given with the first attempt and kept by the others.
    """

    __tablename__ = "alerts"
    __table_args__ = (Index(None, "state", "due_at"),)

    id: Mapped[Id]
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    visible_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    severity: Mapped[str]
    channel: Mapped[str]
    batch: Mapped[str | None] = mapped_column(index=True)
    watch: Mapped[str]
    owner: Mapped[str]
    lead: Mapped[int | None]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[str]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int]
    last_error: Mapped[str]
    payload: Mapped[JsonValue]


class DeliveryRow(Base):
    """One attempt to deliver an alert."""

    __tablename__ = "deliveries"

    id: Mapped[Id]
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), index=True)
    at: Mapped[datetime]
    outcome: Mapped[str]
    detail: Mapped[str]


class AckRow(Base):
    """What a person muted: until an instant, and while the ends of its keys are those of *ends*; *ended_at* once that is over."""

    __tablename__ = "acks"

    id: Mapped[Id]
    target: Mapped[str]
    name: Mapped[str]
    provider: Mapped[str]
    author: Mapped[str]
    reason: Mapped[str]
    created_at: Mapped[datetime]
    until: Mapped[datetime | None]
    ends: Mapped[JsonValue]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    ended_by: Mapped[str]
    end_reason: Mapped[str]
