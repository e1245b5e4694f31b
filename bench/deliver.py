"""Delivery measured: 500 events at once through Apprise to a receiver that speaks Slack's dialect, beside one notify per event; and how
long an alert takes from its commit to its departure from an idle daemon.

`python bench/deliver.py` prints a line per figure and fails where one misses its target (MODELWATCH_BENCH_STRICT=1). "At Slack's pace"
keeps the 1.2 seconds between messages that Apprise's plugin keeps to Slack itself; one notify per event is then measured on a few and
scaled, for 500 would take ten minutes. The daemon is the real command on a database of its own, with pages served on this machine that
gain a row with each visit; the commit is when another process can read the alert, the departure when the receiver has it.
"""

import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import apprise

from monitor.alerts.channels import Channels
from monitor.cli.demo.receiver import PATH, Posted, SlackReceiver
from monitor.domain.events import Event, EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.severity import Severity
from monitor.jobs.deliver import deliver
from monitor.sources import SOURCES
from monitor.store import open_database

EVENTS, PAGES, FEW = 500, 14, 6
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MOST_MESSAGES, MOST_SECONDS, MOST_IDLE_SECONDS = 10, 12.0, 1.0
LONGEST_TEXT, MOST_BLOCKS = 2900, 50
IDLE_SAMPLES, IDLE_FOR = 60, 120.0


def alerts() -> list[Alert]:
    """500 retirements announced at once by 14 sources, a few of them near."""
    found = []
    for number in range(EVENTS):
        key, source = ModelKey("openai", f"model-{number:03}"), f"page_{number % PAGES}"
        day = f"2027-{number % 12 + 1:02}-{number % 28 + 1:02}"
        quote = f"{key.model} will be retired on {day}; use model-next instead."
        event = Event(
            EventKind.RETIREMENT_SCHEDULED, key, NOW, "retires", "", day, source, quote, f"https://example.com/{source}", "0" * 64
        )
        severity = Severity.WARNING if number % 50 else Severity.CRITICAL
        found.append(Alert(f"news:ops:{number}", AlertKind.NEWS, "ops", "all", "platform", NOW, (event,), severity=severity))
    return found


def together(*, paced: bool) -> tuple[float, list[Posted]]:
    """Seconds to deliver all of them, and the messages they made."""
    with tempfile.TemporaryDirectory() as place, SlackReceiver() as slack:
        database = open_database(f"sqlite:///{place}/deliver.db")
        database.upgrade()
        with database.write() as ledger:
            ledger.outbox.add(alerts())
        channels = Channels({"ops": slack.target + ("?paced=yes" if paced else "")})
        began = time.perf_counter()
        done = deliver(database, channels, NOW, jitter=lambda: 0.5)
        spent = time.perf_counter() - began
        database.close()
        assert done.delivered == EVENTS, done
        return spent, list(slack.posted)


def one_by_one(count: int, *, paced: bool) -> float:
    """Seconds for a notify per event through Apprise itself."""
    with SlackReceiver() as slack:
        plugin = apprise.Apprise.instantiate("slack:/" + PATH.removeprefix("/services"))
        assert plugin
        plugin.webhook_url = slack.target.replace("slack-loopback", "http").removesuffix(PATH.removeprefix("/services")) + "/services"
        if not paced:
            plugin.request_rate_per_sec = 0
        service = apprise.Apprise()
        service.add(plugin)
        began = time.perf_counter()
        for alert in alerts()[:count]:
            event = alert.events[0]
            assert service.notify(f"{event.quote}\n{event.url}", title=f"{event.key.model} retires {event.after}")
        assert len(slack.posted) == count
        return time.perf_counter() - began


def burst() -> list[str]:
    """Print the figures of 500 events at once; what missed its target."""
    for paced in (False, True):
        spent, posted = together(paced=paced)
        count = FEW if paced else EVENTS
        alone = one_by_one(count, paced=paced) * EVENTS / count
        pace = "at Slack's pace" if paced else "as fast as the receiver answers"
        scaled = f", {FEW} measured and scaled" if paced else ""
        ours = f"{EVENTS} events, {pace}: {len(posted)} messages in {spent:.2f} s"
        print(f"{ours}; one notify per event {alone:.1f} s{scaled}: {alone / spent:.0f} times as long")
    longest = max(len(one.title) + len(one.text) for one in posted)
    blocks = max(len(part.get("blocks", ())) for one in posted for part in (one.payload, *one.payload.get("attachments", ())))
    print(f"longest message {longest} characters, most blocks {blocks}")
    checks = {
        f"{len(posted)} messages": len(posted) > MOST_MESSAGES,
        f"{spent:.1f} s": spent > MOST_SECONDS,
        f"{blocks} blocks": blocks > MOST_BLOCKS,
    }
    return [what for what, missed in checks.items() if missed]


class Growing(BaseHTTPRequestHandler):
    """Deprecation pages that gain a row with each visit."""

    rows: dict[str, int] = {}  # noqa: RUF012 - of the server's only handler

    def do_GET(self) -> None:
        self.rows[self.path] = self.rows.get(self.path, 3) + 1
        lines = (f"| 2029-03-{row % 28 + 1:02} | `{self.path[1:]}-{row:04}x` | `next` |" for row in range(self.rows[self.path]))
        body = "# Deprecations\n\n| Shutdown date | Model | Replacement |\n| --- | --- | --- |\n" + "\n".join(lines) + "\n"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def daemon(place: Path, target: str) -> Iterator[None]:
    """The real command, with two pages of this machine visited every few seconds."""
    site = ThreadingHTTPServer(("127.0.0.1", 0), Growing)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    text = f'database_url = "sqlite:///{place}/idle.db"\ncatalogue = false\n[fetch]\nallow = ["127.0.0.1"]\n[daemon]\ntick = "1s"\n'
    text += f'[channels]\nops = "{target}"\n[[watch]]\nname = "all"\nchannels = ["ops"]\n'
    text += "".join(f"[source.{source.key}]\nenabled = false\n" for source in SOURCES)
    for key in ("north", "south"):
        text += f'[[sources]]\nkey = "{key}"\nurl = "http://127.0.0.1:{site.server_port}/{key}"\nprovider = "openai"\ncadence = "2s"\n'
    (place / "modelwatch.toml").write_text(text, encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if not name.startswith("MODELWATCH_")}
    command = [sys.executable, "-m", "monitor", "--config", str(place / "modelwatch.toml"), "run"]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command
    try:
        yield
    finally:
        process.terminate()
        process.wait()
        site.shutdown()


def idle() -> list[str]:
    """Print how long alerts took from commit to departure; what missed its target."""
    arrived: dict[str, float] = {}

    def note(posted: Posted) -> None:
        for found in re.findall(r"MW-[0-9A-F]{8}", f"{posted.title}\n{posted.text}"):
            arrived.setdefault(found, time.monotonic())

    committed: dict[str, float] = {}
    ends = time.monotonic() + IDLE_FOR
    with tempfile.TemporaryDirectory() as folder, SlackReceiver(note) as slack, daemon(Path(folder), slack.target):
        while time.monotonic() < ends and len(committed.keys() & arrived.keys()) < IDLE_SAMPLES:
            for alert in seen(Path(folder) / "idle.db"):
                committed.setdefault(alert, time.monotonic())
            time.sleep(0.005)
    waits = sorted(max(0.0, arrived[alert] - committed[alert]) for alert in committed.keys() & arrived.keys())
    assert len(waits) > FEW, "the daemon delivered next to nothing"
    late = waits[int(len(waits) * 0.95)]
    figures = f"median {statistics.median(waits):.2f} s, p95 {late:.2f} s, most {waits[-1]:.2f} s"
    print(f"commit to departure, idle daemon, {len(waits)} alerts: {figures}")
    return [f"p95 {late:.2f} s"] * (late > MOST_IDLE_SECONDS)


def seen(path: Path) -> list[str]:
    """The alerts that are there for another process."""
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return [alert for (alert,) in connection.execute("SELECT visible_id FROM alerts ORDER BY id DESC LIMIT 20")]
    except sqlite3.OperationalError:  # not there yet
        return []


def main() -> int:
    """Measure and print; 1 where a target is missed and MODELWATCH_BENCH_STRICT asks for it."""
    missed = [*burst(), *idle()]
    if missed:
        print("missed:", ", ".join(missed))
    return int(bool(missed) and bool(os.environ.get("MODELWATCH_BENCH_STRICT")))


if __name__ == "__main__":
    sys.exit(main())
