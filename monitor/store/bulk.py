"""Many rows at once, converted a column at a time: value by value, converting would cost more than all of SQLite's work."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.types import TypeEngine

from monitor.store.codec import Values
from monitor.store.making import turned
from monitor.store.schema import Base
from monitor.store.types import CleanText, clean_text

_MARKS = {"qmark": "?", "pyformat": "%s"}  # where a driver takes a value of a row by its position


def write_rows(
    connection: Connection,
    table: type[Base],
    rows: Collection[Values],
    common: Values | None = None,
    on_conflict: str = "",
) -> None:
    """Insert rows that all have the same columns, in order, with what is *common* to them; *on_conflict* ends the statement."""
    if rows:
        own = tuple(next(iter(rows)))
        write_columns(connection, table, dict(zip(own, turned(map(itemgetter(*own), rows), len(own)), strict=True)), common, on_conflict)


def write_columns(
    connection: Connection,
    table: type[Base],
    columns: Mapping[str, Sequence[Any]],
    common: Values | None = None,
    on_conflict: str = "",
) -> None:
    """The same of rows that are given as columns."""
    many = len(next(iter(columns.values())))
    if not many:
        return
    columns = {**columns, **{name: (value,) * many for name, value in (common or {}).items()}}
    dialect, kinds = connection.dialect, table.__table__.c
    # a column of NULLs alone is not named: sqlite3 looks for an adapter for each None, which takes as long as SQLite does for a column
    bound = {name: _bound(values, kinds[name].type, dialect) for name, values in columns.items() if not _is_one(values, None)}
    marks = ", ".join([_MARKS[dialect.paramstyle]] * len(bound))
    insert = f"INSERT INTO {table.__tablename__} ({', '.join(bound)}) VALUES ({marks}) {on_conflict}"  # noqa: S608 - names of our own
    with closing(connection.connection.cursor()) as cursor:
        cursor.executemany(insert, zip(*bound.values(), strict=True))  # type: ignore[arg-type]  # both drivers take any iterable


def replacing(names: Iterable[str], key: Collection[str]) -> str:
    """The end of a statement that writes over the row of the same key."""
    new = ", ".join(f"{name} = excluded.{name}" for name in names if name not in key)
    return f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {new}"


def read_columns(connection: Connection, statement: Select[*tuple[Any, ...]], given: Mapping[str, object]) -> list[Sequence[Any]]:
    """The answer to a statement as columns, each as long as there are rows; none at all for no rows."""
    with closing(connection.execute(statement, given)) as result:
        rows = result.cursor.fetchall()
    converters = _converters(statement, connection.dialect)
    columns = zip(zip(*rows, strict=True), converters, strict=bool(rows))
    return [values if convert is None else _converted(values, convert) for values, convert in columns]


@lru_cache(maxsize=200)
def _converters(statement: Select[*tuple[Any, ...]], dialect: Dialect) -> list[Callable[[Any], Any] | None]:
    """What makes of each column what the program takes; to ask it every time would take longer than many an answer."""
    return [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in statement.selected_columns]


def _bound(values: Sequence[Any], kind: TypeEngine[Any], dialect: Dialect) -> Sequence[Any]:
    """The values of one column as the driver takes them; what occurs often is converted once."""
    if len(values) > 1 and _is_one(values, values[-1]):
        return [*_bound(values[:1], kind, dialect)] * len(values)
    if isinstance(kind, CleanText):
        return values if _clean(values) else [None if text is None else clean_text(text) for text in values]
    convert = kind.dialect_impl(dialect).bind_processor(dialect)
    return values if convert is None else _converted(values, convert)


def _is_one(values: Sequence[Any], value: object) -> bool:
    return values[0] == value and values.count(value) == len(values)


def _converted(values: Sequence[Any], convert: Callable[[Any], Any]) -> Sequence[Any]:
    distinct = set(values)
    if distinct == {None}:
        return values
    converted = {value: convert(value) for value in distinct}
    return [converted[value] for value in values]


def _clean(texts: Sequence[str | None]) -> bool:
    """Whether there is nothing to clean in any of them; one question for all of them costs next to nothing."""
    joined = "".join(filter(None, texts))
    return joined.isascii() and "\x00" not in joined
