"""Copies: the last reading of a source that a release of this program brings along, for an installation that has none of its own."""

from dataclasses import dataclass
from datetime import datetime

from monitor.domain.claims import Authority, Origin, Statement
from monitor.domain.facts import PRICES, Fact, Spec, slot_of
from monitor.domain.readings import SourceKind

OF_THE_END = frozenset({"retires", "deprecated", "redirects", "replaced_by", "stage"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a copy: its address, the hash of what was read there, and what it stated, without quotes."""

    url: str
    page: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """What one source said when somebody read it for a release: *as_of* is that day's beginning, *digest* names the content."""

    source: str
    provider: str
    authority: Authority
    as_of: datetime
    reader_version: int
    sheets: tuple[Sheet, ...]
    digest: str = ""

    @property
    def origin(self) -> Origin:
        """What marks its claims."""
        return Origin(as_of=self.as_of)


def worth_copying(kind: SourceKind, fact: Fact) -> bool:
    """Whether a release carries such a fact: of somebody else's collection only what ends a model, and never prices, which age badly."""
    if kind is SourceKind.CATALOGUE:
        return slot_of(fact) in OF_THE_END
    return not (isinstance(fact, Spec) and fact.name in PRICES)
