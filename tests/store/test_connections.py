"""A server that drops its connections: the next transaction works, the one cut off left nothing."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import psycopg
import pytest
from sqlalchemy import make_url, text

from monitor.errors import StoreError
from monitor.store import Database, open_database
from tests.store.conftest import Server
from tests.store.words import day, row_counts

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("engine", ["postgres"])]


def test_a_connection_that_was_cut_while_idle_is_replaced(database: Database, server: Server) -> None:
    with database.write() as ledger:
        ledger.sources.schedule("a", day(0))
    server.cut_all()
    with database.read() as ledger:
        assert ledger.sources.next_visit("a") == day(0)


def test_a_transaction_that_is_cut_is_a_store_error_and_leaves_nothing(database: Database, server: Server) -> None:
    with pytest.raises(StoreError, match="terminat"):
        _cut_in_the_middle(database, server)
    assert row_counts(database)["sources"] == 0


def test_a_frozen_writer_cannot_hold_up_the_others_for_ever(database: Database) -> None:
    with database.write() as ledger:
        limits = [
            ledger.sources._db.execute(text(f"SHOW {name}")).scalar_one()
            for name in ("idle_in_transaction_session_timeout", "lock_timeout")
        ]
    assert limits == ["30s", "10s"]


@pytest.mark.parametrize("usual", ["repeatable read", "serializable"])
def test_a_writer_that_had_to_wait_knows_what_the_other_wrote_whatever_the_server_usually_does(url: str, usual: str) -> None:
    with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {admin.info.dbname} SET default_transaction_isolation = '{usual}'".encode())
    first, second = open_database(url), open_database(url)
    with ThreadPoolExecutor(1) as pool:
        with first.write() as ledger:
            waiting = pool.submit(_next_visit_of_a_writer, second)
            _wait_until_somebody_waits(url)
            ledger.sources.schedule("a", day(0))
        assert waiting.result(timeout=20) == day(0)
    for opened in (first, second):
        opened.close()


def _cut_in_the_middle(database: Database, server: Server) -> None:
    with database.write() as ledger:
        ledger.sources.schedule("a", day(0))
        server.cut_all()
        ledger.sources.schedule("b", day(0))


def _next_visit_of_a_writer(database: Database) -> datetime | None:
    with database.write() as ledger:
        return ledger.sources.next_visit("a")


def _wait_until_somebody_waits(url: str) -> None:
    with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True) as admin:
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'"
        while admin.execute(waiting).fetchall() == [(0,)]:
            time.sleep(0.02)
