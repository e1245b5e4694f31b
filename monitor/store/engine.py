"""Engines: what each dialect needs at connecting and at the start of a transaction, and errors translated."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from monitor.errors import StoreError

PATIENT_TRIES, PATIENT_PAUSE = 200, 0.05


class Mode(StrEnum):
    """What a transaction is for."""

    READ = "read"
    WRITE = "write"
    MIGRATE = "migrate"


@dataclass(frozen=True, slots=True)
class _Dialect:
    """Statements at connecting, at the start of a transaction by mode, and the rows that must not be there after a migration."""

    driver: str
    at_connect: tuple[str, ...]
    at_begin: dict[Mode, tuple[str, ...]]
    orphans: str


_SQLITE = _Dialect(
    driver="sqlite",
    # the timeout first: switching to WAL may have to wait for another process
    at_connect=(
        "PRAGMA busy_timeout=10000",
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA temp_store=MEMORY",
        "PRAGMA cache_size=-64000",
    ),
    # query_only and foreign_keys can only be switched outside of a transaction; what a migration sorts may be larger than the memory
    at_begin={
        Mode.READ: ("PRAGMA query_only=ON", "BEGIN"),
        Mode.WRITE: ("PRAGMA query_only=OFF", "PRAGMA foreign_keys=ON", "BEGIN IMMEDIATE"),
        Mode.MIGRATE: ("PRAGMA query_only=OFF", "PRAGMA foreign_keys=OFF", "PRAGMA temp_store=FILE", "BEGIN IMMEDIATE"),
    },
    orphans="PRAGMA foreign_key_check",
)
# One writer at a time, as in SQLite: a decision rests on the claims of every source, so two of them must not overlap. A writer that
# freezes inside its transaction is cut off by the server. It sees what was written while it waited: were the server's usual level a
# higher one, its snapshot would be from before that.
_ALONE = (
    "SET TRANSACTION ISOLATION LEVEL READ COMMITTED",
    "SET LOCAL lock_timeout = '10s'",
    "SET LOCAL idle_in_transaction_session_timeout = '30s'",
    "SELECT pg_advisory_xact_lock(7310578)",
)
_POSTGRES = _Dialect(
    driver="postgresql+psycopg",
    at_connect=(),
    at_begin={Mode.READ: ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",), Mode.WRITE: _ALONE, Mode.MIGRATE: _ALONE},
    orphans="SELECT 1 WHERE false",
)
_DIALECTS = {"sqlite": _SQLITE, "postgresql": _POSTGRES, "postgres": _POSTGRES}


class Transactions:
    """An engine with its dialect's hooks: hands out transactions, and only our own errors."""

    def __init__(self, url: str) -> None:
        self._url, self._dialect = _read_url(url)
        self.name = self._url.render_as_string(hide_password=True)
        self._engine = create_engine(self._url, pool_pre_ping=self._dialect is not _SQLITE)
        _hook(self._engine, self._dialect)

    @contextmanager
    def begin(self, mode: Mode) -> Iterator[Connection]:
        """One transaction: committed at exit, undone on any exception; the engine's own errors leave as StoreError."""
        with self.translated(), self._engine.connect().execution_options(monitor_mode=mode) as connection, connection.begin():
            yield connection
            if mode is Mode.MIGRATE:
                self._finish_migration(connection)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Errors of SQLAlchemy and of the driver, also those in a hook, become StoreError."""
        try:
            yield
        except DBAPIError as error:
            raise self._error(error.orig or error) from error
        except SQLAlchemyError as error:
            raise self._error(error) from error
        except self._engine.dialect.loaded_dbapi.Error as error:
            raise self._error(error) from error

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _error(self, error: BaseException) -> StoreError:
        reason = str(error).strip().splitlines()
        return StoreError(f"{self.name}: {reason[0] if reason else type(error).__name__}")

    def _finish_migration(self, connection: Connection) -> None:
        """Foreign keys were off (batch operations copy tables): nothing may dangle now."""
        orphans = connection.exec_driver_sql(self._dialect.orphans).fetchall()
        if orphans:
            msg = f"{self.name}: the migration leaves {len(orphans)} rows that refer to nothing, the first: {tuple(orphans[0])}"
            raise StoreError(msg)


def _read_url(text: str) -> tuple[URL, _Dialect]:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        msg = "no database URL; expected sqlite:///path or postgresql+psycopg://…"
        raise StoreError(msg) from error
    dialect = _DIALECTS.get(url.get_backend_name())
    if dialect is None:
        msg = f"{url.render_as_string()}: no such kind of database; expected sqlite:///path or postgresql+psycopg://…"
        raise StoreError(msg)
    if dialect is _SQLITE:
        _make_folder(url.database or "")
    return url.set(drivername=dialect.driver), dialect


def _make_folder(path: str) -> None:
    if not path or path == ":memory:":
        msg = "a database needs a file: sqlite:///path"
        raise StoreError(msg)
    if path.startswith("file:"):
        return
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"sqlite:///{path}: {error.strerror}"
        raise StoreError(msg) from error


def _hook(engine: Engine, dialect: _Dialect) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
        if dialect is _SQLITE:
            connection.isolation_level = None  # the driver's own BEGIN comes late and loses updates (sqlite3 in CPython 3.11)
        cursor = connection.cursor()
        try:
            for statement in dialect.at_connect:
                _patiently(lambda statement=statement: cursor.execute(statement))  # type: ignore[misc]
        finally:
            cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        for statement in dialect.at_begin[connection.get_execution_options().get("monitor_mode", Mode.WRITE)]:
            connection.exec_driver_sql(statement)


def _patiently(execute: Callable[[], object]) -> None:
    """Run a statement at connecting; one that finds the file locked is tried again for ten seconds.

    Several processes that open a new file at once all switch it to WAL, and SQLite answers some of them "database is locked" at once,
    whatever the busy timeout (https://www.sqlite.org/c3ref/busy_handler.html: the handler is not called where waiting may deadlock).
    """
    for _ in range(PATIENT_TRIES):
        try:
            execute()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(PATIENT_PAUSE)
        else:
            return
    execute()
