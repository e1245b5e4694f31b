"""Two daemons on one database, killed and frozen at any moment: nothing is polled twice in a slot, doubled or lost."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from monitor.alerts.channels import Channels
from monitor.bootstrap import clock
from monitor.cli.demo.receiver import Posted, SlackReceiver
from monitor.domain.events import EventKind
from monitor.jobs.deliver import deliver
from monitor.sources import SOURCES
from monitor.store import Database, open_database
from tests.faults.serving import serving
from tests.jobs.outgoing import shown_id

COMMAND = Path(sys.executable).with_name("modelwatch")
KEYS = ("north", "east", "south", "west")
CADENCE, LEASE = 2, 3  # seconds
GROWS_EVERY, SLOW = 10, 0.7  # seconds
EARLY = 0.8  # of a cadence: visits are spread by a tenth


class Pages:
    """A deprecations page per source that gains a row every few seconds."""

    def __init__(self) -> None:
        self.began, self.frozen_at = time.monotonic(), 0.0
        self.asked: Counter[str] = Counter()

    @property
    def rows(self) -> int:
        return 3 + int(((self.frozen_at or time.monotonic()) - self.began) / GROWS_EVERY)

    def answer(self, path: str) -> bytes:
        body = self.body(path.strip("/"))
        time.sleep(SLOW)  # so that visits overlap the other daemon's ticks
        return body

    def body(self, key: str) -> bytes:
        self.asked[key] += 1
        rows = "\n".join(f"| 2027-03-{row % 28 + 1:02} | `{key}-{row:04}x` | `{key}-next` |" for row in range(self.rows))
        return f"# Deprecations\n\n| Shutdown date | Model | Replacement |\n| --- | --- | --- |\n{rows}\n".encode()


class Daemons:
    """Daemons with one configuration, each a process of its own."""

    def __init__(self, place: Path, url: str, site: str, channel: str) -> None:
        self._place = place
        self.running: list[subprocess.Popen[bytes]] = []
        text = f'database_url = "{url}"\ncatalogue = false\n[daemon]\ntick = "1s"\nlease = "{LEASE}s"\n[fetch]\nallow = ["127.0.0.1"]\n'
        text += f'[channels]\nslack = "{channel}"\n[[watch]]\nname = "all"\n'
        text += "".join(f"[source.{source.key}]\nenabled = false\n" for source in SOURCES)
        for key in KEYS:
            text += f'[[sources]]\nkey = "{key}"\nurl = "{site}/{key}"\nprovider = "openai"\ncadence = "{CADENCE}s"\n'
        (place / "modelwatch.toml").write_text(text)

    def start(self) -> None:
        env = {name: value for name, value in os.environ.items() if not name.startswith("MODELWATCH")}
        command = [str(COMMAND), "--config", str(self._place / "modelwatch.toml"), "run"]
        out = (self._place / "out.txt").open("ab")
        self.running.append(subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=env))
        out.close()

    def kill(self, which: int) -> None:
        process = self.running.pop(which)
        process.kill()
        process.wait()

    def stop(self) -> None:
        for process in self.running:
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self.running:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()


def beset(daemons: Daemons, seconds: float) -> int:
    """Two daemons, of which one is killed and replaced, or frozen for longer than a lease, again and again; how often."""
    chance, blows = random.Random(20261121), 0
    daemons.start()
    daemons.start()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        time.sleep(chance.uniform(5, 8))
        blows += 1
        if blows % 2:
            daemons.kill(chance.randrange(2))
            daemons.start()
        else:
            frozen = chance.choice(daemons.running)
            frozen.send_signal(signal.SIGSTOP)
            time.sleep(LEASE * 2.5)
            frozen.send_signal(signal.SIGCONT)
    return blows


def two_daemons(place: Path, url: str, seconds: float) -> None:
    pages = Pages()
    with serving(pages.answer) as site, SlackReceiver() as slack:
        daemons = Daemons(place, url, site, slack.target)
        try:
            blows = beset(daemons, seconds)
            pages.frozen_at = time.monotonic()
            time.sleep(3 * LEASE + CADENCE)
        finally:
            daemons.stop()
        database = open_database(url)
        later = clock() + timedelta(minutes=10)  # when the leases of the dead have run out
        while deliver(database, Channels({"slack": slack.target}), later, jitter=random.random).tried:
            pass
        nothing_doubled_or_lost(database, pages, slack.posted, blows)
        database.close()


def nothing_doubled_or_lost(database: Database, pages: Pages, posted: list[Posted], blows: int) -> None:
    with database.read() as ledger:
        events = ledger.events.since()
        waiting = [view for view in ledger.outbox.listing(limit=10_000) if view.state != "done"]
        read_at = {key: ledger.readings.times(key) for key in KEYS}
    with database.write() as ledger:
        assert ledger.claims.rebuild() == 0
    assert waiting == []
    scheduled = Counter(event.key.model for event in events if event.kind is EventKind.RETIREMENT_SCHEDULED)
    assert scheduled == Counter(f"{key}-{row:04}x" for key in KEYS for row in range(pages.rows))
    gaps = [(key, after - before) for key, at in read_at.items() for before, after in pairwise(at)]
    assert [gap for gap in gaps if gap[1] < timedelta(seconds=CADENCE * EARLY)] == []  # no source twice in a slot
    assert sum(pages.asked.values()) - sum(map(len, read_at.values())) <= blows * len(KEYS)  # a blow costs a visit under way
    texts = [message.text for message in posted]
    told = {name for text in texts if "Reminder" not in text for name in re.findall(r"(?:north|east|south|west)-\d{4}x", text)}
    assert told >= {f"{key}-{row:04}x" for key in KEYS for row in range(3, pages.rows)}
    ids = Counter(map(shown_id, posted))
    assert sum(ids.values()) - len(ids) <= blows  # at most one repetition a blow, and under the same id


def test_a_minute_of_kills_and_freezes_doubles_and_loses_nothing(tmp_path: Path, url: str) -> None:
    two_daemons(tmp_path, url, 60 if url.startswith("postgresql") else 10)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(not os.environ.get("MODELWATCH_TEST_SLOW"), reason="ten minutes; set MODELWATCH_TEST_SLOW=1")
def test_ten_minutes_of_kills_and_freezes_double_and_lose_nothing(tmp_path: Path, url: str) -> None:
    two_daemons(tmp_path, url, 600)
