"""The daemon as a process: it works, reloads and stops by signals, whatever its sources do."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitor.sources import SOURCES
from monitor.store import open_database
from tests.faultserver import FaultServer, hang, page
from tests.jobs.shopping import table

COMMAND = Path(sys.executable).with_name("modelwatch")
ALPHA = ("2026-09-01", "alpha-1", "alpha-2")
PATIENCE = 40.0


def config(place: Path, *sources: tuple[str, str], extra: str = "") -> None:
    text = f'database_url = "sqlite:///{place}/run.db"\n[fetch]\nallow = ["127.0.0.1"]\n{extra}\n'
    for source in SOURCES:
        text += f"[source.{source.key}]\nenabled = false\n"
    for key, url in sources:
        text += f'[[sources]]\nkey = "{key}"\nurl = "{url}"\nprovider = "acme"\n'
    (place / "modelwatch.toml").write_text(text)


@contextmanager
def running(place: Path) -> Iterator[subprocess.Popen[bytes]]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MODELWATCH", "OPENAI"))}
    command = [str(COMMAND), "--config", str(place / "modelwatch.toml"), "run"]
    with (place / "out.txt").open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=env)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def output(place: Path) -> str:
    return (place / "out.txt").read_text()


def wait_for(place: Path, text: str) -> None:
    ends = time.monotonic() + PATIENCE
    while text not in output(place):
        assert time.monotonic() < ends, f"{text!r} never came:\n{output(place)}"
        time.sleep(0.1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_within_ten_seconds_with_status_zero_while_a_source_hangs(tmp_path: Path, number: signal.Signals) -> None:
    with FaultServer() as site:
        site.routes["/good"] = page(table(ALPHA))
        site.routes["/hang"] = hang()
        config(tmp_path, ("good", site.url("/good")), ("stuck", site.url("/hang")))
        with running(tmp_path) as process:
            wait_for(tmp_path, "good: good, 2 claims")
            while not site.asked_for("/hang"):
                time.sleep(0.1)
            started = time.monotonic()
            process.send_signal(number)
            assert process.wait(timeout=15) == 0
            assert time.monotonic() - started < 10
    database = open_database(f"sqlite:///{tmp_path}/run.db")
    with database.read() as ledger:
        assert ledger.readings.last("good") is not None
        assert ledger.readings.last("stuck") is None  # a visit that the stop ended is no failure of the source
    database.close()


def test_sighup_takes_a_good_configuration_and_keeps_the_old_one_if_the_new_is_bad(tmp_path: Path) -> None:
    with FaultServer() as site:
        site.routes["/one"] = page(table(ALPHA))
        site.routes["/two"] = page(table(ALPHA))
        config(tmp_path, ("one", site.url("/one")))
        with running(tmp_path) as process:
            wait_for(tmp_path, "one: good")
            config(tmp_path, ("one", site.url("/one")), extra="timeuot = '30s'")
            process.send_signal(signal.SIGHUP)
            wait_for(tmp_path, "fetch.timeuot")
            config(tmp_path, ("one", site.url("/one")), ("two", site.url("/two")))
            process.send_signal(signal.SIGHUP)
            wait_for(tmp_path, "two: good")
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=15) == 0


def test_a_bad_configuration_names_the_key_and_exits_with_three(tmp_path: Path) -> None:
    config(tmp_path, extra="[[watch]]\nname = 'x'\nlead_times = ['soon']")
    with running(tmp_path) as process:
        assert process.wait(timeout=30) == 3
    assert "watch[0].lead_times" in output(tmp_path)
