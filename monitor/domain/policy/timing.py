"""When an alert may leave: at once, with the next digest, and not in quiet hours; all on the clock of a watch's own time zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from monitor.domain.policy.severity import Severity

MINUTE, DAY, WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(days=7)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours from *begins* to just before *ends* each day (over midnight if that is earlier; none where both are the same), and whole
    *days* (0 is Monday). What is critical leaves all the same, unless *critical_waits*.
    """

    begins: time = MIDNIGHT
    ends: time = MIDNIGHT
    days: frozenset[int] = frozenset()
    critical_waits: bool = False

    def covers(self, local: datetime) -> bool:
        """Whether that moment of the clock on the wall is quiet."""
        clock = local.time()
        night = self.begins > self.ends and (clock >= self.begins or clock < self.ends)
        return local.weekday() in self.days or night or self.begins <= clock < self.ends


@dataclass(frozen=True, slots=True)
class Digest:
    """What is less urgent than *immediate_from* waits for *at*, each day or on one *weekday* (0 is Monday)."""

    at: time = time(9)
    weekday: int | None = None
    immediate_from: Severity = Severity.CRITICAL


@dataclass(frozen=True, slots=True)
class Timing:
    """When the alerts of a watch may leave; at once, if nothing is said. *zone* is that of every clock time in it."""

    quiet: Quiet | None = None
    digest: Digest | None = None
    zone: tzinfo = UTC

    def collects(self, severity: Severity) -> bool:
        """Whether that waits for the digest."""
        return self.digest is not None and severity.rank < self.digest.immediate_from.rank

    def leaves_at(self, severity: Severity, now: datetime) -> datetime | None:
        """When (aware UTC) an alert may leave that is written *now*; None for at once.

        Never before *now*, never in quiet hours unless they fill the whole week, and at most seven days of the clock on the wall later.
        """
        loud = self.quiet is None or (severity is Severity.CRITICAL and not self.quiet.critical_waits)
        moment = self._collected(self.digest, now, loud=loud) if self.digest and self.collects(severity) else self._unquiet(now, loud=loud)
        return moment if moment > now else None

    def _collected(self, digest: Digest, now: datetime, *, loud: bool) -> datetime:
        """The first departure of the digest from *now* on: its time, or the end of the quiet hours that it falls into."""
        departures = (self._unquiet(slot, loud=loud) for slot in self._slots(digest, now))
        return next(departure for departure in departures if departure >= now)

    def _slots(self, digest: Digest, now: datetime) -> Iterator[datetime]:
        """The digest's own times, from a week before *now* on."""
        today = now.astimezone(self.zone).date()
        days = (today + number * DAY for number in range(-8, 16))
        return (self._instant(datetime.combine(day, digest.at)) for day in days if digest.weekday in {None, day.weekday()})

    def _unquiet(self, moment: datetime, *, loud: bool) -> datetime:
        """The first moment from *moment* on that is not quiet."""
        if loud or self.quiet is None:
            return moment
        later = moment
        while self.quiet.covers(later.astimezone(self.zone)) and later - moment < WEEK:
            later = self._next_change(self.quiet, later)
        return min(later, moment + WEEK)

    def _next_change(self, quiet: Quiet, moment: datetime) -> datetime:
        """The next end of quiet hours or of a day; a minute on where the clock on the wall is put forward or back over it."""
        local = moment.astimezone(self.zone).replace(tzinfo=None)
        walls = (datetime.combine(local.date() + number * DAY, clock) for number in (0, 1) for clock in (quiet.ends, MIDNIGHT))
        wall = min(wall for wall in walls if wall > local)
        return max(min(self._instant(wall), self._instant(wall, fold=1)), moment + MINUTE)

    def _instant(self, wall: datetime, fold: int = 0) -> datetime:
        return wall.replace(tzinfo=self.zone, fold=fold).astimezone(UTC)


AT_ONCE = Timing()
