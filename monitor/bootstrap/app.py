"""The App: what a command or the daemon has done, each job imported when it is first asked for."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.bootstrap.edges import clock
from monitor.bootstrap.parts import Parts
from monitor.config import Settings
from monitor.store import Database, open_database

if TYPE_CHECKING:
    from monitor.domain.records import Signature
    from monitor.jobs.deliver import Delivered
    from monitor.jobs.record import Document, OwnWord, Recorded
    from monitor.jobs.replay import Step
    from monitor.jobs.series import Series
    from monitor.jobs.shop import PollOutcome
    from monitor.jobs.visits import Visit
    from monitor.queries.status import Status
    from monitor.store.upkeep.retention import Thinned


@dataclass(frozen=True)
class App(Parts):
    """The jobs and questions, done with the parts as configured."""

    def upgrade(self) -> str:
        """Bring the database to this program's revision, and return it; what this release brings along goes in where it is wanted."""
        return upgrade(self.database, self.settings)

    def poll(
        self,
        keys: Collection[str] = (),
        *,
        dry_run: bool = False,
        progress: "Callable[[PollOutcome], None]" = lambda _: None,
    ) -> "list[PollOutcome]":
        """Visit the named sources now, or every configured one; then remind."""
        chosen = [self.visit(key) for key in keys] or [visit for visit in self.visits if not visit.not_configured]
        outcomes = []
        for visit in chosen:
            outcomes.append(self._visit(visit, dry_run=dry_run))
            progress(outcomes[-1])
        if not dry_run:
            self.remind()
        return outcomes

    def _visit(self, visit: "Visit", *, dry_run: bool) -> "PollOutcome":
        from monitor.jobs.poll import poll

        if dry_run or visit.not_configured:
            return poll(self.shop, visit, self.clock(), dry_run=dry_run)
        return self.tenant.visit_anyway(self.shop, visit, self.clock())

    def record_document(self, document: "Document", *, dry_run: bool = False) -> "Recorded":
        """Write what a document says that somebody received."""
        from monitor.jobs.record import record_document

        return record_document(self.shop, document, self.clock(), dry_run=dry_run)

    def record_word(self, word: "OwnWord", *, dry_run: bool = False) -> "Recorded":
        """Write what an operator says."""
        from monitor.jobs.record import record_word

        return record_word(self.shop, word, self.clock(), dry_run=dry_run)

    def take_back(self, key: str, signature: "Signature", *, dry_run: bool = False) -> "Recorded":
        """Withdraw a record."""
        from monitor.jobs.record import take_back

        return take_back(self.shop, key, signature, self.clock(), dry_run=dry_run)

    def remind(self) -> int:
        """Write what the calendar brings; returns how many alerts that made."""
        from monitor.jobs.remind import remind

        return remind(self.shop, self.visits, self.clock(), self.lull)

    def status(self) -> "Status":
        """Whether silence can be trusted now."""
        from monitor.jobs.remind import behind
        from monitor.queries.sources import sources_overview
        from monitor.queries.status import LATE, status

        now = self.clock()
        with self.database.read() as ledger:
            sources = sources_overview(ledger, self.visits, now)
            return status(ledger, sources, behind(ledger, self.watches, now - LATE), now)

    def thin(self, *, dry_run: bool = False) -> "Thinned":
        """Take out of the database what proves nothing and repeats itself, as old as configured."""
        from monitor.jobs.retention import thin

        keep = self.settings.retention
        return thin(self.database, keep.pages, keep.readings, self.clock(), dry_run=dry_run)

    def deliver(self, going: Callable[[], bool] = lambda: True) -> "Delivered":
        """Send what is due."""
        import random

        from monitor.jobs.deliver import deliver

        return deliver(self.database, self.channels, self.clock(), jitter=random.random, clock=self.clock, going=going)

    def ping(self) -> str | None:
        """Call the address of `daemon.ping` if enough sources were read in full within their cadence.

        None where that is not so, or no address is configured; "" if it answered, else why it did not.
        """
        from monitor.jobs.ping import ping, read_in_time

        daemon = self.settings.daemon
        if self.pinger is None or not daemon.ping:
            return None
        with self.database.read() as ledger:
            fresh, configured = read_in_time(self.visits, ledger.readings.last_good_at(), self.clock())
        enough = configured if daemon.ping_at_least is None else daemon.ping_at_least
        return ping(self.pinger, daemon.ping) if fresh and fresh >= enough else None

    def replay(self, series: "Iterable[Series]", into: str | None = None) -> "Iterator[Step]":
        """Saved pages through the pipeline: into the database at the URL *into*, else into one of its own that is thrown away.

        Raises UsageError for a source that is none, or pages that are not later than what the database knows; StoreError.
        """
        import tempfile

        from monitor.jobs.replay import Shelf, replay

        shelves = [Shelf(self._played(one), one.pages) for one in series]
        with tempfile.TemporaryDirectory(prefix="modelwatch-replay-") as place:
            database = open_database(into or f"sqlite:///{place}/replay.db")
            try:
                if database.current() is None:
                    database.upgrade()
                database.check()
                yield from replay(replace(self.shop, database=database), shelves)
            finally:
                database.close()

    def _played(self, series: "Series") -> "Visit":
        visit = self.visit(series.key)
        return replace(visit, provider=series.provider) if series.provider else visit


def upgrade(database: Database, settings: Settings) -> str:
    """The database at this program's revision, with the bundled catalogue for the sources never read here, if that is wanted."""
    revision = database.upgrade()
    if settings.catalogue:
        from monitor.jobs.catalogue import bundled, load_catalogue

        switched_off = {key for key, options in settings.sources.items() if not options.enabled}
        load_catalogue(database, bundled(), switched_off, clock())
        bundled.cache_clear()  # ten megabytes that a daemon would keep for nothing
    return revision
