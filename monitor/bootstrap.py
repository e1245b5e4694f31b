"""The composition root: settings → App. The only place that builds things, draws chances and reads the clock."""

import os
import random
import secrets
import socket
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from monitor import __version__
from monitor.alerts.channels import Channels
from monitor.config import Settings, load_settings, visits, watches
from monitor.domain.policy import Watch
from monitor.domain.records import Signature
from monitor.errors import UsageError
from monitor.fetch import Fetcher, FetchLimits
from monitor.jobs.catalogue import bundled, load_catalogue
from monitor.jobs.deliver import Delivered, deliver
from monitor.jobs.poll import poll
from monitor.jobs.record import Document, OwnWord, Recorded, record_document, record_word, take_back
from monitor.jobs.remind import behind, remind
from monitor.jobs.replay import Shelf, Step, replay
from monitor.jobs.retention import thin
from monitor.jobs.series import Series
from monitor.jobs.shop import PollOutcome, Shop
from monitor.jobs.tenancy import Tenant
from monitor.jobs.visits import Visit
from monitor.queries.sources import sources_overview
from monitor.queries.status import LATE, Status, status
from monitor.store import Database, open_database
from monitor.store.upkeep.retention import Thinned

USER_AGENT = f"modelwatch/{__version__} (self-hosted lifecycle monitor for AI models)"
JITTER = 0.1  # of a cadence, so that sources do not march in step


def clock() -> datetime:
    """The present instant, aware UTC."""
    return datetime.now(UTC)


def spread(cadence: timedelta) -> timedelta:
    """A cadence give or take a tenth, around the same mean."""
    return cadence * (1 + random.uniform(-JITTER, JITTER))  # noqa: S311 - no secret hangs on it


@dataclass(frozen=True, slots=True)
class App:
    """Everything, built: use as a context manager; `close` ends running fetches at once."""

    settings: Settings
    database: Database
    visits: tuple[Visit, ...]
    watches: tuple[Watch, ...]
    channels: Channels
    fetcher: Fetcher
    tenant: Tenant
    clock: Callable[[], datetime] = clock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of connections and files."""
        self.fetcher.close()
        self.database.close()

    @property
    def shop(self) -> Shop:
        """The jobs' tools."""
        return Shop(self.database, self.fetcher, self.watches, spread)

    def upgrade(self) -> str:
        """Bring the database to this program's revision, and return it; what this release brings along goes in where it is wanted."""
        return upgrade(self.database, self.settings)

    def visit(self, key: str) -> Visit:
        """The configured source of that key; raises UsageError for none."""
        found = next((visit for visit in self.visits if visit.key == key), None)
        if found is None:
            message = f"no source {key!r}; `modelwatch sources` lists them"
            raise UsageError(message)
        return found

    def poll(
        self,
        keys: Collection[str] = (),
        *,
        dry_run: bool = False,
        progress: Callable[[PollOutcome], None] = lambda _: None,
    ) -> list[PollOutcome]:
        """Visit the named sources now, or every configured one; then remind."""
        chosen = [self.visit(key) for key in keys] or [visit for visit in self.visits if not visit.not_configured]
        outcomes = []
        for visit in chosen:
            outcomes.append(self._visit(visit, dry_run=dry_run))
            progress(outcomes[-1])
        if not dry_run:
            self.remind()
        return outcomes

    def _visit(self, visit: Visit, *, dry_run: bool) -> PollOutcome:
        if dry_run or visit.not_configured:
            return poll(self.shop, visit, self.clock(), dry_run=dry_run)
        return self.tenant.visit_anyway(self.shop, visit, self.clock())

    def record_document(self, document: Document, *, dry_run: bool = False) -> Recorded:
        """Write what a document says that somebody received."""
        return record_document(self.shop, document, self.clock(), dry_run=dry_run)

    def record_word(self, word: OwnWord, *, dry_run: bool = False) -> Recorded:
        """Write what an operator says."""
        return record_word(self.shop, word, self.clock(), dry_run=dry_run)

    def take_back(self, key: str, signature: Signature, *, dry_run: bool = False) -> Recorded:
        """Withdraw a record."""
        return take_back(self.shop, key, signature, self.clock(), dry_run=dry_run)

    def remind(self) -> int:
        """Write what the calendar brings; returns how many alerts that made."""
        return remind(self.shop, self.visits, self.clock())

    def status(self) -> Status:
        """Whether silence can be trusted now."""
        now = self.clock()
        with self.database.read() as ledger:
            sources = sources_overview(ledger, self.visits, now)
            return status(ledger, sources, behind(ledger, self.watches, now - LATE), now)

    def thin(self, *, dry_run: bool = False) -> Thinned:
        """Take out of the database what proves nothing and repeats itself, as old as configured."""
        keep = self.settings.retention
        return thin(self.database, keep.pages, keep.readings, self.clock(), dry_run=dry_run)

    def deliver(self, going: Callable[[], bool] = lambda: True) -> Delivered:
        """Send what is due."""
        return deliver(self.database, self.channels, self.clock(), jitter=random.random, going=going)

    def replay(self, series: Iterable[Series], into: str | None = None) -> Iterator[Step]:
        """Saved pages through the pipeline: into the database at the URL *into*, else into one of its own that is thrown away.

        Raises UsageError for a source that is none, or pages that are not later than what the database knows; StoreError.
        """
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

    def _played(self, series: Series) -> Visit:
        visit = self.visit(series.key)
        return replace(visit, provider=series.provider) if series.provider else visit


def holder() -> str:
    """A name for this process among those that share a database."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def upgrade(database: Database, settings: Settings) -> str:
    """The database at this program's revision, with the bundled catalogue for the sources never read here, if that is wanted."""
    revision = database.upgrade()
    if settings.catalogue:
        switched_off = {key for key, options in settings.sources.items() if not options.enabled}
        load_catalogue(database, bundled(), switched_off, clock())
    return revision


def fetcher_for(settings: Settings) -> Fetcher:
    """The way to the network as configured. Raises ConfigError for a proxy, certificate file or allowance that cannot be used."""
    fetch = settings.fetch
    return Fetcher(
        limits=FetchLimits(total_seconds=fetch.timeout.total_seconds(), max_bytes=fetch.max_bytes),
        user_agent=fetch.user_agent or USER_AGENT,
        clock=clock,
        jitter=lambda most: random.uniform(0, most),  # noqa: S311 - no secret hangs on it
        proxy=fetch.proxy,
        ca_file=fetch.ca_file,
        allow=fetch.allow,
    )


def build(config_path: Path | None = None, *, database_url: str | None = None, require_schema: bool = True) -> App:
    """The App for a configuration file (or none). Raises ConfigError, StoreError; SchemaMismatch where *require_schema*."""
    settings = load_settings(config_path, os.environ)
    database = open_database(database_url or settings.database_url)
    try:
        if require_schema:
            database.check()
        fetcher = fetcher_for(settings)
        tenant = Tenant(holder(), settings.daemon.lease)
        return App(settings, database, visits(settings, os.environ), watches(settings), Channels(settings.channels), fetcher, tenant)
    except BaseException:
        database.close()
        raise
