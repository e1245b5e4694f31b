"""What is counted and looked at for whoever runs the program."""

from datetime import timedelta

from monitor.bootstrap import clock
from monitor.store import Database
from monitor.store.counts import Counts
from tests.builders import day


def test_an_empty_database_counts_nothing(database: Database) -> None:
    with database.read() as ledger:
        assert ledger.counts.all() == Counts(0, {}, {})


def test_its_condition_tells_the_disk_of_a_file_or_the_clock_of_a_server(database: Database, engine: str) -> None:
    found = database.condition()
    if engine == "sqlite":
        assert (found.server_clock, (found.free_bytes or 0) > 0) == (None, True)
    else:
        assert found.server_clock is not None
        assert abs(found.server_clock - clock()) < timedelta(minutes=1)


def test_a_lease_that_nobody_gave_back_is_seen_once_it_has_run_out(database: Database) -> None:
    now = clock()
    with database.write() as ledger:
        ledger.leases.seize("one", "somebody", now - timedelta(days=1), timedelta(seconds=-60))
        ledger.leases.seize("two", "somebody", day(0) + timedelta(days=36_500), timedelta(days=36_500))
        assert ledger.leases.overdue(now) == ["one"]
