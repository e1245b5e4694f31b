"""Faults made for real: killed writers, racing writers, files that are no database, disks that are full or read-only."""

import gc
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.store import Database, open_database
from tests.store.words import NEWS, RETIRES_IN_JUNE, Visitor, day, in_force, row_counts, says

ROOT = Path(__file__).parents[2]

# Visits forever: each round is one transaction that adds a model, its page, its reading, its events and an alert.
WRITER = """
import sys
from monitor.store import open_database
from monitor.domain.reconcile.decide import decide
from monitor.domain.readings import Reading
from tests.store.words import *
database = open_database(sys.argv[1])
print("ready", flush=True)
for number in range(int(sys.argv[2]), 10**6):
    said = [says(Retires(JUNE), f"m-{other}") for other in range(number + 1)]
    reading = Reading(NEWS, day(number), ((page(f"page {number}"), parsed(said)),))
    with database.write() as ledger:
        changes = decide(ledger.claims.known(NEWS.key, ["openai"]), reading, day(number))
        ledger.readings.record(reading, changes, {})
        ledger.outbox.add([news(f"{number}", events=changes.events)])
    print(number, flush=True)
"""

# Reads a number, adds one, writes it back; the number is how many days away the next visit is.
COUNTER = """
import sys
from monitor.store import open_database
from tests.store.words import *
database = open_database(sys.argv[1])
for _ in range(100):
    with database.write() as ledger:
        ledger.sources.schedule("counter", ledger.sources.next_visit("counter") + timedelta(days=1))
database.close()
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Another process with the store."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", code, *arguments], env=environment, stdout=subprocess.PIPE, text=True)


def test_a_writer_killed_at_any_moment_leaves_whole_readings_only(url: str, database: Database) -> None:
    chance = random.Random(7)
    acknowledged = -1
    for _ in range(4):
        acknowledged = _killed_after(chance.random() * 0.2, url, acknowledged + 1)
        counts = row_counts(database)
        assert counts["readings"] in {acknowledged + 1, acknowledged + 2}  # the last one may be committed and not yet printed
        acknowledged = counts["readings"] - 1
        assert counts["claims"] == counts["lifecycles"] == counts["pages"] == counts["alerts"] == counts["readings"]
        with database.write() as ledger:
            assert ledger.claims.rebuild() == 0


def _killed_after(seconds: float, url: str, first: int) -> int:
    """Start a writer, kill it after a while; the last reading it said was committed."""
    writer = start(WRITER, url, str(first))
    assert writer.stdout is not None
    writer.stdout.readline()
    time.sleep(seconds)
    writer.send_signal(signal.SIGKILL)
    printed, _ = writer.communicate()
    return max([first - 1, *(int(line) for line in printed.splitlines())])


def test_four_processes_lose_no_update(url: str, database: Database) -> None:
    with database.write() as ledger:
        ledger.sources.schedule("counter", day(0))
    workers = [start(COUNTER, url) for _ in range(4)]
    for worker in workers:
        worker.communicate()
    assert [worker.returncode for worker in workers] == [0] * 4
    with database.read() as ledger:
        assert ledger.sources.next_visit("counter") == day(400)


def test_an_error_in_a_transaction_undoes_it(database: Database) -> None:
    Visitor(database).hears(day(0), says(RETIRES_IN_JUNE))
    before = row_counts(database)
    with pytest.raises(ZeroDivisionError):
        _fail_after_writing(database)
    assert row_counts(database) == before


def _fail_after_writing(database: Database) -> None:
    with database.write() as ledger:
        ledger.readings.record_failed(NEWS.key, day(1), "never happened")
        1 / 0  # noqa: B018 - any error


def test_a_reader_cannot_write_and_sees_one_snapshot(database: Database) -> None:
    Visitor(database).hears(day(0), says(RETIRES_IN_JUNE))
    with database.read() as ledger:
        before = ledger.claims.in_force()
        Visitor(database).hears(day(1), says(RETIRES_IN_JUNE), says(RETIRES_IN_JUNE, "gpt-6"))
        assert ledger.claims.in_force() == before
    assert len(in_force(database)) == 2
    with pytest.raises(StoreError, match=r"read-?only"), database.read() as ledger:
        ledger.sources.schedule("a", day(0))
    with database.write() as ledger:
        ledger.sources.schedule("a", day(0))


def test_a_file_that_is_no_database_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "watch.db").write_bytes(b"certainly no database " * 100)
    with pytest.raises(StoreError, match="not a database"):
        open_database(f"sqlite:///{tmp_path}/watch.db")


def test_a_folder_in_place_of_the_file_is_a_store_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="unable to open"):
        open_database(f"sqlite:///{tmp_path}")


def test_a_file_in_place_of_a_folder_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="file"):
        open_database(f"sqlite:///{tmp_path}/file/watch.db")


def test_a_damaged_page_is_a_store_error(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "watch.db"
    path.write_bytes(sqlite_template.read_bytes())
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(StoreError, match=r"malformed|corrupt"):
        open_database(f"sqlite:///{path}").check()


def test_a_read_only_database_can_be_read_and_says_that_it_cannot_be_written(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "watch.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///file:{path}?mode=ro&uri=true")
    database.check()
    with pytest.raises(StoreError, match="readonly"), database.write() as ledger:
        ledger.sources.schedule("a", day(0))
    database.close()


def test_a_full_disk_is_a_store_error_and_leaves_the_old_state(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "watch.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{path}")
    with pytest.raises(StoreError, match="full"):
        _fill(database)
    assert row_counts(database)["sources"] == 0
    database.close()


def _fill(database: Database) -> None:
    with database.write() as ledger:
        ledger.sources._db.exec_driver_sql("PRAGMA max_page_count=1")
        for number in range(1000):
            ledger.sources.schedule(f"source {number} " + "x" * 1000, day(0))


def test_a_lock_that_is_not_given_up_is_a_store_error(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "watch.db"
    path.write_bytes(sqlite_template.read_bytes())
    other = sqlite3.connect(path, isolation_level=None)
    database = open_database(f"sqlite:///{path}?timeout=0")
    other.execute("BEGIN IMMEDIATE")
    with database.read() as ledger:
        ledger.sources._db.exec_driver_sql("PRAGMA busy_timeout=50")
        assert ledger.claims.in_force() == ()  # a reader is not held up
    with pytest.raises(StoreError, match="locked"), database.write():
        pytest.fail("alone in the database?")
    other.close()
    database.close()


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("", "no database URL"),
        ("watch.db", "no database URL"),
        ("mysql://root@localhost/x", "no such kind"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("postgresql://nobody:secret@127.0.0.1:1/none", "refused"),
    ],
)
def test_an_address_that_leads_nowhere_is_a_store_error_without_its_password(bad: str, why: str) -> None:
    with pytest.raises(StoreError, match=why) as raised:
        open_database(bad)
    assert "secret" not in str(raised.value)


def test_nothing_stays_open(url: str) -> None:
    opened = open_database(url)
    assert "secret" not in repr(opened)
    opened.close()
    del opened
    gc.collect()
