"""Events lie together by their line, so that a model's history is read from a few neighbouring pages, however large the ledger is."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXT, INT = sa.Text(), sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS: dict[str, sa.types.TypeEngine[object]] = {"at": sa.DateTime(timezone=True), "id": INT, "reading_id": INT}
TOLD = ("kind", "provider", "model", "scope", "fact", "before", "after", "source", "quote", "url", "page", "direction", "subject")
COLUMNS = ("id", "at", *TOLD[:4], "line", *TOLD[4:], "reading_id")
KEY = ("line", "at", "id")
KEPT = (("kind", "source"), ("reading_id",))  # the indexes that stay
BEFORE = (("at",), ("line", "at"), ("provider", "model", "at"))
SINCE = (("at", "id"),)


def upgrade() -> None:
    """Lay them by line, moment and number; the numbers stay, and are given by the program from now on."""
    if op.get_bind().dialect.name == "sqlite":
        _lay_anew(KEY)
    else:
        _drop(BEFORE)
        _key_is(KEY)
        op.alter_column("events", "id", server_default=None)
        op.execute("DROP SEQUENCE events_id_seq")
    _index(SINCE)
    op.create_index("ix_events_id", "events", ["id"], unique=True)


def downgrade() -> None:
    """Lay them by number, which the database gives again."""
    if op.get_bind().dialect.name == "sqlite":
        _lay_anew(("id",))
    else:
        op.drop_index("ix_events_id", "events")
        _drop(SINCE)
        _key_is(("id",))
        op.execute("CREATE SEQUENCE events_id_seq OWNED BY events.id")
        op.execute("SELECT setval('events_id_seq', coalesce(max(id), 0) + 1, false) FROM events")
        op.alter_column("events", "id", server_default=sa.text("nextval('events_id_seq')"))
    _index(BEFORE)


def _lay_anew(key: tuple[str, ...]) -> None:
    """Copy the rows in the order of *key*: SQLite keeps a table without row numbers in the order of its primary key.

    The order is that of an index that is there, so that nothing is sorted in memory.
    """
    op.create_table(
        "events_anew",
        *(sa.Column(name, KINDS.get(name, TEXT), nullable=name == "reading_id") for name in COLUMNS),
        sa.PrimaryKeyConstraint(*key, name="pk_events"),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name="fk_events_reading_id"),
        sqlite_with_rowid=key == ("id",),
    )
    names = ", ".join(COLUMNS)
    op.execute(f"INSERT INTO events_anew ({names}) SELECT {names} FROM events ORDER BY {', '.join(key)}")  # noqa: S608 - names of our own
    op.drop_table("events")
    op.rename_table("events_anew", "events")
    _index(KEPT)


def _key_is(key: tuple[str, ...]) -> None:
    op.drop_constraint("pk_events", "events", type_="primary")
    op.create_primary_key("pk_events", "events", list(key))


def _index(indexes: tuple[tuple[str, ...], ...]) -> None:
    for columns in indexes:
        op.create_index(f"ix_events_{'_'.join(columns)}", "events", list(columns))


def _drop(indexes: tuple[tuple[str, ...], ...]) -> None:
    for columns in indexes:
        op.drop_index(f"ix_events_{'_'.join(columns)}", "events")
