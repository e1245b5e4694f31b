"""The program around its commands: exit codes, the configuration, the database, replays, completion, a light start."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from monitor.sources import SOURCES
from tests.cli.conftest import Command
from tests.cli.pages import MOVED, OLD
from tests.faultserver import hang, page

HEAVY = ("alembic", "apprise", "apscheduler", "httpx", "msgspec", "rich", "sqlalchemy", "turbohtml")
MODELWATCH = (sys.executable, "-m", "monitor")
ROOT = str(Path(__file__).resolve().parents[2])


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": ROOT}


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["show", "--help"], ["alerts", "--help"], ["completion", "bash"]])
def test_help_and_version_load_nothing_heavy(words: list[str]) -> None:
    look = f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    script = f"import sys; from monitor.cli import main\ntry: main({words!r})\nfinally: {look}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout
    assert done.stderr == "[]\n"


def test_the_version_is_that_of_the_package(mw: Command) -> None:
    from monitor import __version__

    assert mw("--version").stdout == f"modelwatch {__version__}\n"


def test_every_command_says_what_it_does_in_one_line(mw: Command) -> None:
    listed = mw("--help").stdout.split("Commands:\n")[1].splitlines()
    assert [line for line in listed if line.endswith("...")] == []
    assert [line.split()[0] for line in listed][:4] == ["run", "poll", "read", "upcoming"]


def test_a_wrong_configuration_names_the_key_and_is_exit_3(mw: Command) -> None:
    mw.configure("[fetch]\ntimeout = 3")
    for words in (("config", "check"), ("config", "show"), ("upcoming",), ("poll",), ("db", "current")):
        result = mw(*words)
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr.startswith("Error: fetch.timeout: expected a time")
    assert mw("--config", "none.toml", "config", "check").exit_code == 3


def test_a_channel_that_apprise_does_not_know_is_found_by_config_check(mw: Command) -> None:
    mw.configure('[channels]\nops = "nothing://like-this-secret"')
    result = mw("config", "check")
    assert (result.exit_code, "channels.ops" in result.stderr, "secret" in result.stderr) == (3, True, False)


def test_a_right_configuration_is_counted_and_shown_masked(mw: Command) -> None:
    mw.configure('[channels]\nops = "json://localhost/secret"')
    ready = sum(bool(source.address) and not (source.secret or source.per_model or source.blank) for source in SOURCES)
    counted = f"{ready} sources to visit, {len(SOURCES) - ready} not configured"
    assert mw("config", "check").stdout == f"modelwatch.toml: right; 1 channels, 1 watches, {counted}\n"
    shown = mw("config", "show").stdout
    assert ("channels.ops" in shown, "secret" in shown) == (True, False)
    assert {"key": "channels.ops", "value": "json://localhost/***"} in map(json.loads, mw("config", "show", "--json").stdout.splitlines())


def test_the_database_is_made_looked_at_and_rebuilt(mw: Command) -> None:
    mw.watch("mine")
    mw.site.routes["/mine"] = page(OLD)
    assert mw("db", "current").exit_code == 1
    assert mw("db", "rebuild").exit_code == 6
    assert mw("db", "upgrade").stdout == mw("db", "upgrade").stdout
    assert mw("db", "current").exit_code == 0
    mw("poll")
    rebuilt = mw("db", "rebuild")
    assert (rebuilt.exit_code, rebuilt.stdout) == (0, "lifecycles rebuilt, 0 changed\n")


def test_a_database_that_cannot_be_opened_is_exit_6(mw: Command) -> None:
    Path("broken.db").write_bytes(b"no database at all" * 100)
    for url in (f"sqlite:///{mw.folder}/broken.db", "sqlite:////proc/none/watch.db", "mysql://x/y"):
        result = mw("--database-url", url, "upcoming")
        assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (6, "", 1)


def test_a_replay_tells_events_and_alerts_at_their_simulated_time_twice_the_same(mw: Command) -> None:
    folder = mw.folder / "saved"
    folder.mkdir()
    (folder / "page_2026-01-10.html").write_bytes(OLD)
    (folder / "page_2026-01-12.html").write_bytes(MOVED)
    mw.watch("mine", more='[[watch]]\nname = "all"\n')
    first, second = mw("replay", "mine", str(folder), "--json"), mw("replay", "mine", str(folder), "--json")
    assert (first.exit_code, first.stdout) == (0, second.stdout)
    told = [json.loads(line) for line in first.stdout.splitlines()]
    assert [row["event"] for row in told if "event" in row][-1] == "retirement_moved"
    assert {row["at"][:10] for row in told} == {"2026-01-10", "2026-01-12"}
    assert [row["kind"] for row in told if "alert" in row] == ["digest", "news"]
    assert "reading   mine: good" in mw("replay", "mine", str(folder)).stdout
    assert mw("replay", "mine", str(mw.folder / "none")).exit_code == 2
    assert mw("replay", "none", str(folder)).exit_code == 2


def test_several_sources_are_replayed_at_once_and_may_be_kept(mw: Command) -> None:
    for key, day, body in (("mine", "2026-01-10", OLD), ("mine", "2026-01-12", MOVED), ("other", "2026-01-11", OLD)):
        folder = mw.folder / "saved" / key
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"page_{day}.html").write_bytes(body)
    mw.watch("mine", "other")
    kept, saved = f"sqlite:///{mw.folder}/kept.db", str(mw.folder / "saved")
    thrown = mw("replay", "--all", saved, "--json")
    first = mw("replay", "--all", saved, "--database", kept, "--json")
    assert (first.exit_code, first.stdout) == (0, thrown.stdout)
    assert [line.split()[1] for line in first.stderr.splitlines()] == ["mine:", "other:", "mine:"]
    changes = mw("--database-url", kept, "changes", "--json").stdout.splitlines()
    assert changes == [line for line in first.stdout.splitlines() if "event" in json.loads(line)]
    again = mw("replay", "--all", saved, "--into", kept)
    assert (again.exit_code, again.stdout) == (2, "")
    assert "history is never rewritten" in again.stderr
    for words in (["--all", saved, "mine"], ["mine"], []):
        assert mw("replay", *words).exit_code == 2


def test_a_replay_prints_the_same_bytes_in_every_process(mw: Command) -> None:
    for day, body in (("2026-01-10", OLD), ("2026-01-12", MOVED)):
        (mw.folder / "saved/mine").mkdir(parents=True, exist_ok=True)
        (mw.folder / f"saved/mine/page_{day}.html").write_bytes(body)
    mw.watch("mine")
    command = [sys.executable, "-m", "monitor", "replay", "--all", "saved", "--json"]
    here = {name: value for name, value in os.environ.items() if name != "PYTHONHASHSEED"} | {"PYTHONPATH": str(Path(__file__).parents[2])}
    outputs = {subprocess.run(command, env=here | {"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout for seed in "12"}
    assert len(outputs) == 1
    assert outputs.pop().count(b"\n") > 3


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete(mw: Command, shell: str) -> None:
    assert "_MODELWATCH_COMPLETE" in mw("completion", shell).stdout


def test_sources_complete(mw: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMP_WORDS", "modelwatch poll openai_m")
    monkeypatch.setenv("COMP_CWORD", "2")
    monkeypatch.setenv("_MODELWATCH_COMPLETE", "bash_complete")
    assert set(mw().stdout.split()) == {"plain,openai_models", "plain,openai_model_pages"}


def test_whoever_stops_reading_is_not_answered_with_an_error(mw: Command) -> None:
    mw.watch("mine")
    mw.site.routes["/mine"] = page(OLD)
    mw("poll")
    run = subprocess.Popen([*MODELWATCH, "config", "show"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.close()
    assert (run.wait(30), run.stderr.read()) == (0, b"")
    run.stderr.close()


def test_ctrl_c_is_exit_130(mw: Command) -> None:
    mw.watch("mine")
    mw.site.routes["/mine"] = hang()
    with subprocess.Popen([*MODELWATCH, "poll"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as run:
        deadline = time.monotonic() + 30
        while not mw.site.asked_for("/mine") and time.monotonic() < deadline:
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=30)
    assert (run.returncode, out, err) == (130, b"", b"interrupted\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_daemon_says_what_it_knows_and_stops_cleanly(mw: Command, number: signal.Signals) -> None:
    mw.watch("mine")
    mw.site.routes["/mine"] = page(OLD)
    with subprocess.Popen([*MODELWATCH, "run"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()) as run:
        assert run.stdout is not None
        lines = []
        for line in run.stdout:
            lines.append(line)
            if "gpt-old-2" in line:
                break
        run.send_signal(number)
        rest, err = run.communicate(timeout=30)
    text = "".join(lines)
    assert run.returncode == 0, err
    assert "Nothing retires as far as is known." in text
    assert "mine: good" in text
    assert err.rstrip().endswith("stopped")
    assert "Traceback" not in err + rest
