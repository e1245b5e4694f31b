"""A shop over real parts for the tests of jobs: an SQLite file, the real fetcher, a page server on loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.bootstrap import clock
from monitor.domain.pages import Request
from monitor.domain.policy.watches import Watch
from monitor.fetch import Fetcher, FetchLimits
from monitor.fetch.gate import Resolver, look_up
from monitor.jobs.shop import Shop
from monitor.jobs.visits import Visit
from monitor.sources import find_source
from monitor.store import open_database

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
HEAD = "# Deprecations\n\n| Shutdown date | Model | Replacement |\n| --- | --- | --- |\n"


def table(*rows: tuple[str, str, str]) -> bytes:
    """A deprecations page with one table."""
    return (HEAD + "".join(f"| {date} | `{model}` | `{new}` |\n" for date, model, new in rows)).encode()


def visit(*urls: str, source: str = "generic_page", key: str = "page", provider: str = "acme", keyed: bool = False) -> Visit:
    """A visit to addresses on loopback."""
    requests = tuple(Request(url, keyed=keyed) for url in urls)
    return Visit(find_source(source), key, provider, requests, timedelta(hours=6))


def upgraded(old: Visit) -> Visit:
    """The same visit with the next version of its reader."""
    return replace(old, source=replace(old.source, reader_version=old.source.reader_version + 1))


@contextmanager
def shop(tmp_path: Path, *, retries: int = 0, seconds: float = 5, resolver: Resolver = look_up) -> Iterator[Shop]:
    """The jobs' tools, with one watch over everything on the log."""
    database = open_database(f"sqlite:///{tmp_path}/jobs.db")
    database.upgrade()
    limits = FetchLimits(total_seconds=seconds, retries=retries, min_spacing_seconds=0, max_bytes=1_000_000)
    fetcher = Fetcher(limits=limits, user_agent="test", clock=clock, allow=["127.0.0.1"], resolver=resolver)
    try:
        yield Shop(database, fetcher, (Watch("all", ("log",)),), lambda cadence: cadence)
    finally:
        fetcher.close()
        database.close()
