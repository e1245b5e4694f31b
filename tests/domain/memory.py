"""What a store remembers between readings, without one."""

from dataclasses import dataclass, field
from datetime import datetime

from monitor.domain.claims import Claim, Statement
from monitor.domain.events import EventKind
from monitor.domain.facts import Fact
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.readings import Mark, Outcome, Parsed, Reading, SourceFacts
from monitor.domain.reconcile.decide import Changes, Known, decide, merged
from monitor.domain.reconcile.resolve import resolve_all
from tests.builders import key, reading


@dataclass
class Memory:
    """Claims in force and the marks of every source; `take` is a poll without a network or a database."""

    claims: tuple[Claim, ...] = ()
    good: dict[str, Mark] = field(default_factory=dict)
    since: dict[str, tuple[Mark, ...]] = field(default_factory=dict)

    def take(self, brought: Reading) -> Changes:
        """One visit."""
        source = brought.source.key
        known = Known(self.claims) if brought.correction else Known(self.claims, self.good.get(source), self.since.get(source, ()))
        changes = decide(known, brought, brought.read_at)
        self.claims = merged(self.claims, changes.claims)
        verdict = changes.verdict
        mark = Mark(brought.read_at, verdict.outcome, verdict.shape, verdict.accepted)
        if verdict.outcome is Outcome.GOOD:
            self.good[source], self.since[source] = mark, ()
        else:
            self.since[source] = (*self.since.get(source, ()), mark)
        return changes

    def reads(self, at: datetime, *said: Statement | Fact, by: SourceFacts | None = None, parsed: Parsed | None = None) -> list[EventKind]:
        """The kinds of event that a visit brings."""
        return kinds(self.take(reading(said, by, at, parsed=parsed)))

    def state(self, whose: ModelKey | str = "gpt-4.1-mini") -> Lifecycle:
        """What is believed about a key."""
        wanted = key(whose) if isinstance(whose, str) else whose
        return resolve_all(self.claims)[wanted]


def kinds(changes: Changes) -> list[EventKind]:
    """The kinds of the events, in order."""
    return [event.kind for event in changes.events]
