"""The README's quick start, run line by line as it stands there, by a new user with a channel of their own."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from monitor.cli.demo.receiver import SlackReceiver

ROOT = Path(__file__).resolve().parents[1]
CLONE = ("Makefile", "pyproject.toml", "README.md", "LICENSE", "alembic.ini", "monitor", "migrations", "deploy")
NOWHERE = '\n[fetch]\nproxy = "http://127.0.0.1:9"\n'  # all traffic stays on this machine
IN_TIME = 300


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone that is set up already: what `make` would install is there."""
    if not (ROOT / ".venv/.installed-dev").exists():
        pytest.skip("not run from the environment that `make test` sets up")
    for name in CLONE:
        (tmp_path / name).symlink_to(ROOT / name)
    installed = tmp_path / ".venv"
    installed.mkdir()
    for path in (ROOT / ".venv").iterdir():
        (installed / path.name).symlink_to(path) if path.is_dir() else (installed / path.name).touch()
    return tmp_path


def test_the_quick_start_brings_a_message_in_less_than_five_minutes(clone: Path) -> None:
    lines = re.findall(r"^ {4}(.+)$", (ROOT / "README.md").read_text().split("## Quick start")[1].split("##")[0], re.MULTILINE)
    commands = [re.split(r"\s{2,}#", line)[0] for line in lines]
    assert commands[-1] == "make run"
    keep = ("PATH", "LANG", "TMPDIR")
    environment = {name: os.environ[name] for name in keep if name in os.environ} | {"HOME": str(clone / "home")}
    with SlackReceiver() as slack:
        script = "\n".join(_own_channel(command, slack.target) for command in commands[:-1])
        began = time.monotonic()
        done = subprocess.run(["bash", "-euc", script], cwd=clone, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert [message.title.startswith("Test: ") for message in slack.posted] == [True]
        assert time.monotonic() - began < IN_TIME
        assert "bundled" in done.stdout
        with (clone / "modelwatch.toml").open("a") as file:
            file.write(NOWHERE)
        _runs_until_interrupted(clone, environment | {"SLACK_WEBHOOK": slack.target})


def _own_channel(command: str, target: str) -> str:
    return f"export SLACK_WEBHOOK='{target}'" if command.startswith("export SLACK_WEBHOOK=") else command


def _runs_until_interrupted(clone: Path, environment: dict[str, str]) -> None:
    running = subprocess.Popen(
        ["make", "run"], cwd=clone, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    time.sleep(8)
    assert running.poll() is None, running.communicate()[0]
    for child in Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split():
        os.kill(int(child), signal.SIGINT)  # as from a terminal: `deploy/foreground.py` keeps Ctrl-C from make
    said, _ = running.communicate(timeout=60)
    assert running.returncode == 0, said
