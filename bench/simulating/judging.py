"""What was due held against what the receivers got."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from simulating.ledger import TOLD, Written
from simulating.oracle import Due
from simulating.receivers import Channel

GRACE = timedelta(days=1)  # a retry waits an hour at most, and the day has three cycles


@dataclass
class Verdict:
    """The table's row for one channel, with whatever was not right."""

    due: int = 0
    sent: int = 0
    repeated: int = 0
    missed: list[Due] = field(default_factory=list)
    late: list[Due] = field(default_factory=list)
    duplicated: list[Written] = field(default_factory=list)
    undue: list[Written] = field(default_factory=list)
    messages: int = 0
    nameless: int = 0

    @property
    def met(self) -> bool:
        """Nothing missed, late, sent twice without cause, or sent that was not due."""
        return not (self.missed or self.late or self.duplicated or self.undue or self.nameless)


def judged(channel: Channel, due: Iterable[Due], alerts: dict[str, list[Written]], works_again: dict[datetime, datetime]) -> Verdict:
    """Of one channel; *works_again* says of each cycle when the channel next took something."""
    verdict = Verdict(messages=len(channel.got))
    arrivals: dict[int, list[tuple[datetime, bool]]] = defaultdict(list)
    written: dict[int, Written] = {}
    for got in channel.got:
        members = {one.number: one for name in got.ids for one in alerts.get(name, ()) if one.channel == channel.name}
        verdict.nameless += not members
        written |= members
        for number in members:
            arrivals[number].append((got.at, got.unclear))
    verdict.sent = len(arrivals)
    by_name = {name: one for one in written.values() for name in _names(one)}
    wanted = [one for one in due if one.channel == channel.name]
    verdict.due = len(wanted)
    expected = set()
    for one in wanted:
        found = by_name.get(one.name)
        if found is None:
            verdict.missed.append(one)
            continue
        expected.add(found.number)
        if min(at for at, _ in arrivals[found.number]) > works_again[one.since] + GRACE:
            verdict.late.append(one)
    for number, times in arrivals.items():
        extra = len(times) - 1
        unclear = sum(unclear for _, unclear in times)
        verdict.repeated += min(extra, unclear)
        verdict.duplicated.extend([written[number]] * max(0, extra - unclear))
    verdict.undue = [one for one in written.values() if _judged(one) and one.number not in expected]
    return verdict


def _judged(one: Written) -> bool:
    return one.kind == "reminder" or bool(one.what & TOLD)


def _names(one: Written) -> list[tuple[object, ...]]:
    """What it says, in the words of what is due: a reminder of a lead, or each event it tells of."""
    if one.kind == "reminder":
        return [("reminder", one.key, one.shown, one.lead)]
    return [(what, one.key, one.made_at) for what in one.what]
