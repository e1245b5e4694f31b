"""`db`, `export` and `import` at the command line: what they print, and their exit codes."""

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Command

PAGE = """<html><body><h1>Deprecations</h1><h2>2026-01-05: Old models</h2><table>
<tr><th>Model</th><th>Shutdown date</th><th>Replacement</th></tr>
<tr><td><code>=gpt-old</code></td><td>2027-06-01</td><td><code>gpt-new</code></td></tr>
<tr><td><code>gpt-older</code></td><td>2027-05-01</td><td><code>gpt-new</code></td></tr></table></body></html>"""


@pytest.fixture
def polled(mw: Command) -> Command:
    mw.configure('database_url = "sqlite:///watch.db"\n')
    (mw.folder / "page.html").write_text(PAGE, encoding="utf-8")
    assert mw("db", "upgrade").exit_code == 0
    done = mw("record", "page.html", "--provider", "openai", "--at", "2026-01-05")
    assert done.exit_code == 0, done.output
    return mw


def test_a_sound_database_checks_out_and_a_damaged_one_is_exit_1(polled: Command) -> None:
    sound = polled("db", "check")
    assert (sound.exit_code, sound.stdout) == (0, "sound\n")
    with sqlite3.connect(polled.folder / "watch.db") as raw:
        raw.execute("DELETE FROM event_months")
    raw.close()
    damaged = polled("db", "check", "--json")
    assert damaged.exit_code == 1
    assert [json.loads(line)["check"] for line in damaged.stdout.splitlines()] == ["months"]
    assert polled("db", "rebuild").exit_code == 1
    assert polled("db", "check").exit_code == 0


def test_stats_name_every_table(polled: Command) -> None:
    found = [json.loads(line) for line in polled("db", "stats", "--json").stdout.splitlines()]
    assert {one["table"] for one in found if "table" in one} >= {"claims", "events", "pages", "readings", "event_months"}
    assert found[-1]["pages_stored"] == 1
    assert "bytes" in polled("db", "stats").stdout


def test_a_backup_is_a_database_and_never_takes_the_place_of_a_file(polled: Command) -> None:
    made = polled("db", "backup", "copy.db", "--json")
    assert made.exit_code == 0
    assert json.loads(made.stdout)["bytes"] == (polled.folder / "copy.db").stat().st_size
    assert polled("--database-url", "sqlite:///copy.db", "show", "gpt-older").stdout == polled("show", "gpt-older").stdout
    again = polled("db", "backup", "copy.db")
    assert (again.exit_code, "there already" in again.stderr) == (2, True)


def test_a_copy_is_verified_and_refuses_a_database_with_rows(polled: Command) -> None:
    assert polled("db", "copy", "sqlite:///other.db").exit_code == 0
    assert polled("--database-url", "sqlite:///other.db", "export").stdout == polled("export").stdout
    again = polled("db", "copy", "sqlite:///other.db", "--json")
    assert (again.exit_code, "not empty" in again.stderr) == (6, True)


def test_an_export_taken_in_is_the_same_export(polled: Command) -> None:
    exported = polled("export").stdout
    (polled.folder / "all.jsonl").write_text(exported, encoding="utf-8")
    fresh = ("--database-url", "sqlite:///fresh.db")
    assert polled(*fresh, "import", "all.jsonl").exit_code == 0
    assert polled(*fresh, "export").stdout == exported
    again = [json.loads(line) for line in polled(*fresh, "import", "all.jsonl", "--json").stdout.splitlines()]
    assert {one["added"] for one in again} == {0}
    assert polled(*fresh, "db", "check").exit_code == 0


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("", 2, "no export"),
        ("[]\n", 2, "no record"),
        ("{", 2, "no JSON lines"),
        ('{"format": "modelwatch export", "revision": "0001"}', 6, "0001"),
    ],
)
def test_what_is_no_export_is_refused(polled: Command, text: str, code: int, why: str) -> None:
    (polled.folder / "all.jsonl").write_text(text, encoding="utf-8")
    refused = polled("import", "all.jsonl")
    assert (refused.exit_code, why in refused.stderr) == (code, True), refused.stderr


def test_a_table_as_csv_runs_nothing_in_a_spreadsheet(polled: Command) -> None:
    rows = list(csv.DictReader(io.StringIO(polled("export", "claims", "--format", "csv").stdout)))
    assert {row["model"] for row in rows} == {"'=gpt-old", "gpt-older"}
    assert polled("export", "--format", "csv").exit_code == 2
    assert "body" not in polled("export", "pages", "--format", "csv").stdout.splitlines()[0].split(",")


def test_thinning_says_what_would_go(polled: Command) -> None:
    would = json.loads(polled("db", "thin", "--dry-run", "--json").stdout)
    assert would == {"pages": 0, "body_bytes": 0, "readings": 0, "deliveries": 0}
    assert polled("db", "thin").stdout.startswith("gone: 0 page bodies")


def test_retention_is_a_setting(mw: Command, tmp_path: Path) -> None:
    mw.configure('[retention]\npages = "30d"\n')
    shown = mw("config", "show").stdout
    assert "30d" in shown
    assert "retention.readings" in shown
    mw.configure('[retention]\npage = "30d"\n')
    wrong = mw("config", "check")
    assert (wrong.exit_code, "retention.page" in wrong.stderr) == (3, True)
    assert tmp_path == mw.folder
