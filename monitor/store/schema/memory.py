"""Tables of what is believed: claims with their two times, and the lifecycles they amount to."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.schema.base import Base, Hash, Id, partial

# a day alone is over when it has passed; all of these may stay open for long after the day that reminders count to
OPEN_ENDED = "ends_on IS NOT NULL AND (retires_bound = 'not_before' OR redirects_on IS NOT NULL OR length(retires) < 10)"
_IN_FORCE = "withdrawn_at IS NULL"
_EXPIRING = "expires_on IS NOT NULL AND withdrawn_at IS NULL"


class ClaimRow(Base):
    """A claim, in force from *recorded_at* until *withdrawn_at*; *reading_id* wrote it, *ended_reading_id* withdrew it.

    *bound*, *at* and *promise* belong to the date in *value*; *own_authority* is set where the page lowers its own word; *author*,
    *expires_on* and *as_of* say how it came here if no visit brought it.
    """

    __tablename__ = "claims"
    __table_args__ = (
        partial("ix_claims_source_in_force", "source", where=_IN_FORCE),
        partial("ix_claims_provider_in_force", "provider", "model", where=_IN_FORCE),
        partial("ix_claims_line_in_force", "line", where=_IN_FORCE),
        partial("ix_claims_families", "family", "provider", where="family"),
        Index(None, "provider", "model", "recorded_at"),
        Index(None, "line", "recorded_at"),
        partial("ix_claims_expiring", "expires_on", where=_EXPIRING),
    )

    id: Mapped[Id]
    source: Mapped[str] = mapped_column(ForeignKey("sources.key"))
    provider: Mapped[str]
    model: Mapped[str]
    scope: Mapped[str]
    line: Mapped[str]
    kind: Mapped[str]
    fact: Mapped[str]
    slot: Mapped[str]
    value: Mapped[str]
    bound: Mapped[str | None]
    at: Mapped[datetime | None]
    promise: Mapped[bool]
    place: Mapped[str]
    said_on: Mapped[str | None]
    family: Mapped[bool]
    own_authority: Mapped[int | None]
    authority: Mapped[int]
    quote: Mapped[str]
    url: Mapped[str]
    page: Mapped[Hash] = mapped_column(ForeignKey("pages.hash"), index=True)
    first_seen_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    missing_since: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    author: Mapped[str | None]
    expires_on: Mapped[date | None]
    as_of: Mapped[datetime | None]
    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"), index=True)
    ended_reading_id: Mapped[int | None] = mapped_column(ForeignKey("readings.id"), index=True)


class AbsenceRow(Base):
    """A claim's value was missing from its source for a while and came back: what `missing_since` said before it was cleared."""

    __tablename__ = "absences"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), primary_key=True)
    missing_since: Mapped[datetime] = mapped_column(primary_key=True)
    found_at: Mapped[datetime]


class LifecycleRow(Base):
    """The cache: one resolved lifecycle. *body* is canonical JSON, *digest* its SHA-256; `rebuild` must find nothing to change.

    *ends_on* is the first day that reminders count to; *ending* says that the calendar can bring news of it.
    """

    __tablename__ = "lifecycles"
    __table_args__ = (partial("ix_lifecycles_open_ended", "ends_on", where=OPEN_ENDED),)

    provider: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    family: Mapped[bool]
    retires_on: Mapped[date | None]
    retires: Mapped[str | None]
    retires_bound: Mapped[str | None]
    redirects_on: Mapped[date | None]
    ends_on: Mapped[date | None] = mapped_column(index=True)
    ending: Mapped[bool] = mapped_column(index=True)
    digest: Mapped[Hash]
    body: Mapped[str]
