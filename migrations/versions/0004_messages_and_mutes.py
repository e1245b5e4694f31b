"""Alerts leave together, each as urgent as it is; mutes are about models, lines, watches or owners, and say what ended them."""

import json
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
ANY_KEY = "*"


def upgrade() -> None:
    """What was written before is information; an old mute is about a model, whatever its key."""
    with op.batch_alter_table("alerts") as alerts:
        alerts.add_column(sa.Column("severity", sa.Text(), nullable=False, server_default="info"))
        alerts.add_column(sa.Column("batch", sa.Text(), nullable=True))
    with op.batch_alter_table("alerts") as alerts:
        alerts.alter_column("severity", server_default=None)
    op.create_index("ix_alerts_batch", "alerts", ["batch"])
    op.drop_index("ix_acks_provider_model", "acks")
    with op.batch_alter_table("acks") as acks:
        acks.alter_column("model", new_column_name="name", existing_type=sa.Text(), existing_nullable=False)
        acks.add_column(sa.Column("target", sa.Text(), nullable=False, server_default="model"))
        acks.add_column(sa.Column("ends", sa.Text(), nullable=False, server_default="{}"))
        acks.add_column(sa.Column("ended_at", INSTANT, nullable=True))
        acks.add_column(sa.Column("ended_by", sa.Text(), nullable=False, server_default=""))
        acks.add_column(sa.Column("end_reason", sa.Text(), nullable=False, server_default=""))
    _each_ack("SELECT id, while_on AS value FROM acks WHERE while_on IS NOT NULL", "ends", lambda value: _json({ANY_KEY: value}))
    with op.batch_alter_table("acks") as acks:
        acks.drop_column("while_on")
        for name in ("target", "ends", "ended_by", "end_reason"):
            acks.alter_column(name, server_default=None)
    op.create_index("ix_acks_ended_at", "acks", ["ended_at"])


def downgrade() -> None:
    """Keep the mutes that an older program knows: those of a model, which have not been ended."""
    op.drop_index("ix_acks_ended_at", "acks")
    op.execute("DELETE FROM acks WHERE target <> 'model' OR ended_at IS NOT NULL")
    with op.batch_alter_table("acks") as acks:
        acks.add_column(sa.Column("while_on", sa.Text(), nullable=True))
    _each_ack("SELECT id, ends AS value FROM acks WHERE ends <> '{}'", "while_on", lambda value: next(iter(json.loads(value).values())))
    with op.batch_alter_table("acks") as acks:
        for name in ("target", "ends", "ended_at", "ended_by", "end_reason"):
            acks.drop_column(name)
        acks.alter_column("name", new_column_name="model", existing_type=sa.Text(), existing_nullable=False)
    op.create_index("ix_acks_provider_model", "acks", ["provider", "model"])
    op.drop_index("ix_alerts_batch", "alerts")
    with op.batch_alter_table("alerts") as alerts:
        alerts.drop_column("severity")
        alerts.drop_column("batch")


def _each_ack(query: str, column: str, converted: Callable[[str], str]) -> None:
    """Write what became of a value of some acks into another column."""
    acks = sa.table("acks", sa.column("id"), sa.column(column))
    for row in op.get_bind().execute(sa.text(query)).all():
        op.execute(acks.update().where(acks.c.id == row.id).values({column: converted(row.value)}))


def _json(value: dict[str, str]) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
