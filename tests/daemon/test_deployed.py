"""The daemon as it is deployed: it tells systemd, serves health and metrics, calls the dead man's switch, logs JSON, and keeps secrets."""

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from monitor.cli.demo.receiver import SlackReceiver
from monitor.sources import SOURCES
from tests.faultserver import FaultServer, answer, page
from tests.jobs.shopping import table

COMMAND = [sys.executable, "-m", "monitor"]
SECRETS = {
    "channel": "T0SECRET1/B0SECRET2/xSECRET3channel",
    "ping": "ping-SECRET4-uuid",
    "source": "sk-SECRET5-source",
    "file": "sk-SECRET6-file",
    "proxyless": "SECRET7query",
}
PATIENCE = 60.0
Deployed = tuple[Path, int, subprocess.Popen[bytes], socket.socket, FaultServer, dict[str, str]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def configure(place: Path, site: FaultServer, port: int, slack: str) -> None:
    off = "".join(f"[source.{source.key}]\nenabled = false\n" for source in SOURCES)
    (place / "key").write_text(SECRETS["file"])
    (place / "modelwatch.toml").write_text(
        f"""catalogue = false
database_url = "sqlite:///{place}/run.db"
[fetch]
allow = ["127.0.0.1"]
[daemon]
tick = "1s"
ping = {{ env = "PING_URL" }}
ping_at_least = 2
[web]
listen = "127.0.0.1:{port}"
[log]
format = "json"
level = "debug"
[channels]
team = "{slack}"
[[watch]]
name = "everything"
{off}
[[sources]]
key = "keyed"
url = "{site.url("/keyed")}?api_key={SECRETS["proxyless"]}"
provider = "acme"
secret = {{ env = "KEYED" }}
[[sources]]
key = "filed"
url = "{site.url("/filed")}"
provider = "acme"
secret = {{ file = "key" }}
[[sources]]
key = "broken"
url = "{site.url("/broken")}"
provider = "acme"
secret = {{ env = "KEYED" }}
""",
    )


@contextmanager
def running(place: Path, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MODELWATCH", "OPENAI"))}
    with (place / "out.txt").open("wb") as out:
        command = [*COMMAND, "--config", str(place / "modelwatch.toml"), "--verbose", "run"]
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=kept | env)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def until(true: Callable[[], object], what: str) -> None:
    ends = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < ends, what
        time.sleep(0.1)


def asked(port: int, path: str) -> tuple[int, str]:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", path)
        answered = connection.getresponse()
        return answered.status, answered.read().decode()
    except OSError:
        return 0, ""


def lines(place: Path, event: str) -> list[dict[str, object]]:
    told = [json.loads(line) for line in (place / "out.txt").read_text().splitlines() if line.startswith("{") and line.endswith("}")]
    return [line for line in told if line.get("event") == event]


@pytest.fixture
def deployed(tmp_path: Path) -> Iterator[Deployed]:
    with FaultServer() as site, SlackReceiver() as slack, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        site.routes["/keyed"] = site.routes["/filed"] = page(table(("2098-09-01", "alpha-1", "alpha-2")))
        site.routes["/broken"] = answer(500)
        site.routes[f"/{SECRETS['ping']}"] = page(b"OK")
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(PATIENCE)
        port = free_port()
        target = slack.target.rsplit("/", 3)[0] + "/" + SECRETS["channel"]
        configure(tmp_path, site, port, target)
        env = {
            "PING_URL": site.url(f"/{SECRETS['ping']}"),
            "KEYED": SECRETS["source"],
            "NOTIFY_SOCKET": str(tmp_path / "notify"),
            "WATCHDOG_USEC": "3000000",
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        }
        with running(tmp_path, env) as process:
            yield tmp_path, port, process, manager, site, os.environ | env


def metrics_tell_what_is(metrics: str) -> None:
    values = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(metrics)
        for sample in family.samples
    }
    assert values["modelwatch_source_claims", "keyed"] > 0
    assert values["modelwatch_source_state", "broken", "failing"] == 1
    assert values["modelwatch_source_state", "good", "keyed"] == 1
    assert values["modelwatch_events_total",] >= 2
    assert values["modelwatch_next_retirement_days", "everything"] > 20_000
    assert sum(value for key, value in values.items() if key[0] == "modelwatch_deliveries_total") >= 1


def says_that_it_stops(manager: socket.socket) -> None:
    said = b""
    while said != b"STOPPING=1":
        said = manager.recv(100)
        assert said in {b"WATCHDOG=1", b"STOPPING=1"}


def test_it_tells_systemd_answers_pings_and_keeps_every_secret(
    deployed: Deployed,
) -> None:
    place, port, process, manager, site, env = deployed
    assert manager.recv(100) == b"READY=1"
    assert manager.recv(100) == b"WATCHDOG=1"
    until(lambda: len(lines(place, "visit")) >= 3, "three visits")
    until(lambda: lines(place, "ping"), "a ping")
    until(lambda: lines(place, "delivery"), "a delivery")
    assert asked(port, "/healthz") == (200, "ok\n")
    assert asked(port, "/readyz") == (200, "ok\n")
    metrics = asked(port, "/metrics")[1]
    metrics_tell_what_is(metrics)
    visits = {str(line["source"]): line for line in lines(place, "visit")}
    assert {key: line["outcome"] for key, line in visits.items()} == {"keyed": "good", "filed": "good", "broken": "failed"}
    assert set(visits["keyed"]) >= {
        "at",
        "level",
        "logger",
        "message",
        "event",
        "source",
        "outcome",
        "claims",
        "skipped",
        "events",
        "reason",
    }
    assert len(site.asked_for(f"/{SECRETS['ping']}")) == 1
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    says_that_it_stops(manager)
    shown = subprocess.run(
        [*COMMAND, "--config", str(place / "modelwatch.toml"), "config", "show"], env=env, capture_output=True, check=True
    )
    told = (place / "out.txt").read_text() + shown.stdout.decode() + shown.stderr.decode()
    dump = "\n".join(sqlite3.connect(place / "run.db").iterdump())
    for name, secret in SECRETS.items():
        for part in secret.split("/"):
            assert part not in told, name
            assert part not in metrics, name
            assert part not in dump, name
