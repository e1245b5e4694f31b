"""The door to the store: one database, its transactions and its revision."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from monitor.errors import SchemaMismatch, StoreError
from monitor.store import migrate
from monitor.store.engine import Mode, Transactions
from monitor.store.ledger import Ledger
from monitor.store.schema import REVISION

if TYPE_CHECKING:
    from monitor.store.condition import Condition
    from monitor.store.upkeep.backup import Backup, CopiedTable
    from monitor.store.upkeep.checks import Finding
    from monitor.store.upkeep.stats import Stats


class Database:
    """One database; every transaction goes through `read` or `write`. Safe to share between threads, not to carry over a fork."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self.alerted = Event()  # set by each commit of this process that added alerts; who looks for them clears it first

    def __repr__(self) -> str:
        return f"Database({self._transactions.name!r})"

    def upgrade(self) -> str:
        """Bring the schema to this program's revision, and return it; safe to repeat and to run from several processes.

        One transaction: a migration that is interrupted leaves the old schema and starts anew. SchemaMismatch for a newer database.
        """
        with self._transactions.begin(Mode.MIGRATE) as connection:
            migrate.upgrade(connection)
        return REVISION

    def current(self) -> str | None:
        """The database's revision; None for an empty one."""
        with self._transactions.begin(Mode.READ) as connection:
            return migrate.current(connection)

    def head(self) -> str:
        """This program's revision."""
        return REVISION

    def check(self) -> None:
        """Raise SchemaMismatch unless the database has this program's revision."""
        found = self.current()
        migrate.refuse_newer(found)
        if found != REVISION:
            state = f"is of revision {found}" if found else "is empty"
            msg = f"the database {state}, this program needs revision {REVISION}: run `modelwatch db upgrade`"
            raise SchemaMismatch(msg)

    def backup(self, to: Path) -> "Backup":
        """Copy an SQLite database to a new file while others write to it. UsageError where it exists, and for PostgreSQL."""
        from monitor.store.upkeep.backup import backup

        with self._transactions.begin(Mode.READ) as connection:
            return backup(connection, to)

    def copy_to(self, target: "Database") -> "tuple[CopiedTable, ...]":
        """Copy every row into an empty database, whatever its engine, and read it back: all of it or, on StoreError, nothing."""
        from monitor.store.upkeep.backup import copy_rows

        self.check()
        target.upgrade()
        with self._transactions.begin(Mode.READ) as source, target._transactions.begin(Mode.WRITE) as connection:  # noqa: SLF001 - one of us
            return copy_rows(source, connection)

    def stats(self) -> "Stats":
        """How large it is; reads whole tables."""
        from monitor.store.upkeep.stats import stats

        with self._transactions.begin(Mode.READ) as connection:
            return stats(connection)

    def findings(self) -> "tuple[Finding, ...]":
        """Everything that is wrong with it; nothing for a sound one."""
        from monitor.store.upkeep.checks import findings

        found: list[Finding] = []
        try:
            with self._transactions.begin(Mode.READ) as connection:
                found.extend(findings(connection))
        except StoreError:  # a file too broken to end even a transaction that only read
            if not found:
                raise
        return tuple(found)

    @contextmanager
    def write(self) -> Iterator[Ledger]:
        """One write transaction: alone in the database from its first moment, committed at exit, undone on any exception."""
        with self._transactions.begin(Mode.WRITE) as connection:
            ledger = Ledger(connection)
            yield ledger
        if ledger.outbox.grown:
            self.alerted.set()

    @contextmanager
    def read(self) -> Iterator[Ledger]:
        """One snapshot; writing in it is a StoreError."""
        with self._transactions.begin(Mode.READ) as connection:
            yield Ledger(connection)

    def condition(self) -> "Condition":
        """What can be said of it from inside a write transaction; StoreError where none can be begun."""
        from monitor.store.condition import condition

        with self._transactions.begin(Mode.WRITE) as connection:
            return condition(connection)

    def close(self) -> None:
        """Give back every connection."""
        self._transactions.close()


def open_database(url: str) -> Database:
    """The database at `sqlite:///path` (parent folder created) or `postgresql+psycopg://…`; StoreError if it cannot be opened."""
    database = Database(Transactions(url))
    try:
        database.current()
    except BaseException:
        database.close()
        raise
    return database
