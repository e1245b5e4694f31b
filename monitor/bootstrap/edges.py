"""The edges of the program: the clock, chance, the name of this process, the way to the network."""

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from monitor import __version__

if TYPE_CHECKING:
    from monitor.config import Settings
    from monitor.fetch import Fetcher

USER_AGENT = f"modelwatch/{__version__} (self-hosted lifecycle monitor for AI models)"
JITTER = 0.1  # of a cadence, so that sources do not march in step


def clock() -> datetime:
    """The present instant, aware UTC."""
    return datetime.now(UTC)


def spread(cadence: timedelta) -> timedelta:
    """A cadence give or take a tenth, around the same mean."""
    import random

    return cadence * (1 + random.uniform(-JITTER, JITTER))  # noqa: S311 - no secret hangs on it


def holder() -> str:
    """A name for this process among those that share a database."""
    import secrets
    import socket

    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def fetcher_for(settings: "Settings", to: str | None = None) -> "Fetcher":
    """The way to the network as configured; with *to* for that address, wherever it leads.

    Raises ConfigError for a proxy, certificate file or allowance that cannot be used.
    """
    import random

    from monitor.fetch import Fetcher, FetchLimits

    fetch = settings.fetch
    return Fetcher(
        limits=FetchLimits(total_seconds=fetch.timeout.total_seconds(), max_bytes=fetch.max_bytes),
        user_agent=fetch.user_agent or USER_AGENT,
        clock=clock,
        jitter=lambda most: random.uniform(0, most),  # noqa: S311 - no secret hangs on it
        proxy=fetch.proxy,
        ca_file=fetch.ca_file,
        allow=(*fetch.allow, *_host(to)),
    )


def _host(address: str | None) -> list[str]:
    """The host of an address as `fetch.allow` names it."""
    from urllib.parse import urlsplit

    host = urlsplit(address).hostname if address else None
    return [host] if host else []
