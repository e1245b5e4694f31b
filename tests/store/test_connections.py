"""A server that drops its connections: the next transaction works, the one cut off left nothing."""

import pytest
from sqlalchemy import text

from monitor.errors import StoreError
from monitor.store import Database
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


def _cut_in_the_middle(database: Database, server: Server) -> None:
    with database.write() as ledger:
        ledger.sources.schedule("a", day(0))
        server.cut_all()
        ledger.sources.schedule("b", day(0))
