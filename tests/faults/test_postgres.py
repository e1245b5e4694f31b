"""Two daemons on a PostgreSQL that ends their connections, refuses them locks and cannot serialize them, in the middle of cycles."""

import random
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from monitor.cli.demo.receiver import SlackReceiver
from monitor.store import open_database
from tests.faults.serving import serving
from tests.faults.test_two_daemons import CADENCE, KEYS, LEASE, Daemons, Pages, nothing_doubled_or_lost
from tests.store.conftest import Server

WRITERS = 7310578  # the advisory lock of whoever writes
LOCK_TIMEOUT = 10  # seconds that a writer waits for it
CUTS, REFUSALS = 12, 8  # times that connections are ended, seconds of refusing
START_WITHIN = 30  # seconds
REFUSING = """
CREATE SEQUENCE refused;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF random() < 0.4 THEN
        PERFORM nextval('refused');
        RAISE EXCEPTION 'could not serialize access due to concurrent update' USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END $$;
"""  # a sequence counts on where a transaction is rolled back
REFUSED = ("INSERT ON readings", "INSERT ON events", "INSERT OR UPDATE ON alerts", "UPDATE ON sources")


class Saboteur:
    """A session of somebody who may do everything."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection, self._chance = connection, random.Random(22)
        self.blows = 0
        connection.execute(REFUSING)

    def cut(self) -> None:
        """End every connection that is in a transaction, or all of them, again and again; a visit takes long to write meanwhile."""
        self._connection.execute("CREATE TRIGGER dawdle AFTER INSERT ON readings FOR EACH ROW EXECUTE FUNCTION dawdle()")
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        for number in range(CUTS):
            time.sleep(self._chance.uniform(0.3, 1.3))
            self.blows += len(self._connection.execute(others + (" AND state <> 'idle'" if number % 2 else "")).fetchall())
        self._connection.execute("DROP TRIGGER dawdle ON readings")

    def lock(self) -> None:
        """Let nobody write for longer than a writer waits."""
        self._connection.execute("SELECT pg_advisory_lock(%s)", (WRITERS,))
        time.sleep(LOCK_TIMEOUT + 2)
        self._connection.execute("SELECT pg_advisory_unlock(%s)", (WRITERS,))
        self.blows += len(KEYS)

    def refuse(self) -> None:
        """Find two of five writes impossible to serialize."""
        for number, when in enumerate(REFUSED):
            self._connection.execute(f"CREATE TRIGGER refuse{number} BEFORE {when} FOR EACH ROW EXECUTE FUNCTION refuse()".encode())
        time.sleep(REFUSALS)
        for number, when in enumerate(REFUSED):
            self._connection.execute(f"DROP TRIGGER refuse{number} ON {when.split()[-1]}".encode())
        last, called = self._connection.execute("SELECT last_value, is_called FROM refused").fetchall()[0]
        self.blows += last if called else 0


@contextmanager
def sabotage(url: str) -> Iterator[Saboteur]:
    with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True) as connection:
        yield Saboteur(connection)


@pytest.mark.postgres
def test_killed_connections_lock_timeouts_and_serialization_errors_double_and_lose_nothing(
    tmp_path: Path,
    server: Server,
    postgres_template: str,
) -> None:
    url, pages = server.create(postgres_template), Pages()
    with serving(pages.answer) as site, SlackReceiver() as slack, sabotage(url) as saboteur:
        daemons = Daemons(tmp_path, url, site, slack.target)
        try:
            daemons.start()
            daemons.start()
            _wait_for(tmp_path / "out.txt", "SOURCE ", 2)  # what each prints at its start; one cut off before that exits with 6
            time.sleep(3 * CADENCE)  # the first visits are the baseline, which alerts nobody one by one
            saboteur.cut()
            saboteur.lock()
            saboteur.refuse()
            pages.frozen_at = time.monotonic()
            time.sleep(3 * LEASE + CADENCE)
            assert all(daemon.poll() is None for daemon in daemons.running)
        finally:
            daemons.stop()
        said = (tmp_path / "out.txt").read_text()
        for refusal in ("terminating connection", "lock timeout", "could not serialize"):
            assert re.search(f"not visited: .*{refusal}", said), refusal  # in the middle of a visit
        database = open_database(url)
        nothing_doubled_or_lost(database, pages, slack.posted, saboteur.blows)
        assert database.findings() == ()
        database.close()


def _wait_for(path: Path, text: str, times: int) -> None:
    ends = time.monotonic() + START_WITHIN
    while path.read_text().count(text) < times:
        assert time.monotonic() < ends, path.read_text()
        time.sleep(0.1)
