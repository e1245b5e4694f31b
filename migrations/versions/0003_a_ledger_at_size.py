"""A ledger at size: events counted by month, and equal visits rolled up into one."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
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
    with op.batch_alter_table("readings") as readings:
        readings.alter_column("merged", server_default=None)


def downgrade() -> None:
    """Forget the counts, and that a reading stands for several visits."""
    with op.batch_alter_table("readings") as readings:
        readings.drop_column("merged")
    op.drop_table("event_months")
