"""A source over time: every visit, runs of equal ones told as one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.store import Ledger
from monitor.store.views import VisitView


@dataclass(frozen=True, slots=True)
class Spell:
    """A run of visits that came to the same: the *last* of them, how many, and when the first was."""

    last: VisitView
    since: datetime
    visits: int = 1


def spells(ledger: Ledger, key: str, until: datetime | None = None) -> tuple[Spell, ...]:
    """The visits of a source up to and with *until*, oldest first."""
    return _told(ledger.evidence.visits(key, until))


def _told(newest_first: Iterable[VisitView]) -> tuple[Spell, ...]:
    found: list[Spell] = []
    for visit in newest_first:
        if found and _result(found[-1].last) == _result(visit):
            found[-1] = replace(found[-1], since=visit.read_at, visits=found[-1].visits + 1)
        else:
            found.append(Spell(visit, visit.read_at))
    return tuple(reversed(found))


def _result(visit: VisitView) -> tuple[object, ...]:
    return visit.outcome, visit.reason, visit.claims, visit.skipped, visit.pages, visit.ours
