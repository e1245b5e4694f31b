"""A copy of a whole SQLite file while others write to it, and of one database in another."""

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, insert, text

from monitor.errors import StoreError, UsageError
from monitor.store.upkeep.tables import TABLES, Digest, batches, count, digest, numbered


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was checked: its size in bytes, and its number of rows."""

    size: int
    rows: int


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """One table that was copied and read back: how many rows, and the digest that both sides have."""

    table: str
    rows: int
    digest: str


def backup(connection: Connection, to: Path) -> Backup:
    """Copy the snapshot of *connection* to a new file, and check it.

    Writers are not held up. The file appears under its name only when it is whole, sound and on disk. UsageError where it exists, and
    for PostgreSQL; StoreError where the copy is not the original.
    """
    if connection.dialect.name != "sqlite":
        raise UsageError("PostgreSQL has its own online backup: use pg_dump")
    if to.exists():
        raise UsageError(f"{to}: is there already")
    own = connection.connection.driver_connection
    partial = to.with_name(f".{to.name}.{os.getpid()}.partial")
    rows = {table.name: count(connection, table) for table in TABLES}  # the first read: from here on it is one snapshot
    try:
        with closing(sqlite3.connect(partial)) as copy:
            own.backup(copy)  # type: ignore[union-attr]  # a connection in use has one
            _compare(copy, rows)
        _put(partial, to)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{to}: {getattr(error, 'strerror', None) or error}") from error
    finally:
        for left in (partial, *(partial.with_name(partial.name + end) for end in ("-wal", "-shm", "-journal"))):
            with suppress(OSError):
                left.unlink()
    return Backup(to.stat().st_size, sum(rows.values()))


def _compare(copy: sqlite3.Connection, rows: dict[str, int]) -> None:
    copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    said = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok":
        raise StoreError(f"the copy is not sound: {said}")
    for name, expected in rows.items():
        found = copy.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 - names of our own tables
        if found != expected:
            raise StoreError(f"the copy has {found} rows in {name}, the original {expected}")


def _put(partial: Path, to: Path) -> None:
    """Bytes to disk, then the name; never over a file that came meanwhile."""
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    os.link(partial, to)
    folder = os.open(to.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def copy_rows(source: Connection, target: Connection) -> tuple[CopiedTable, ...]:
    """Copy every row into an empty database of the same revision, and read all of it back; StoreError for a row that differs.

    The caller's transaction on *target* makes it all or nothing.
    """
    filled = [table.name for table in TABLES if count(target, table)]
    if filled:
        raise StoreError(f"the target is not empty: there are rows in {', '.join(filled)}")
    return tuple(_copy(source, target, table) for table in TABLES)


def _copy(source: Connection, target: Connection, table: Table) -> CopiedTable:
    sent = Digest()
    for batch in batches(source, table):
        target.execute(insert(table), batch)
        for row in batch:
            sent.add(row)
    if numbered(table):
        number_on(target, table)
    found = digest(target, table)
    if (found.rows, found.text) != (sent.rows, sent.text):
        raise StoreError(f"{table.name}: {sent.rows} rows were copied, {found.rows} came back, and they are not the same")
    return CopiedTable(str(table.name), sent.rows, sent.text)


def number_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows behind those that were given their number; SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        name = table.name
        highest = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), coalesce(max(id), 0) + 1, false) FROM {name}"  # noqa: S608 - our own name
        connection.execute(text(highest))
