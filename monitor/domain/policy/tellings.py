"""Tellings: what each watch has to say about one thing, brought together by channel, so that no channel hears the same twice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.events import Event
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.severity import Severity, worst
from monitor.domain.policy.watches import Watch


@dataclass(frozen=True, slots=True)
class Warned:
    """A channel that was told of a coming end, for which watch, and how urgent the most urgent of that was."""

    channel: str
    watch: str
    owner: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Telling:
    """What one watch has to tell its *channels*: *events*, or a date of *lifecycles*, with *lead* if it is a reminder."""

    watch: Watch
    channels: tuple[str, ...]
    severity: Severity
    due_at: datetime | None
    events: tuple[Event, ...] = ()
    lifecycles: tuple[Lifecycle, ...] = ()
    lead: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What one channel is told, by one or more watches."""

    channel: str
    by: tuple[Telling, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """All that any of them tells."""
        return tuple(event for telling in self.by for event in telling.events)

    @property
    def lifecycles(self) -> tuple[Lifecycle, ...]:
        """All that any of them tells of."""
        return tuple(state for telling in self.by for state in telling.lifecycles)

    @property
    def lead(self) -> int | None:
        """The most urgent lead time."""
        return min((telling.lead for telling in self.by if telling.lead is not None), default=None)

    def alert(
        self, idempotency_key: str, kind: AlertKind, now: datetime, events: tuple[Event, ...], lifecycles: tuple[Lifecycle, ...]
    ) -> Alert:
        """One alert, as urgent as the most urgent and as early as the earliest asks for.

        It names the first watch in the file and its owner alone: an alert that names two owners is nobody's.
        """
        watch = self.by[0].watch
        moments = [telling.due_at for telling in self.by]
        due_at = None if None in moments else min(filter(None, moments))
        severity = worst(telling.severity for telling in self.by)
        whose = (self.channel, watch.name, watch.owner)
        return Alert(idempotency_key, kind, *whose, now, events, lifecycles, self.lead, severity, due_at)


def by_channel(tellings: Iterable[Telling]) -> Iterator[Told]:
    """What each channel is told, channels and tellings in the order of the watches."""
    found: dict[str, list[Telling]] = {}
    for telling in tellings:
        for channel in telling.channels:
            found.setdefault(channel, []).append(telling)
    return (Told(channel, tuple(mine)) for channel, mine in found.items())
