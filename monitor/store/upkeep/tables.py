"""What upkeep needs to know of any table: its rows in order, their counts, and a digest that tells two tables apart."""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Table, func, select, tuple_

from monitor.store.codec import Values
from monitor.store.schema import Base

TABLES: tuple[Table, ...] = tuple(Base.metadata.sorted_tables)  # what is referred to comes first
BATCH = 1000
_SPAN = 2**256


def named(name: str) -> Table:
    """The table of that name; KeyError for none."""
    return Base.metadata.tables[name]


def numbered(table: Table) -> bool:
    """Whether the database numbers its rows by itself."""
    return [column.name for column in table.primary_key] == ["id"]


def identity(table: Table) -> list[Column[Any]]:
    """What tells the rows of a table apart, in the order in which they are told: its number, where it has one."""
    return [table.c.id] if "id" in table.c else [*table.primary_key]


def count(connection: Connection, table: Table) -> int:
    """How many rows a table has."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def batches(connection: Connection, table: Table) -> Iterator[list[Values]]:
    """Every row, by what tells it apart, a thousand at a time: never more in memory, on either engine."""
    key = identity(table)
    page = select(table).order_by(*key).limit(BATCH)
    rows = _rows(connection, page)
    while rows:
        yield rows
        last = [rows[-1][column.name] for column in key]
        rows = _rows(connection, page.where(tuple_(*key) > tuple_(*last)))


def rows_of(connection: Connection, table: Table) -> Iterator[Values]:
    """Every row, by what tells it apart."""
    return (row for batch in batches(connection, table) for row in batch)


class Digest:
    """Counts rows and digests them, whatever their order: the engines do not sort texts alike."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, row: Values) -> None:
        """Take a row in."""
        text = repr(sorted(row.items()))
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(text.encode()).digest())) % _SPAN
        self.rows += 1

    @property
    def text(self) -> str:
        """The digest in hexadecimal."""
        return f"{self._sum:064x}"


def digest(connection: Connection, table: Table) -> Digest:
    """The digest of a whole table."""
    found = Digest()
    for row in rows_of(connection, table):
        found.add(row)
    return found


def _rows(connection: Connection, statement: Any) -> list[Values]:  # noqa: ANN401 - a select of any columns
    return [dict(row) for row in connection.execute(statement).mappings()]
