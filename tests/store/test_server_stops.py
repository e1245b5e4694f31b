"""A PostgreSQL of the test's own, stopped and started in the middle of a cycle: tried again, nothing is lost and nothing doubled."""

import os
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.store import Database, open_database
from tests.store.words import JUNE, RETIRES_IN_JUNE, Visitor, day, news, row_counts, says

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))


class Cluster:
    """A server in a folder of its own, on loopback."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._bin = folder, PROGRAMS[-1].parent
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._run("initdb", "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        options = f"-h 127.0.0.1 -p {self._port} -k {self._folder}"  # as durable as it comes: that is the point
        self._run("pg_ctl", "start", "-D", str(self._folder / "data"), "-w", "-s", "-l", str(self._folder / "log"), "-o", options)

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-D", str(self._folder / "data"), "-m", "immediate", "-s")

    def _run(self, program: str, *words: str) -> None:
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*as_postgres, str(self._bin / program), *words], cwd="/", check=True, stdout=subprocess.DEVNULL)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    if not PROGRAMS:
        pytest.skip("no PostgreSQL server programs here")
    with tempfile.TemporaryDirectory(prefix="mw-pg-") as place:
        if os.geteuid() == 0:
            subprocess.run(["chown", "postgres", place], check=True)
        made = Cluster(Path(place))
        made.start()
        yield made
        made.stop()


def cycle(database: Database, number: int, midway: Callable[[], None] = lambda: None) -> None:
    """One visit and its alert, as one transaction; *midway* happens in it."""
    with database.write() as ledger:
        ledger.outbox.add([news(f"{number}")])
        midway()
        ledger.sources.schedule("news", day(number))


@pytest.mark.postgres
def test_a_server_that_stops_in_the_middle_of_a_cycle_loses_and_doubles_nothing(cluster: Cluster) -> None:
    database = open_database(cluster.url)
    database.upgrade()
    Visitor(database).hears(day(0), says(RETIRES_IN_JUNE))
    cycle(database, 0)
    before = row_counts(database)
    with pytest.raises(StoreError):
        cycle(database, 1, cluster.stop)
    for _ in range(2):
        with pytest.raises(StoreError, match="refused"):
            cycle(database, 1)
    cluster.start()
    assert row_counts(database) == before  # the same connections, as in a daemon that went on
    cycle(database, 1)
    cycle(database, 1)  # tried again although it had arrived
    Visitor(database).hears(day(1), says(RETIRES_IN_JUNE), says(RETIRES_IN_JUNE, f"gpt-6-{JUNE.value}"))
    after = row_counts(database)
    assert (after["alerts"], after["claims"]) == (before["alerts"] + 1, before["claims"] + 1)
    assert database.findings() == ()
    database.close()
