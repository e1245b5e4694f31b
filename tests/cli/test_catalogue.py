"""The bundled catalogue at the command line: a first run without network or keys already answers."""

import json
from pathlib import Path

import pytest

from monitor.sources import SOURCES
from tests.cli.conftest import Command

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = '[fetch]\nproxy = "http://127.0.0.1:9"\ntimeout = "2s"\n'  # the discard port: whoever connects is refused


@pytest.fixture
def fresh(mw: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """A first run: nothing configured but a network that cannot be reached."""
    monkeypatch.delenv("MODELWATCH_CATALOGUE")
    mw.configure(NOWHERE)
    return mw


def test_a_first_run_without_network_or_keys_answers_at_once(fresh: Command) -> None:
    ahead = fresh("upcoming", "--json")
    rows = [json.loads(line) for line in ahead.stdout.splitlines()]
    assert (ahead.exit_code, bool(rows)) == (0, True)
    assert all(row["retires"]["bundled"] and row["retires"]["as_of"] for row in rows if row["retires"])
    shown = fresh("show", "gpt-4o-mini")
    assert (shown.exit_code, "bundled" in shown.stdout) == (0, True)
    assert fresh("alerts").exit_code == 1
    assert fresh("db", "rebuild").stdout == "lifecycles rebuilt, 0 changed\n"


def test_a_visit_that_fails_leaves_the_answer_and_says_so(fresh: Command) -> None:
    before = fresh("show", "gpt-4o-mini", "--json").stdout
    failed = fresh("poll", "openai_deprecations")
    assert (failed.exit_code, "failed" in failed.stdout) == (4, True)
    assert fresh("show", "gpt-4o-mini", "--json").stdout == before
    row = next(row for row in map(json.loads, fresh("sources", "--json").stdout.splitlines()) if row["source"] == "openai_deprecations")
    assert (row["health"], row["last_good_at"]) == ("failing", None)
    assert row["bundled_as_of"]


@pytest.mark.parametrize("switch", ["file", "environment"])
def test_one_switch_turns_it_off(mw: Command, monkeypatch: pytest.MonkeyPatch, switch: str) -> None:
    if switch == "file":
        monkeypatch.delenv("MODELWATCH_CATALOGUE")
        mw.configure("catalogue = false\n")
    assert mw("db", "upgrade").exit_code == 0
    assert mw("upcoming").exit_code == 1
    assert "catalogue false" in " ".join(mw("config", "show").stdout.split())


def test_a_database_that_began_without_it_takes_it_over_at_an_upgrade_but_for_what_is_switched_off(fresh: Command) -> None:
    fresh.configure("catalogue = false\n")
    assert fresh("upcoming").exit_code == 1
    off = [source.key for source in SOURCES if source.key != "groq_deprecations"]
    fresh.configure(NOWHERE + "".join(f"[source.{key}]\nenabled = false\n" for key in off))
    assert fresh("db", "upgrade").exit_code == 0
    rows = [json.loads(line) for line in fresh("upcoming", "--json").stdout.splitlines()]
    sources = [json.loads(line) for line in fresh("sources", "--json").stdout.splitlines()]
    assert {row["provider"] for row in rows} <= {"groq"}
    assert [row["source"] for row in sources if row["bundled_as_of"]] == ["groq_deprecations"]


def test_it_is_made_anew_by_a_command(mw: Command) -> None:
    captures = mw.folder / "captures"
    captures.mkdir()
    sample = ROOT / "tests/sources/pages/openai_deprecations/2026-08-20-sections.md"
    (captures / "a.md").write_bytes(sample.read_bytes())
    url = "https://developers.openai.com/api/docs/deprecations.md"
    (captures / "MANIFEST.csv").write_text(f"path,kind,original_url,captured_on\na.md,announcement-md,{url},2026-08-20\n", encoding="utf-8")
    result = mw("catalogue", "export", "captures", "--to", "out", "--json")
    rows = {row["source"]: row for row in map(json.loads, result.stdout.splitlines())}
    assert (result.exit_code, rows["openai_deprecations"]["urls"], rows["openai_models"]["reason"]) == (0, [url], "no capture")
    assert [path.name for path in Path("out").iterdir()] == ["openai_deprecations.jsonl"]
    assert "2026-08-20" in mw("catalogue", "export", "captures", "--to", "out").stdout
    (captures / "a.md").write_text("# Lunch\n", encoding="utf-8")
    assert mw("catalogue", "export", "captures", "--to", "out").exit_code == 1
    assert mw("catalogue", "export", "out").exit_code == 2
