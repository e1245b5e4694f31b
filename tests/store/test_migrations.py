"""Migrations: from nothing, twice, together, interrupted; and databases of other versions are told apart."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text

from monitor.domain.claims import VISITED, Authority
from monitor.errors import SchemaMismatch, StoreError
from monitor.store import Database, open_database
from monitor.store.engine import Mode, Transactions
from monitor.store.migrate import scripts
from monitor.store.schema import REVISION, Base
from tests.store.words import row_counts

ROOT = Path(__file__).parents[2]


def run(url: str, statement: str) -> None:
    """One statement, past the store."""
    transactions = Transactions(url)
    with transactions.begin(Mode.WRITE) as connection:
        connection.execute(text(statement))
    transactions.close()


def test_an_empty_database_is_upgraded_once_and_for_all(empty_url: str) -> None:
    database = open_database(empty_url)
    assert database.current() is None
    with pytest.raises(SchemaMismatch, match=r"is empty.*modelwatch db upgrade"):
        database.check()
    assert database.upgrade() == database.head() == REVISION
    assert database.upgrade() == database.current() == REVISION
    database.check()
    assert set(row_counts(database).values()) == {0}
    database.close()


def test_the_tables_are_those_of_the_models(url: str) -> None:
    transactions = Transactions(url)
    with transactions.begin(Mode.READ) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences: list[Any] = compare_metadata(context, Base.metadata)
    transactions.close()
    assert differences == []


def test_the_constant_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(scripts()))
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


def test_a_newer_database_is_refused_and_left_alone(url: str) -> None:
    run(url, "UPDATE alembic_version SET version_num = '9999'")
    database = open_database(url)
    for refused in (database.check, database.upgrade):
        with pytest.raises(SchemaMismatch, match="newer"):
            refused()
    assert database.current() == "9999"
    database.close()


def test_an_older_database_is_told_what_to_run(url: str) -> None:
    run(url, "UPDATE alembic_version SET version_num = '0000'")
    database = open_database(url)
    with pytest.raises(SchemaMismatch, match=r"revision 0000.*modelwatch db upgrade"):
        database.check()
    with pytest.raises(StoreError, match="0000"):
        database.upgrade()
    database.close()


def test_several_processes_may_upgrade_at_once(empty_url: str) -> None:
    def upgrade(_: int) -> str:
        database = open_database(empty_url)
        try:
            return database.upgrade()
        finally:
            database.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(upgrade, range(4))) == {REVISION}


def test_an_interrupted_migration_leaves_nothing_and_starts_anew(empty_url: str) -> None:
    database = open_database(empty_url)

    @event.listens_for(database._transactions._engine, "before_cursor_execute")
    def fail(*arguments: object) -> None:
        if "CREATE TABLE deliveries" in str(arguments[2]):
            msg = "pulled the plug"
            raise KeyboardInterrupt(msg)

    with pytest.raises(KeyboardInterrupt):
        database.upgrade()
    event.remove(database._transactions._engine, "before_cursor_execute", fail)
    assert database.current() is None
    assert database.upgrade() == REVISION
    database.close()


def test_a_migration_that_leaves_dangling_rows_is_undone(tmp_path: Path) -> None:
    transactions = Transactions(f"sqlite:///{tmp_path}/watch.db")

    def dangle(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE a (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE b (a INTEGER REFERENCES a (id))"))
        connection.execute(text("INSERT INTO b VALUES (1)"))

    with pytest.raises(StoreError, match="1 rows that refer to nothing"), transactions.begin(Mode.MIGRATE) as connection:
        dangle(connection)
    with transactions.begin(Mode.READ) as connection:
        assert connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one() == 0
    transactions.close()


def test_a_developer_may_run_alembic_itself_up_and_down(empty_url: str) -> None:
    environment = os.environ | {"MODELWATCH_DATABASE_URL": empty_url}
    database = open_database(empty_url)
    for step, expected in (("upgrade head", REVISION), ("downgrade 0001", "0001"), ("downgrade base", None), ("upgrade head", REVISION)):
        words = [sys.executable, "-m", "alembic", *step.split()]
        subprocess.run(words, cwd=ROOT, env=environment, check=True, capture_output=True)
        assert database.current() == expected
    database.close()


def test_the_scripts_stand_beside_the_package_or_inside_it() -> None:
    assert (scripts() / "env.py").is_file()
    assert Database.__module__ == "monitor.store.database"


def test_what_the_first_revision_held_is_the_same_in_the_second(empty_url: str) -> None:
    transactions = Transactions(empty_url)
    with transactions.begin(Mode.MIGRATE) as connection:
        migrate_to(connection, "0001")
    rows = """
        INSERT INTO sources (key, holder, epoch) VALUES ('page', '', 0);
        INSERT INTO pages (hash, url, fetched_at, content_type, size) VALUES ('aa', 'https://a.test', '2026-01-01 12:00:00', '', 0);
        INSERT INTO readings (source, read_at, outcome, reason, claims, skipped, skips, reader_version, accepted, correction,
            unchanged, pages)
            VALUES ('page', '2026-01-01 12:00:00', 'good', '', 1, 0, '[]', 1, false, false, false, '[["https://a.test","aa","aa"]]');
        INSERT INTO claims (source, provider, model, scope, line, kind, fact, slot, value, bound, promise, place, family, authority,
            quote, url, page, first_seen_at, recorded_at, reading_id)
            VALUES ('page', 'openai', 'gpt-5', '', 'gpt-5', 'model', 'retires', 'retires', '2026-06-01', 'exact', false, 'history', false,
            3, 'q', 'https://a.test', 'aa', '2026-01-01 12:00:00', '2026-01-01 12:00:00', 1)
    """
    for statement in rows.split(";"):
        run_at(transactions, statement)
    transactions.close()
    database = open_database(empty_url)
    with pytest.raises(SchemaMismatch, match=r"revision 0001.*modelwatch db upgrade"):
        database.check()
    assert database.upgrade() == REVISION
    with database.read() as ledger:
        [claim] = ledger.claims.in_force()
        good, since = ledger.readings.marks("page")
        assert (claim.origin, claim.authority, claim.page) == (VISITED, Authority.PROVIDER, "aa")
        assert good
        assert (good.shape.claims, since, ledger.bundles.as_of(), ledger.records.listing()) == (1, (), {}, ())
    with database.write() as ledger:
        assert (ledger.claims.rebuild(), ledger.claims.rebuild()) == (1, 0)
    database.close()


def run_at(transactions: Transactions, statement: str) -> None:
    """One statement, past the store; a time without a zone is UTC."""
    with transactions.begin(Mode.WRITE) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL TIME ZONE 'UTC'"))
        connection.execute(text(statement))


def migrate_to(connection: Connection, revision: str) -> None:
    """The schema of an older program."""
    command.upgrade(_config(connection), revision)


def migrate_back(connection: Connection, revision: str) -> None:
    """The schema of an older program, after a newer one."""
    command.downgrade(_config(connection), revision)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts()))
    config.attributes["connection"] = connection
    return config
