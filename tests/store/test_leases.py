"""Leases of sources: one holder at a time, an epoch that fences off the late, on both engines."""

from datetime import datetime, timedelta

import pytest

from monitor.bootstrap import clock
from monitor.errors import LeaseLost
from monitor.store import Database

NOW = clock()  # PostgreSQL ends leases by its own clock
LONG, OVER = timedelta(minutes=5), timedelta(seconds=-1)
SOON = timedelta(seconds=1)


def planned(database: Database, at: datetime = NOW - SOON) -> None:
    with database.write() as ledger:
        ledger.sources.ensure({"page": at})


def taken(database: Database, holder: str, lasting: timedelta = LONG, now: datetime = NOW) -> int | None:
    with database.write() as ledger:
        return ledger.leases.take("page", holder, now, lasting)


def due(database: Database) -> list[str]:
    with database.read() as ledger:
        return ledger.sources.due(NOW, ["page"])


def test_a_due_source_is_leased_once_and_not_due_for_anybody_else(database: Database) -> None:
    planned(database)
    assert due(database) == ["page"]
    assert taken(database, "one") == 1
    assert taken(database, "two") is None
    assert due(database) == []


def test_what_is_not_due_or_not_known_is_not_leased(database: Database) -> None:
    assert taken(database, "one") is None
    planned(database, NOW + LONG)
    assert taken(database, "one") is None


def test_a_lease_that_is_over_is_taken_over_and_the_old_epoch_holds_no_more(database: Database) -> None:
    planned(database)
    assert taken(database, "frozen", OVER) == 1
    assert taken(database, "two") == 2
    with database.write() as ledger:
        ledger.leases.hold("page", 2)
        with pytest.raises(LeaseLost, match="another process"):
            ledger.leases.hold("page", 1)
        ledger.leases.release("page", 1)  # not its own any more
        ledger.leases.renew({"page": 1}, NOW, LONG)
    assert taken(database, "three") is None


def test_a_lease_given_back_is_free_at_once(database: Database) -> None:
    planned(database)
    assert taken(database, "one") == 1
    with database.write() as ledger:
        ledger.leases.release("page", 1)
    assert taken(database, "two") == 2


def test_a_renewed_lease_lasts_on_and_one_given_back_is_not_renewed(database: Database) -> None:
    planned(database)
    assert taken(database, "one", OVER) == 1
    with database.write() as ledger:
        ledger.leases.renew({"page": 1}, NOW, LONG)
    assert taken(database, "two") is None
    with database.write() as ledger:
        ledger.leases.release("page", 1)
        ledger.leases.renew({"page": 1}, NOW, LONG)
    assert taken(database, "two") == 2


def test_a_person_seizes_what_is_held_not_due_or_not_even_known(database: Database) -> None:
    with database.write() as ledger:
        assert ledger.leases.seize("page", "person", NOW, LONG) == 1
        assert ledger.leases.seize("page", "other person", NOW, LONG) == 2
        with pytest.raises(LeaseLost):
            ledger.leases.hold("page", 1)
        with pytest.raises(LeaseLost):
            ledger.leases.hold("nobody knows it", 1)
