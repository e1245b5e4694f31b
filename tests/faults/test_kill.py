"""kill -9 at any moment of a poll or a delivery loses nothing and doubles an alert only with the same id."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitor.cli.demo.receiver import SlackReceiver
from monitor.domain.events import EventKind
from monitor.domain.pages import Page
from monitor.store import Database, open_database
from tests.faults.serving import serving
from tests.jobs.outgoing import shown_id

ZYGOTE = Path(__file__).with_name("zygote.py")
ROOT = Path(__file__).resolve().parents[2]


class Growing:
    """A deprecations page that gains a row with every visit, and four with every third: alerts that leave in one message."""

    def __init__(self) -> None:
        self.rows, self.visits = 60, 0
        self.frozen = False

    def body(self) -> bytes:
        if not self.frozen:
            self.visits += 1
            self.rows += 4 if self.visits % 3 == 0 else 1
        rows = "\n".join(f"| 2027-03-{row % 28 + 1:02} | `gpt-9-{row:04}x` | `gpt-10` |" for row in range(self.rows))
        return f"# Deprecations\n\n| Shutdown date | Model | Replacement |\n| --- | --- | --- |\n{rows}\n".encode()


@contextmanager
def zygote(*args: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(ZYGOTE), *args]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()


def fork(process: subprocess.Popen[str], rounds: int) -> int:
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{rounds}\n")
    process.stdin.flush()
    return int(process.stdout.readline())


def gone(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    assert process.stdout.readline() == "gone\n"


def kill_rounds(tmp_path: Path, rounds: int) -> None:
    url = f"sqlite:///{tmp_path}/kill.db"
    database = open_database(url)
    database.upgrade()
    page = Growing()
    with serving(lambda _: page.body()) as site, SlackReceiver() as slack, zygote(url, f"{site}/deprecations", slack.target) as process:
        began = time.monotonic()
        fork(process, 1)  # the baseline, which alerts nobody one by one
        gone(process)
        baseline = page.rows
        kill_again_and_again(process, rounds, 2 * (time.monotonic() - began))
        assert len(slack.posted) > rounds / 10  # else they were all killed before they did anything
        page.frozen = True
        fork(process, 4)  # left in peace, it catches up; leases of the dead expire
        gone(process)
        texts = [message.text for message in slack.posted]
        ids = Counter(shown_id(message) for message in slack.posted)
    expected = [f"gpt-9-{row:04}x" for row in range(page.rows)]
    nothing_lost_in(database, expected)
    database.close()
    told = {name for text in texts if "Reminder" not in text for name in re.findall(r"gpt-9-\d{4}x", text)}
    assert told >= set(expected[baseline:])  # every row after the baseline reached the channel
    assert sum(ids.values()) - len(ids) <= rounds  # at most one repetition a kill, and under the same id


def kill_again_and_again(process: subprocess.Popen[str], rounds: int, longest: float) -> None:
    """Kill each child after up to *longest* seconds."""
    chance = random.Random(20261121)
    for _ in range(rounds):
        pid = fork(process, 1000)
        time.sleep(chance.uniform(0.01, longest))
        os.kill(pid, signal.SIGKILL)
        gone(process)


def nothing_lost_in(database: Database, expected: list[str]) -> None:
    """Every row became an event, once, whose quote stands on its stored page; nothing waits; the cache equals its rebuild."""
    with database.read() as ledger:
        events = ledger.events.since()
        pages = {event.page: ledger.readings.page(event.page) for event in events if event.page}
        waiting = [view for view in ledger.outbox.listing(limit=10_000) if view.state != "done"]
    with database.write() as ledger:
        differing = ledger.claims.rebuild()
    scheduled = [event.key.model for event in events if event.kind is EventKind.RETIREMENT_SCHEDULED]
    unproven = [event for event in events if event.quote and not on_page(event.quote, pages[event.page])]
    assert (sorted(scheduled), unproven, waiting, differing) == (expected, [], [], 0)


def on_page(quote: str, page: Page | None) -> bool:
    """Whether the letters and digits of *quote* stand together on the page."""
    return page is not None and letters(quote) in letters(page.body.decode())


def letters(text: str) -> str:
    return re.sub(r"[^0-9a-z]+", "", text.casefold())


@pytest.mark.timeout(600)
def test_a_dozen_kills_in_the_middle_of_polls_and_deliveries_lose_nothing(tmp_path: Path) -> None:
    kill_rounds(tmp_path, 12)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    kill_rounds(tmp_path, 200)
