"""What jobs work with, and what a poll reports: the store, the fetcher and the policy, handed in by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from monitor.domain.pages import Request, Validators
from monitor.domain.policy.watches import Watch
from monitor.domain.readings import Outcome
from monitor.fetch import Fetched, NotModified
from monitor.store import Database


class Fetching(Protocol):
    """Whatever brings pages: the network, or a folder of saved ones."""

    def fetch(self, request: Request, validators: Validators) -> Fetched | NotModified:
        """The page, or the word that it has not changed; raises FetchError."""


@dataclass(frozen=True, slots=True)
class Shop:
    """The jobs' tools; *jitter* spreads a cadence so that not everything happens at once."""

    database: Database
    fetcher: Fetching
    watches: tuple[Watch, ...]
    jitter: Callable[[timedelta], timedelta]


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """What one visit came to; *claims* and *skipped* count what was read, *added* and *withdrawn* the claims that changed."""

    key: str
    outcome: Outcome
    reason: str = ""
    claims: int = 0
    skipped: int = 0
    events: int = 0
    added: int = 0
    withdrawn: int = 0
    unchanged: bool = False
