"""A ledger at size: events counted by month, and equal visits rolled up into one."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IN_FORCE = sa.text("withdrawn_at IS NULL")
OPEN_ENDED = sa.text("ends_on IS NOT NULL AND (retires_bound = 'not_before' OR redirects_on IS NOT NULL OR length(retires) < 10)")
POINTERS = (
    ("claims", "reading_id"),
    ("claims", "ended_reading_id"),
    ("events", "reading_id"),
)  # else each reading that goes reads them all
MONTH = {"sqlite": "substr(at, 1, 7)", "postgresql": "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM')"}


def upgrade() -> None:
    """Count what there is; no visit has been rolled up yet."""
    op.create_table(
        "event_months",
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("count", INT, nullable=False),
        sa.PrimaryKeyConstraint("month", "provider", "kind", name="pk_event_months"),
    )
    month = MONTH[op.get_bind().dialect.name]
    counted = f"SELECT {month}, provider, kind, count(*) FROM events GROUP BY 1, 2, 3"  # noqa: S608 - one of two words of our own
    op.execute(f"INSERT INTO event_months (month, provider, kind, count) {counted}")
    with op.batch_alter_table("readings") as readings:
        readings.add_column(sa.Column("merged", INT, nullable=False, server_default="0"))
        readings.add_column(sa.Column("merged_until", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("readings") as readings:
        readings.alter_column("merged", server_default=None)
    for table, column in POINTERS:
        op.create_index(f"ix_{table}_{column}", table, [column])
    _index_families("family", "provider")  # two columns to match, else SQLite takes the index on all claims of a provider
    op.create_index("ix_claims_line_in_force", "claims", ["line"], sqlite_where=IN_FORCE, postgresql_where=IN_FORCE)
    op.create_index("ix_lifecycles_open_ended", "lifecycles", ["ends_on"], sqlite_where=OPEN_ENDED, postgresql_where=OPEN_ENDED)


def downgrade() -> None:
    """Forget the counts, and that a reading stands for several visits."""
    op.drop_index("ix_lifecycles_open_ended", "lifecycles")
    op.drop_index("ix_claims_line_in_force", "claims")
    _index_families("provider")
    for table, column in POINTERS:
        op.drop_index(f"ix_{table}_{column}", table)
    with op.batch_alter_table("readings") as readings:
        readings.drop_column("merged")
        readings.drop_column("merged_until")
    op.drop_table("event_months")


def _index_families(*columns: str) -> None:
    op.drop_index("ix_claims_families", "claims")
    op.create_index("ix_claims_families", "claims", list(columns), sqlite_where=sa.text("family = 1"), postgresql_where=sa.text("family"))
