"""How large a database is, and what of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.exc import DatabaseError

from monitor.store.schema import EventRow, PageRow, ReadingRow
from monitor.store.upkeep.tables import TABLES, count


@dataclass(frozen=True, slots=True)
class TableSize:
    """One table: *size* in bytes with its indexes; None where the engine does not tell."""

    table: str
    rows: int
    size: int | None


@dataclass(frozen=True, slots=True)
class Stats:
    """A whole database: *size* in bytes on disk (of SQLite the journal apart), pages with and without a body, and its span of time."""

    tables: tuple[TableSize, ...]
    size: int
    pages_stored: int
    pages_thinned: int
    body_bytes: int
    visits_merged: int
    oldest_reading_at: datetime | None
    newest_reading_at: datetime | None
    oldest_event_at: datetime | None
    newest_event_at: datetime | None


def stats(connection: Connection) -> Stats:
    """Measure it; reads whole tables."""
    bodies = select(func.count(PageRow.body), func.coalesce(func.sum(func.length(PageRow.body)), 0), func.count())
    stored, body_bytes, pages = connection.execute(bodies).one()
    visits = select(func.coalesce(func.sum(ReadingRow.merged), 0), func.min(ReadingRow.read_at), func.max(ReadingRow.read_at))
    merged, *span = connection.execute(visits).one()
    told = connection.execute(select(func.min(EventRow.at), func.max(EventRow.at))).one()
    tables = tuple(TableSize(str(table.name), count(connection, table), _size(connection, table)) for table in TABLES)
    oldest, newest = span
    return Stats(tables, _whole(connection), stored, pages - stored, int(body_bytes), int(merged), oldest, newest, *told)


def _whole(connection: Connection) -> int:
    if connection.dialect.name == "sqlite":
        pages, size = (connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size"))
        return int(pages * size)
    return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def _size(connection: Connection, table: Table) -> int | None:
    if connection.dialect.name != "sqlite":
        return int(connection.execute(text("SELECT pg_total_relation_size(to_regclass(:name))"), {"name": table.name}).scalar_one())
    parts = "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = :name)"
    try:
        return int(connection.execute(text(parts), {"name": table.name}).scalar_one() or 0)
    except DatabaseError:  # an SQLite built without dbstat
        return None
