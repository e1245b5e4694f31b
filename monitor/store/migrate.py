"""Alembic, behind three functions; imported only when a schema is looked at or changed."""

from pathlib import Path

from sqlalchemy import Connection, inspect, select, table
from sqlalchemy import column as column_named

from monitor.errors import SchemaMismatch, StoreError
from monitor.store.schema import REVISION

_VERSIONS = table("alembic_version", column_named("version_num"))


def scripts() -> Path:
    """The folder of the migrations: inside an installed package, else beside it."""
    package = Path(__file__).parent.parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def current(connection: Connection) -> str | None:
    """The database's revision; None where none was ever applied."""
    if not inspect(connection).has_table(_VERSIONS.name):
        return None
    return connection.execute(select(_VERSIONS.c.version_num)).scalar_one_or_none()


def upgrade(connection: Connection) -> None:
    """Apply what is missing, inside the transaction of *connection*; SchemaMismatch for a database that is ahead of the program."""
    from alembic import command  # 0.4 s that only a migration pays
    from alembic.config import Config
    from alembic.util import CommandError

    refuse_newer(current(connection))
    config = Config()
    config.set_main_option("script_location", str(scripts()).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        msg = f"the migration failed: {error}"
        raise StoreError(msg) from error


def refuse_newer(found: str | None) -> None:
    """SchemaMismatch for a revision after this program's (revisions are numbers of four digits)."""
    if found is not None and found > REVISION:
        msg = f"the database is newer (revision {found}) than this program (revision {REVISION}): install a newer modelwatch"
        raise SchemaMismatch(msg)
