"""The ledger: sources, pages, readings, claims, lifecycles, events, the outbox and acks."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT, INSTANT, HASH, BOOL = sa.Text(), sa.DateTime(timezone=True), sa.String(64), sa.Boolean()
INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("sources", "pages", "validators", "readings", "claims", "absences", "lifecycles", "events", "alerts", "deliveries", "acks")


def need(kind: Any, *names: str) -> list[sa.Column[Any]]:  # noqa: ANN401 - any type of SQLAlchemy's
    """Columns that always have a value."""
    return [sa.Column(name, kind, nullable=False) for name in names]


def may(kind: Any, *names: str) -> list[sa.Column[Any]]:  # noqa: ANN401 - any type of SQLAlchemy's
    """Columns that may be empty."""
    return [sa.Column(name, kind, nullable=True) for name in names]


def points(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A foreign key, named by the convention."""
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def index(table: str, *columns: str) -> None:
    """An index, named by the convention."""
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def upgrade() -> None:
    """Create every table."""
    _what_was_seen()
    _claims()
    _lifecycles()
    _events()
    _outbox()


def downgrade() -> None:
    """Drop every table: the database is empty again."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _what_was_seen() -> None:
    op.create_table(
        "sources",
        *need(TEXT, "key"),
        *may(INSTANT, "next_visit_at", "accepted_at"),
        *need(TEXT, "holder"),
        *need(INT, "epoch"),
        *may(INSTANT, "lease_until"),
        sa.PrimaryKeyConstraint("key", name="pk_sources"),
    )
    index("sources", "next_visit_at")
    op.create_table(
        "pages",
        *need(HASH, "hash"),
        *need(TEXT, "url"),
        *need(INSTANT, "fetched_at"),
        *need(TEXT, "content_type"),
        *need(INT, "size"),
        *may(sa.LargeBinary(), "body"),
        sa.PrimaryKeyConstraint("hash", name="pk_pages"),
    )
    op.create_table(
        "validators",
        *need(TEXT, "source", "url"),
        *may(TEXT, "etag", "last_modified"),
        *need(HASH, "fetched", "evidence", "stated"),
        sa.PrimaryKeyConstraint("source", "url", name="pk_validators"),
        points("validators", "source", "sources.key"),
        points("validators", "evidence", "pages.hash"),
    )
    op.create_table(
        "readings",
        *need(INT, "id"),
        *need(TEXT, "source"),
        *need(INSTANT, "read_at"),
        *need(TEXT, "outcome", "reason"),
        *need(INT, "claims", "skipped"),
        *need(TEXT, "skips"),
        *may(TEXT, "skipped_rows"),
        *need(INT, "reader_version"),
        *need(BOOL, "accepted", "correction", "unchanged"),
        *need(TEXT, "pages"),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        points("readings", "source", "sources.key"),
    )
    index("readings", "source", "outcome", "read_at")
    index("readings", "source", "id")


def _claims() -> None:
    op.create_table(
        "claims",
        *need(INT, "id"),
        *need(TEXT, "source", "provider", "model", "scope", "line", "kind", "fact", "slot", "value"),
        *may(TEXT, "bound"),
        *may(INSTANT, "at"),
        *need(BOOL, "promise"),
        *need(TEXT, "place"),
        *may(TEXT, "said_on"),
        *need(BOOL, "family"),
        *may(INT, "own_authority"),
        *need(INT, "authority"),
        *need(TEXT, "quote", "url"),
        *need(HASH, "page"),
        *need(INSTANT, "first_seen_at", "recorded_at"),
        *may(INSTANT, "missing_since", "gone_at", "withdrawn_at"),
        *need(INT, "reading_id"),
        *may(INT, "ended_reading_id"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
        points("claims", "source", "sources.key"),
        points("claims", "page", "pages.hash"),
        points("claims", "reading_id", "readings.id"),
        points("claims", "ended_reading_id", "readings.id"),
    )
    in_force = sa.text("withdrawn_at IS NULL")
    op.create_index("ix_claims_source_in_force", "claims", ["source"], sqlite_where=in_force, postgresql_where=in_force)
    op.create_index("ix_claims_provider_in_force", "claims", ["provider", "model"], sqlite_where=in_force, postgresql_where=in_force)
    op.create_index("ix_claims_families", "claims", ["provider"], sqlite_where=sa.text("family = 1"), postgresql_where=sa.text("family"))
    index("claims", "provider", "model", "recorded_at")
    index("claims", "line", "recorded_at")
    index("claims", "page")
    op.create_table(
        "absences",
        *need(INT, "claim_id"),
        *need(INSTANT, "missing_since", "found_at"),
        sa.PrimaryKeyConstraint("claim_id", "missing_since", name="pk_absences"),
        points("absences", "claim_id", "claims.id"),
    )


def _lifecycles() -> None:
    op.create_table(
        "lifecycles",
        *need(TEXT, "provider", "model", "scope", "line", "kind"),
        *need(BOOL, "family"),
        *may(sa.Date(), "retires_on"),
        *may(TEXT, "retires", "retires_bound"),
        *may(sa.Date(), "redirects_on", "ends_on"),
        *need(BOOL, "ending"),
        *need(HASH, "digest"),
        *need(TEXT, "body"),
        sa.PrimaryKeyConstraint("provider", "model", "scope", name="pk_lifecycles"),
    )
    index("lifecycles", "line")
    index("lifecycles", "ends_on")
    index("lifecycles", "ending")


def _events() -> None:
    op.create_table(
        "events",
        *need(INT, "id"),
        *need(INSTANT, "at"),
        *need(
            TEXT,
            "kind",
            "provider",
            "model",
            "scope",
            "line",
            "fact",
            "before",
            "after",
            "source",
            "quote",
            "url",
            "page",
            "direction",
            "subject",
        ),
        *may(INT, "reading_id"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        points("events", "reading_id", "readings.id"),
    )
    index("events", "at")
    index("events", "line", "at")
    index("events", "provider", "model", "at")
    index("events", "kind", "source")


def _outbox() -> None:
    op.create_table(
        "alerts",
        *need(INT, "id"),
        *need(TEXT, "idempotency_key", "visible_id", "kind", "channel", "watch", "owner"),
        *may(INT, "lead"),
        *need(INSTANT, "created_at", "due_at"),
        *need(TEXT, "state"),
        *may(INSTANT, "lease_until"),
        *need(INT, "attempts"),
        *need(TEXT, "last_error", "payload"),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.UniqueConstraint("idempotency_key", name="uq_alerts_idempotency_key"),
    )
    index("alerts", "visible_id")
    index("alerts", "state", "due_at")
    op.create_table(
        "deliveries",
        *need(INT, "id", "alert_id"),
        *need(INSTANT, "at"),
        *need(TEXT, "outcome", "detail"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        points("deliveries", "alert_id", "alerts.id"),
    )
    index("deliveries", "alert_id")
    op.create_table(
        "acks",
        *need(INT, "id"),
        *need(TEXT, "provider", "model", "author", "reason"),
        *need(INSTANT, "created_at"),
        *may(INSTANT, "until"),
        *may(TEXT, "while_on"),
        sa.PrimaryKeyConstraint("id", name="pk_acks"),
    )
    index("acks", "provider", "model")
