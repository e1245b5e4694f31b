"""`init`: a configuration that loads, and never one written over."""

import os
import pty
import stat
import subprocess
import sys
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from monitor.config import load_settings
from monitor.domain.policy.routing import HealthSettings
from monitor.domain.policy.severity import Severity
from monitor.domain.policy.timing import Digest, Quiet, Timing
from monitor.domain.providers import Surface
from tests.cli.conftest import Command

WEBHOOK = "https://hooks.slack.com/services/T0/B0/x"


def test_what_is_chosen_is_what_is_loaded(mw: Command) -> None:
    words = ["--slack-env", "SLACK_WEBHOOK", "--watch", "gpt-4.1*", "--watch", 'odd "name"\\', "--provider", "openai", "--owner", "us"]
    words += ["--pager-env", "PAGER", "--digest", "weekly fri 16:00", "--quiet-hours", "20:00-08:00", "--time-zone", "Asia/Tokyo"]
    more = ["--database-url", "postgresql+psycopg://u@h/d", "--listen", "127.0.0.1:9464", "--ping-env", "PING_URL"]
    result = mw("init", "new.toml", *words, *more)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[0] == "new.toml written"
    assert "set SLACK_WEBHOOK in the environment" in result.stderr
    settings = load_settings(Path("new.toml"), {"HOME": "/", "SLACK_WEBHOOK": WEBHOOK, "PAGER": WEBHOOK, "PING_URL": "https://ping.test/x"})
    (watch,) = settings.watches
    assert (watch.models, watch.providers, watch.owner, watch.channels) == (("gpt-4.1*", 'odd "name"\\'), ("openai",), "us", ("team",))
    assert settings.channels == {"team": WEBHOOK, "pager": WEBHOOK}
    assert watch.escalate == {Severity.CRITICAL: ("pager",)}
    assert watch.timing == Timing(Quiet(time(20), time(8)), Digest(time(16), 4), ZoneInfo("Asia/Tokyo"))
    assert (settings.database_url, settings.web.listen, settings.daemon.ping) == (
        "postgresql+psycopg://u@h/d",
        "127.0.0.1:9464",
        "https://ping.test/x",
    )
    assert stat.S_IMODE(Path("new.toml").stat().st_mode) == 0o600


def test_without_a_choice_it_is_the_defaults_and_where_a_configuration_is_looked_for(mw: Command) -> None:
    assert mw("init").exit_code == 0
    settings = load_settings(None, {"HOME": "/"})
    assert (settings.channels, settings.web.listen, [watch.name for watch in settings.watches]) == ({}, "", ["everything"])
    assert "modelwatch.toml: right" in mw("config", "check").stdout


def test_the_comments_are_settings_too(mw: Command) -> None:
    mw("init", "new.toml", "--owner", "us")
    text = Path("new.toml").read_text(encoding="utf-8")
    live = [line[2:] if line.startswith("# ") and ("=" in line or line.startswith("# [")) else line for line in text.splitlines()]
    Path("live.toml").write_text("\n".join(line for line in live if "database_url" not in line), encoding="utf-8")
    urls = {"SLACK_WEBHOOK": WEBHOOK, "PAGER_URL": "ntfys://topic", "PING_URL": "https://ping.test/x"}
    settings = load_settings(Path("live.toml"), {"HOME": "/"} | urls)
    (watch,) = settings.watches
    assert watch.escalate == {Severity.CRITICAL: ("pager",)}
    assert (watch.surfaces, watch.publishers) == (frozenset({Surface.API, Surface.CLOUD}), ("openai", "anthropic"))
    assert watch.timing == Timing(Quiet(time(22), time(7), frozenset({5, 6})), Digest(time(9), 0), ZoneInfo("Europe/Zurich"))
    assert settings.health == HealthSettings(("team",), "platform-team")
    assert settings.pages[0].key == "vendor_page"
    assert settings.daemon.ping_at_least == 20


def test_nothing_is_written_over_and_nothing_written_that_does_not_load(mw: Command) -> None:
    Path("new.toml").write_text("mine")
    result = mw("init", "new.toml", "--owner", "us")
    assert (result.exit_code, Path("new.toml").read_text()) == (2, "mine")
    assert "is there already" in result.stderr
    for words in (
        ["--digest", "often"],
        ["--time-zone", "Mars"],
        ["--quiet-hours", "night"],
        ["--listen", "nonsense"],
        ["--slack-env", ""],
        ["--watch", ""],
    ):
        result = mw("init", "other.toml", "--owner", "us", *words)
        assert (result.exit_code == 2) is (not Path("other.toml").exists()), words
        Path("other.toml").unlink(missing_ok=True)
    for option, value in (("--digest", "often"), ("--time-zone", "Mars"), ("--quiet-hours", "night")):
        result = mw("init", "other.toml", option, value)
        key = option[2:].replace("-", "_")
        assert (result.exit_code, f"watch[0].{key}" in result.stderr, Path("other.toml").exists()) == (2, True, False)
    assert mw("init", "no/such/folder/new.toml").exit_code == 2


@pytest.mark.usefixtures("mw")
def test_on_a_terminal_it_asks() -> None:
    terminal, theirs = pty.openpty()
    command = [sys.executable, "-m", "monitor", "init", "asked.toml"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE) as asking:
        os.write(terminal, b"SLACK_WEBHOOK\ngpt-4.1* claude-*\n\nus\nPAGER\ndaily 08:00\n22:00-07:00\nEurope/Zurich\n\n\n")
        assert asking.wait(60) == 0
    os.close(theirs)
    os.close(terminal)
    settings = load_settings(Path("asked.toml"), {"HOME": "/", "SLACK_WEBHOOK": WEBHOOK, "PAGER": WEBHOOK})
    (watch,) = settings.watches
    assert (watch.models, watch.owner) == (("gpt-4.1*", "claude-*"), "us")
    assert watch.timing == Timing(Quiet(time(22), time(7)), Digest(time(8)), ZoneInfo("Europe/Zurich"))
    assert (watch.channels, watch.escalate) == (("team",), {Severity.CRITICAL: ("pager",)})
    assert settings.web.listen == "127.0.0.1:9464"
