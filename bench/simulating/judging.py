"""What was due held against what the receivers got."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from simulating.ledger import TOLD, Written
from simulating.oracle import Due, Oracle
from simulating.receivers import Channel, Got

GRACE = timedelta(days=1)  # a retry waits an hour at most, and the day has three cycles


@dataclass
class Verdict:
    """The table's row for one channel, with whatever was not right."""

    due: int = 0
    sent: int = 0
    repeated: int = 0
    unclear: int = 0
    missed: list[Due] = field(default_factory=list)
    late: list[Due] = field(default_factory=list)
    duplicated: list[Written] = field(default_factory=list)
    undue: list[Written] = field(default_factory=list)
    early: list[Due] = field(default_factory=list)
    acknowledged: int = 0
    messages: int = 0
    nameless: int = 0

    def withhold(self, one: Due, oracle: Oracle, works_from: datetime) -> None:
        """A reminder of what was acknowledged before it could leave is none any more; anything else is missed."""
        seen = oracle.acknowledged(one.key, one.shown) if one.lead is not None else None
        if seen and seen < works_from:
            self.acknowledged += 1
        else:
            self.missed.append(one)

    @property
    def met(self) -> bool:
        """Nothing missed, late, sent twice without cause, or sent that was not due."""
        return not (self.missed or self.late or self.duplicated or self.undue or self.early or self.nameless)


def judged(channel: Channel, oracle: Oracle, alerts: dict[str, list[Written]], works_from: Callable[[datetime], datetime]) -> Verdict:
    """Of one channel; *works_from* says when the channel could first take something, at or after an instant."""
    verdict = Verdict(messages=len(channel.got))
    arrivals = _arrivals(channel, alerts, verdict)
    verdict.sent = len(arrivals)
    by_name = {name: one for one in arrivals for name in _names(one)}
    expected = set()
    for one in (due for due in oracle.due if due.channel == channel.name):
        verdict.due += 1
        found = by_name.get(one.name)
        if found is None:
            verdict.withhold(one, oracle, works_from(one.from_at))
            continue
        expected.add(found)
        arrived = min(got.at for got in arrivals[found])
        verdict.early.extend([one] * (arrived < one.from_at))
        verdict.late.extend([one] * (arrived > works_from(one.from_at) + GRACE))
    verdict.undue = [one for one in arrivals if _judged(one) and one not in expected]
    return verdict


def _arrivals(channel: Channel, alerts: dict[str, list[Written]], verdict: Verdict) -> dict[Written, list[Got]]:
    """The messages that brought each alert; those beyond the first are repeated if the sender could not know of it, else doubled."""
    arrivals: dict[Written, list[Got]] = defaultdict(list)
    for got in channel.got:
        members = {one for name in got.ids for one in alerts.get(name, ()) if one.channel == channel.name}
        verdict.nameless += not members
        verdict.unclear += got.unclear
        verdict.repeated += any(one in arrivals for one in members)
        for one in members:
            arrivals[one].append(got)
    for one, times in arrivals.items():
        extra, unclear = len(times) - 1, sum(got.unclear for got in times)
        verdict.duplicated.extend([one] * max(0, extra - unclear))
    return arrivals


def _judged(one: Written) -> bool:
    return one.kind == "reminder" or bool(one.what & TOLD)


def _names(one: Written) -> list[tuple[object, ...]]:
    """What it says, in the words of what is due: a reminder of a lead, or each event it tells of."""
    if one.kind == "reminder":
        return [("reminder", one.key, one.shown, one.lead)]
    return [(what, one.key, one.made_at) for what in one.what]
