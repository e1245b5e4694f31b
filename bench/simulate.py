"""400 days of alerts: what was due by the rules, held against what the channels got, beside the rule of the best-known tracker.

The world: our own page with a date that is moved, one that is cancelled and set again, and the captured pages of `../shared/captures`
(announcements, a listing, a tracker's catalogue), each served on loopback as it stood on the simulated day. The daemon is started
anew for each of three cycles a day, is off for three weeks, and is killed (kill -9) a dozen times just after a channel took a message.
Channels on loopback in Slack's dialect fail for days (500, 429 with Retry-After, hanging after they accepted, gone with 410). Some models
are acknowledged. What is *due* follows from the ends believed by the rules told once more in `simulating/oracle.py`; what was *sent* is
what the receivers accepted, by the ids that the messages show; *unclear* are the messages whose sender was killed or left without an
answer, and only those may be *repeated*, with the same id. Target: missed, late, early, duplicated and not due all 0.

    python bench/simulate.py [--days 400] [--json]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from simulating.judging import Verdict, judged
from simulating.ledger import Facts
from simulating.life import CYCLES, acknowledge, live, put_back
from simulating.oracle import End, Listener, Oracle
from simulating.receivers import Channel
from simulating.site import served
from simulating.tracker import Rule
from simulating.world import DAYS, FAULTS, FIRST, configuration, every_site

from monitor.store import open_database

BENCH = Path(__file__).resolve().parent
WATCHES = """
[health]
channels = ["team"]

[[watch]]
name = "everything"
channels = ["pager"]
escalate = { critical = ["boss"] }

[[watch]]
name = "claude"
providers = ["anthropic"]
owner = "assistants"
channels = ["team", "gone"]

[[watch]]
name = "by the week"
providers = ["openai"]
channels = ["weekly"]
digest = "weekly mon 09:00"
"""
ACKNOWLEDGED_EVERY, MODELS_AT_ONCE = 37, 3
LAST = datetime(9999, 1, 1, tzinfo=UTC)
LISTENERS = (
    Listener("pager"),
    Listener("boss", critical_alone=True),
    Listener("weekly", lambda key: key.startswith("openai/"), on_mondays=True),
    Listener("team", lambda key: key.startswith("anthropic/")),
    Listener("gone", lambda key: key.startswith("anthropic/")),
)


class Simulation:
    """The days, one after the other."""

    def __init__(self, place: Path, stack: ExitStack) -> None:
        self.now = datetime.combine(FIRST, time(), UTC)
        self.sites = list(every_site())
        self.channels = {one.channel: Channel(one.channel, lambda: self.now) for one in LISTENERS}
        for channel in self.channels.values():
            stack.enter_context(channel.receiver)
        base = stack.enter_context(served(self.sites, self.today))
        targets = {name: channel.receiver.target for name, channel in self.channels.items()}
        self.database = place / "watch.db"
        self.config = place / "modelwatch.toml"
        self.config.write_text(configuration(self.sites, base, self.database, targets, WATCHES))
        made = open_database(f"sqlite:///{self.database}")
        made.upgrade()
        made.close()
        self.facts = Facts(self.database)
        self.oracle, self.rule = Oracle(LISTENERS), Rule()
        self.ends: dict[str, End] = {}
        self.working: dict[str, list[datetime]] = {name: [] for name in self.channels}
        self.cycles: list[datetime] = []
        self.crashes = self.acknowledged = 0

    def today(self) -> date:
        """The simulated day."""
        return self.now.date()

    def day(self, number: int) -> None:
        """One day: what is due, then what the daemon does of it."""
        off = FAULTS.down(number)
        for name, channel in self.channels.items():
            channel.behave(FAULTS.of_channel(name, number))
        for index, offset in enumerate(CYCLES if not off else ()):
            before, self.now = self.now, datetime.combine(FIRST + timedelta(days=number), time(), UTC) + offset
            self.cycles.append(self.now)
            for name, channel in self.channels.items():
                if not channel.how:
                    self.working[name].append(self.now)
            self._live(visit=index == 0, crash=index == 0 and number in FAULTS.crashes)
            self._due(before if self.cycles[:-1] else self.now)
        if not off:
            self._people(number)
        today = FIRST + timedelta(days=number)
        self.rule.day(self.ends, today, runs=not off and not FAULTS.of_channel("pager", number))

    def _people(self, number: int) -> None:
        """What people do at the end of a day: acknowledge what they have seen, and put back what a channel refused."""
        if number % ACKNOWLEDGED_EVERY == ACKNOWLEDGED_EVERY - 1:
            for key, end in acknowledge(self.config, self.now, self.ends, MODELS_AT_ONCE):
                self.oracle.acknowledge(key, end, self.now)
                self.acknowledged += 1
        for name, spans in FAULTS.failing.items():
            if any(how == "gone" and number == last + 1 for _, last, how in spans):
                put_back(self.config, name, self.now)

    def _live(self, *, visit: bool, crash: bool) -> None:
        if not crash:
            live(self.config, self.now, visit=visit)
            return
        environment = os.environ | {"PYTHONPATH": f"{BENCH}:{BENCH.parent}"}
        command = [sys.executable, "-m", "simulating.life", str(self.config), self.now.isoformat()]
        child = subprocess.Popen(command, env=environment)  # noqa: S603 - our own program
        for channel in self.channels.values():
            channel.kill = child.pid
        self.crashes += child.wait() != 0
        for channel in self.channels.values():
            channel.kill = None

    def _due(self, before: datetime) -> None:
        self.ends = self.facts.ends(self.now)
        self.oracle.reminders(self.ends, self.now)
        self.oracle.news(self.facts.news(before, self.now, self.ends), self.now)

    def verdicts(self) -> dict[str, Verdict]:
        """Every channel's."""
        alerts = self.facts.alerts()
        found = {}
        for name, channel in self.channels.items():
            found[name] = judged(
                channel, self.oracle, alerts, lambda at, works=self.working[name]: next(one for one in (*works, LAST) if one >= at)
            )
        return found


HEAD = (
    "channel",
    "due",
    "sent",
    "messages",
    "missed",
    "late",
    "early",
    "duplicated",
    "unclear",
    "repeated",
    "not due",
    "nameless",
    "acked",
)


def row(name: str, one: Verdict) -> tuple[object, ...]:
    """One line of the table."""
    wrong = (len(one.missed), len(one.late), len(one.early), len(one.duplicated), one.unclear, one.repeated)
    return name, one.due, one.sent, one.messages, *wrong, len(one.undue), one.nameless, one.acknowledged


def main() -> int:
    """Simulate, print the table; 1 where a target is missed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--days", type=int, default=DAYS)
    options.add_argument("--json", action="store_true", help="whatever was not right, one object per channel")
    said = options.parse_args()
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        simulation = Simulation(Path(place), stack)
        for number in range(said.days):
            simulation.day(number)
        verdicts = simulation.verdicts()
        simulation.facts.close()
    if said.json:
        for name, one in verdicts.items():
            print(json.dumps({"channel": name} | asdict(one), default=str))
    for line in (HEAD, *(row(name, one) for name, one in verdicts.items())):
        print("  ".join(str(cell).rjust(10) for cell in line))
    print(f"{len(simulation.cycles)} starts in {said.days} days, {simulation.crashes} of them killed in mid-delivery")
    print(f"{simulation.acknowledged} ends acknowledged")
    rule = simulation.rule
    print(f"the rule of 14 days or 1 on the same data: {len(rule.due)} due, {len(rule.sent)} sent, {len(rule.missed)} missed")
    return 0 if all(one.met for one in verdicts.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
