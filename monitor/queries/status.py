"""Can silence be trusted right now: whether every source is read, every alert gone out, and the calendar kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.domain.health import Health
from monitor.queries.sources import SourceView
from monitor.store import Ledger
from monitor.store.views import BacklogView

LATE = timedelta(hours=1)  # an alert not gone out, or a day of the calendar not told, for as long is stuck
REMEMBERED = timedelta(days=7)  # an alert that was given up is a hole in what was told for this long
UNREAD = frozenset({Health.NEVER_READ, Health.BUNDLED})


@dataclass(frozen=True, slots=True)
class ProviderStatus:
    """The sources that speak of one provider ("any" for collections): those configured, and how many of them are good."""

    provider: str
    needed: tuple[SourceView, ...]
    not_configured: int

    @property
    def good(self) -> int:
        """How many are good."""
        return sum(view.health is Health.GOOD for view in self.needed)

    @property
    def down(self) -> tuple[SourceView, ...]:
        """Those that are not."""
        return tuple(view for view in self.needed if view.health is not Health.GOOD)

    @property
    def oldest_good_at(self) -> datetime | None:
        """The last good reading of the one that was read in full the longest ago; None where one never was."""
        last = [view.last_good_at for view in self.needed]
        return min((at for at in last if at), default=None) if all(last) else None

    @property
    def blind(self) -> bool:
        """Whether nobody speaks for it now."""
        return bool(self.needed) and not self.good

    @property
    def unread(self) -> bool:
        """Whether none of its sources was ever visited."""
        return bool(self.needed) and all(view.health in UNREAD for view in self.needed)


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that silence depends on; *behind* is how much of the calendar should have been told and was not."""

    at: datetime
    providers: tuple[ProviderStatus, ...]
    backlog: BacklogView
    behind: int

    @property
    def watched(self) -> tuple[ProviderStatus, ...]:
        """The providers with a source that is configured."""
        return tuple(one for one in self.providers if one.needed)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why silence cannot be trusted; none where it can."""
        return tuple(self._reasons())

    @property
    def trusted(self) -> bool:
        """Whether "nothing happened" means that nothing happened."""
        return not self.reasons

    def _reasons(self) -> Iterator[str]:
        if not self.watched:
            yield "no source is configured"
        unread = [one.provider for one in self.watched if one.unread]
        if unread:
            yield f"never read: {', '.join(unread)}"
        for one in self.watched:
            if one.down and not one.unread:
                count = "no source" if one.blind else f"{one.good} of {len(one.needed)} sources"
                yield f"{one.provider}: {count} in good health ({', '.join(f'{view.key} {view.health}' for view in one.down)})"
        yield from self._untold()

    def _untold(self) -> Iterator[str]:
        if self.backlog.overdue:
            yield f"{_count(self.backlog.overdue, 'alert')} not delivered for more than an hour"
        if self.backlog.given_up:
            yield f"{_count(self.backlog.given_up, 'alert')} given up in the last 7 days (`modelwatch alerts list --state given_up`)"
        if self.behind:
            yield f"the calendar is behind: {_count(self.behind, 'event or reminder', 'events or reminders')} not written"


def status(ledger: Ledger, sources: Iterable[SourceView], behind: int, now: datetime) -> Status:
    """What *sources* (the overview at *now*), the outbox and the calendar say together."""
    by_provider: dict[str, list[SourceView]] = defaultdict(list)
    for view in sources:
        if view.health is not Health.RECORDED:
            by_provider[view.provider or "any"].append(view)
    backlog = ledger.outbox.backlog(late=now - LATE, since=now - REMEMBERED)
    return Status(now, tuple(_provider(name, views) for name, views in sorted(by_provider.items())), backlog, behind)


def _provider(name: str, views: Iterable[SourceView]) -> ProviderStatus:
    views = tuple(views)
    needed = tuple(view for view in views if view.health is not Health.NOT_CONFIGURED)
    return ProviderStatus(name, needed, len(views) - len(needed))


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or f'{one}s'}"
