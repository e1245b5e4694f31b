"""The parts that jobs work with, each imported and built when it is first asked for."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Self

from monitor.bootstrap.edges import clock, fetcher_for, holder, spread
from monitor.config import Settings
from monitor.errors import UsageError
from monitor.store import Database

if TYPE_CHECKING:
    from monitor.alerts.channels import Channels
    from monitor.domain.policy.watches import Watch
    from monitor.fetch import Fetcher
    from monitor.jobs.lull import Lull
    from monitor.jobs.shop import Shop
    from monitor.jobs.tenancy import Tenant
    from monitor.jobs.visits import Visit


@dataclass(frozen=True)
class Parts:
    """Everything, built as it is asked for: use as a context manager; `close` ends running fetches at once."""

    settings: Settings
    database: Database
    clock: Callable[[], datetime] = clock

    @cached_property
    def visits(self) -> "tuple[Visit, ...]":
        """Every source as configured. Raises ConfigError for a secret's file that cannot be read."""
        from monitor.config.plan import visits

        return visits(self.settings, os.environ)

    @property
    def watches(self) -> "tuple[Watch, ...]":
        """Who is told of what."""
        return self.settings.watches

    @cached_property
    def channels(self) -> "Channels":
        """Where alerts go. Raises ConfigError for an address that no service takes."""
        from monitor.alerts.channels import Channels

        return Channels(self.settings.channels, health=self.settings.health)

    @cached_property
    def fetcher(self) -> "Fetcher":
        """The way to the network. Raises ConfigError as `fetcher_for` does."""
        return fetcher_for(self.settings)

    @cached_property
    def tenant(self) -> "Tenant":
        """This process among those that share the database."""
        from monitor.jobs.tenancy import Tenant

        return Tenant(holder(), self.settings.daemon.lease)

    @cached_property
    def lull(self) -> "Lull":
        """Since when the calendar has nothing to say."""
        from monitor.jobs.lull import Lull

        return Lull()

    @cached_property
    def pinger(self) -> "Fetcher | None":
        """The way to the address of `daemon.ping`, which may lie inside: the operator named it. None without one."""
        return fetcher_for(self.settings, to=self.settings.daemon.ping) if self.settings.daemon.ping else None

    def prepare(self) -> Self:
        """Build all of it now, so that what is wrong with it is said before work begins. Raises ConfigError."""
        _ = self.visits, self.watches, self.channels, self.fetcher, self.tenant, self.pinger
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of connections and files."""
        self.stop_fetching()
        self.database.close()

    def stop_fetching(self) -> None:
        """End running fetches at once, and take no more."""
        for name in ("fetcher", "pinger"):
            if fetcher := self.__dict__.get(name):  # built
                fetcher.close()

    @property
    def shop(self) -> "Shop":
        """The jobs' tools."""
        from monitor.jobs.shop import Shop

        return Shop(self.database, self.fetcher, self.watches, spread, self.settings.health)

    def visit(self, key: str) -> "Visit":
        """The configured source of that key; raises UsageError for none."""
        found = next((visit for visit in self.visits if visit.key == key), None)
        if found is None:
            message = f"no source {key!r}; `modelwatch sources` lists them"
            raise UsageError(message)
        return found
