"""What no visit brought: documents and words that people hand in, and readings that a release brings along."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

EXPIRING = sa.text("expires_on IS NOT NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    """Every claim and reading there is came from a visit."""
    with op.batch_alter_table("claims") as claims:
        claims.add_column(sa.Column("author", sa.Text(), nullable=True))
        claims.add_column(sa.Column("expires_on", sa.Date(), nullable=True))
        claims.add_column(sa.Column("as_of", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_claims_expiring", "claims", ["expires_on"], sqlite_where=EXPIRING, postgresql_where=EXPIRING)
    with op.batch_alter_table("readings") as readings:
        readings.add_column(sa.Column("bundled", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("readings") as readings:
        readings.alter_column("bundled", server_default=None)


def downgrade() -> None:
    """Forget how they came here; what was handed in or brought along stays, as if a visit had brought it."""
    op.drop_index("ix_claims_expiring", "claims")
    with op.batch_alter_table("claims") as claims:
        for name in ("author", "expires_on", "as_of"):
            claims.drop_column(name)
    with op.batch_alter_table("readings") as readings:
        readings.drop_column("bundled")
