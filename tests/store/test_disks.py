"""Disks that fill up, files that nobody may write, locks that stay, garbage: said plainly, exit 6, no half state, and it recovers."""

import os
import resource
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor.cli import main
from monitor.errors import StoreError
from monitor.store import Database, open_database
from tests.store.words import RETIRES_IN_JUNE, Visitor, day, row_counts, says

ROOT = Path(__file__).parents[2]
DATABASE_EXIT = 6


def modelwatch(path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--database-url", f"sqlite:///{path}", *words], prog_name="modelwatch")


def visit_until_full(database: Database, most: int = 4000) -> int:
    """Visits that each bring a page of noise, until one fails; the number recorded before it."""
    for number in range(most):
        try:
            Visitor(database).hears(day(number), says(RETIRES_IN_JUNE, f"m-{number}"), text=os.urandom(20_000).hex())
        except StoreError:
            return number
    pytest.fail("the disk never filled up")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], check=False, capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_keeps_what_was_recorded_and_takes_more_when_there_is_room(small_disk: Path, sqlite_template: Path) -> None:
    path, ballast = small_disk / "watch.db", small_disk / "ballast"
    ballast.write_bytes(bytes(1_000_000))
    path.write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{path}")
    recorded = visit_until_full(database)
    assert recorded > 3
    assert row_counts(database)["readings"] == row_counts(database)["claims"] == recorded
    assert database.findings() == ()
    full = Visitor(database)
    with pytest.raises(StoreError, match=r"full|disk"):
        full.hears(day(5000), says(RETIRES_IN_JUNE, "never"), text=os.urandom(400_000).hex())
    ballast.unlink()
    full.hears(day(5001), says(RETIRES_IN_JUNE, "later"), text=os.urandom(20_000).hex())
    assert row_counts(database)["readings"] == recorded + 1
    assert database.findings() == ()
    database.close()


def test_a_full_disk_is_exit_6_with_a_reason(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODELWATCH_CATALOGUE", "off")
    (small_disk / "ballast").write_bytes(bytes(4 * 1024 * 1024 - 40_000))
    result = modelwatch(small_disk / "watch.db", "db", "upgrade")
    assert result.exit_code == DATABASE_EXIT
    assert "full" in result.stderr or "disk" in result.stderr
    (small_disk / "ballast").unlink()
    assert modelwatch(small_disk / "watch.db", "db", "upgrade").exit_code == 0


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from monitor.cli import main
main(sys.argv[2:])
"""


def test_a_quota_on_files_is_exit_6_and_leaves_the_database_as_it_was(tmp_path: Path, sqlite_template: Path) -> None:
    path = tmp_path / "watch.db"
    path.write_bytes(sqlite_template.read_bytes())
    export = tmp_path / "export.jsonl"
    other = open_database(f"sqlite:///{tmp_path}/other.db")
    other.upgrade()
    Visitor(other).hears(day(0), *(says(RETIRES_IN_JUNE, f"m-{number}") for number in range(3000)))
    other.close()
    assert modelwatch(tmp_path / "other.db", "export", "-o", str(export)).exit_code == 0
    words = [sys.executable, "-c", LIMITED, str(path.stat().st_size + 50_000), "--database-url", f"sqlite:///{path}", "import", str(export)]
    limited = subprocess.run(words, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False, capture_output=True, text=True)
    assert limited.returncode == DATABASE_EXIT, limited.stderr
    assert "Traceback" not in limited.stderr
    database = open_database(f"sqlite:///{path}")
    assert set(row_counts(database).values()) == {0}
    assert database.findings() == ()
    database.close()
    assert modelwatch(path, "import", str(export)).exit_code == 0
    assert modelwatch(path, "db", "check").exit_code == 0
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_a_file_that_may_not_be_written_is_exit_6(tmp_path: Path, sqlite_template: Path) -> None:
    path = tmp_path / "watch.db"
    path.write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///file:{path}?mode=ro&uri=true"
    assert CliRunner().invoke(main, ["--database-url", url, "db", "check"]).exit_code == 0
    other = open_database(f"sqlite:///{tmp_path}/other.db")
    other.upgrade()
    Visitor(other).hears(day(0), says(RETIRES_IN_JUNE))
    other.close()
    assert modelwatch(tmp_path / "other.db", "export", "-o", str(tmp_path / "export.jsonl")).exit_code == 0
    result = CliRunner().invoke(main, ["--database-url", url, "import", str(tmp_path / "export.jsonl")])
    assert result.exit_code == DATABASE_EXIT
    assert "readonly" in result.stderr


@pytest.mark.parametrize("words", [("db", "check"), ("db", "stats"), ("db", "backup", "copy.db"), ("export",), ("sources",)])
def test_a_file_that_is_no_database_is_exit_6(tmp_path: Path, words: tuple[str, ...]) -> None:
    path = tmp_path / "watch.db"
    path.write_bytes(b"certainly no database " * 100)
    result = modelwatch(path, *words)
    assert result.exit_code == DATABASE_EXIT
    assert "not a database" in result.stderr


def test_a_garbage_journal_loses_only_what_was_in_it(tmp_path: Path, sqlite_template: Path) -> None:
    path = tmp_path / "watch.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{path}")
    Visitor(database).hears(day(0), says(RETIRES_IN_JUNE))
    database.close()  # the journal goes into the file
    (tmp_path / "watch.db-wal").write_bytes(os.urandom(100_000))
    reopened = open_database(f"sqlite:///{path}")
    assert row_counts(reopened)["claims"] == 1
    assert reopened.findings() == ()
    Visitor(reopened).hears(day(1), says(RETIRES_IN_JUNE), says(RETIRES_IN_JUNE, "gpt-6"))
    assert row_counts(reopened)["claims"] == 2
    reopened.close()


def test_a_newer_database_is_exit_6_for_every_command(tmp_path: Path, sqlite_template: Path) -> None:
    path = tmp_path / "watch.db"
    path.write_bytes(sqlite_template.read_bytes())
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    before = path.read_bytes()
    for words in (("db", "upgrade"), ("db", "check"), ("db", "thin"), ("export",), ("sources",), ("poll",), ("db", "backup", "x.db")):
        result = modelwatch(path, *words)
        assert (result.exit_code, "newer" in result.stderr) == (DATABASE_EXIT, True), words
    assert path.read_bytes() == before


@pytest.mark.slow
def test_a_lock_of_thirty_seconds_is_exit_6_after_ten_and_forgotten_after_it(tmp_path: Path, sqlite_template: Path) -> None:
    path = tmp_path / "watch.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{path}")  # in WAL before the lock
    locked = threading.Event()
    holder = threading.Thread(target=_hold, args=(path, 30.0, locked))
    holder.start()
    locked.wait()
    began = time.monotonic()
    result = modelwatch(path, "db", "rebuild")
    assert (result.exit_code, "locked" in result.stderr) == (DATABASE_EXIT, True)
    assert 9 < time.monotonic() - began < 20
    assert database.findings() == ()  # readers are not held up
    holder.join()
    assert modelwatch(path, "db", "rebuild").exit_code == 0
    database.close()


def _hold(path: Path, seconds: float, locked: threading.Event) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    locked.set()
    time.sleep(seconds)
    other.execute("ROLLBACK")
    other.close()
