"""Tables of what was seen: sources, their addresses, the stored pages, and every visit."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.schema.base import Base, Hash, Id, JsonValue


class SourceRow(Base):
    """A source: its schedule, and who is reading it just now (*epoch* fences off a holder that woke up late)."""

    __tablename__ = "sources"

    key: Mapped[str] = mapped_column(primary_key=True)
    next_visit_at: Mapped[datetime | None] = mapped_column(index=True)
    accepted_at: Mapped[datetime | None]
    holder: Mapped[str] = mapped_column(default="")
    epoch: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]


class PageRow(Base):
    """A page by content, as first fetched; *body* is zlib-compressed, NULL once thinned out."""

    __tablename__ = "pages"

    hash: Mapped[Hash] = mapped_column(primary_key=True)
    url: Mapped[str]
    fetched_at: Mapped[datetime]
    content_type: Mapped[str]
    size: Mapped[int]
    body: Mapped[bytes | None]


class AddressRow(Base):
    """One address of a source at its last reading.

    *etag* and *last_modified* are the server's validators, *fetched* the hash of what it sent, *evidence* the stored page that says
    the same, *stated* the digest of what both say.
    """

    __tablename__ = "validators"

    source: Mapped[str] = mapped_column(ForeignKey("sources.key"), primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    fetched: Mapped[Hash]
    evidence: Mapped[Hash] = mapped_column(ForeignKey("pages.hash"))
    stated: Mapped[Hash]


class ReadingRow(Base):
    """One visit.

    *claims* and *skips* are its shape; *skipped_rows* the unread rows, only where they may differ from the visit before; *pages* a
    list of [address, hash of what was fetched, hash of the stored page that says the same]; *unchanged* marks a visit that brought
    no new bytes, *bundled* one that was not ours: a release brought it along, and *read_at* is when somebody else read. *merged*
    counts the equal visits after this one that were rolled up into it, the last of them at *merged_until*.
    """

    __tablename__ = "readings"
    __table_args__ = (Index(None, "source", "outcome", "read_at"), Index(None, "source", "id"))

    id: Mapped[Id]
    source: Mapped[str] = mapped_column(ForeignKey("sources.key"))
    read_at: Mapped[datetime]
    outcome: Mapped[str]
    reason: Mapped[str]
    claims: Mapped[int]
    skipped: Mapped[int]
    skips: Mapped[JsonValue]
    skipped_rows: Mapped[JsonValue | None]
    reader_version: Mapped[int]
    accepted: Mapped[bool]
    correction: Mapped[bool]
    unchanged: Mapped[bool]
    bundled: Mapped[bool]
    merged: Mapped[int]
    merged_until: Mapped[datetime | None]
    pages: Mapped[JsonValue]
