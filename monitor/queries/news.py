"""Events: the history of a line, and everything that changed since an instant."""

from dataclasses import dataclass
from datetime import datetime

from monitor.domain.events import Event
from monitor.domain.lines import line_of
from monitor.queries.models import near_lines
from monitor.store import Ledger


@dataclass(frozen=True, slots=True)
class History:
    """The events of a line, oldest first; where there are none, *near* are lines with a similar name."""

    line: str
    events: tuple[Event, ...]
    near: tuple[str, ...] = ()


def history(ledger: Ledger, name: str, as_of: datetime | None = None) -> History:
    """What changed about the line that *name* belongs to, up to *as_of*."""
    title = line_of(name)
    events = ledger.events.of_lines([title], until=as_of)
    return History(title, events, () if events else near_lines(ledger, name))


def changes(ledger: Ledger, since: datetime | None = None, until: datetime | None = None, limit: int | None = None) -> tuple[Event, ...]:
    """What changed anywhere since an instant, up to and with *until*, oldest first; with *limit* the newest of it."""
    return ledger.events.since(since, until, limit)
