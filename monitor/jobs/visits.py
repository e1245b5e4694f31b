"""A visit: one source as configured here, with the addresses to fetch."""

from dataclasses import dataclass, replace
from datetime import timedelta

from monitor.domain.pages import Request
from monitor.domain.readings import SourceFacts
from monitor.sources import Source


@dataclass(frozen=True, slots=True)
class Visit:
    """One source as configured: its own *key* (a user's page has its own), whose models it speaks of, what to fetch and how often.

    *epoch* is the lease it is made under, without which nothing of it is written; None where nobody else can be reading.
    *not_configured* says why it cannot be visited ("OPENAI_API_KEY is not set"); that is no failure.
    """

    source: Source
    key: str
    provider: str
    requests: tuple[Request, ...]
    cadence: timedelta
    not_configured: str = ""
    epoch: int | None = None

    @property
    def facts(self) -> SourceFacts:
        """What the rules of the domain need to know of it."""
        return replace(self.source.facts, key=self.key, provider=self.provider)
