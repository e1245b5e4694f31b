"""Statements (what a line of a page puts) and claims (statements signed with source, page and time)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from msgspec import Struct

from monitor.domain.facts import Fact, fact_name, slot_of
from monitor.domain.identity import Kind, ModelKey
from monitor.domain.when import When


class Authority(IntEnum):
    """Whose word it is; the higher one is believed."""

    REPORT = 1
    AGGREGATOR = 2
    PROVIDER = 3
    PROVIDER_API = 4
    OPERATOR = 5

    @property
    def label(self) -> str:
        """The word for it in tables and JSON."""
        return self.name.lower().replace("_", "-")


def read_authority(label: str) -> Authority:
    """The inverse of `Authority.label`; raises KeyError."""
    return Authority[label.upper().replace("-", "_")]


class Place(StrEnum):
    """Where on its page a statement stands: the current state outranks the history and the prose."""

    STATUS = "status"
    HISTORY = "history"


class Statement(Struct, frozen=True, gc=False):
    """One fact as a line of a page puts it.

    *quote* is the text as it stands on the page and names the value; *said_on* is the day of the announcement it stands in;
    *authority* is set where the page lowers its own word ("according to community reports"); *family* marks a row that names
    a family of models; *link* is where to read more where the page says so (a feed's entry), no part of what is stated.
    """

    key: ModelKey
    fact: Fact
    quote: str
    kind: Kind = Kind.MODEL
    place: Place = Place.HISTORY
    said_on: When | None = None
    authority: Authority | None = None
    family: bool = False
    link: str = ""

    def __eq__(self, other: object) -> bool:
        """Whether another says the same in the same words."""
        return isinstance(other, Statement) and self.quote == other.quote and substance(self) == substance(other)

    def __hash__(self) -> int:
        return hash((self.quote, self.key))


class Skipped(Struct, frozen=True, gc=False):
    """A row or item that could not be read: its text and why; *shape* groups equal reasons for the drift guard.

    *aside* marks what carries a date or a lifecycle word in passing: it is counted and shown, but no sign of a new layout.
    """

    text: str
    reason: str
    shape: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """How a claim came here if no visit of ours brought it.

    *author* sent the document it stands in, or said it; *expires_on* is the first day (UTC) on which an operator's word no longer counts;
    *as_of* (aware UTC) is when somebody else read the page, for what a release of this program brought along.
    """

    author: str = ""
    expires_on: date | None = None
    as_of: datetime | None = None

    @property
    def bundled(self) -> bool:
        """Whether a release of this program brought it along."""
        return self.as_of is not None


VISITED = Origin()


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement signed with source, page and time; in force from *recorded_at* until *withdrawn_at*.

    *first_seen_at* is when the source first stated this value; *missing_since* the first good reading that no longer did, where
    that means something; *gone_at* the second one in a row. All instants are aware UTC. *claim_id* is the store's.
    """

    statement: Statement
    source: str
    authority: Authority
    url: str
    page: str
    first_seen_at: datetime
    recorded_at: datetime
    missing_since: datetime | None = None
    gone_at: datetime | None = None
    withdrawn_at: datetime | None = None
    inferred_from: str = ""
    claim_id: int | None = None
    origin: Origin = VISITED

    @property
    def key(self) -> ModelKey:
        """What it speaks of."""
        return self.statement.key

    @property
    def fact(self) -> Fact:
        """What it says."""
        return self.statement.fact

    @property
    def slot(self) -> str:
        """Where it is replaced."""
        return slot_of(self.statement.fact)


Substance = tuple[ModelKey, Kind, str, Fact, Place, When | None, Authority | None, bool]


def substance(statement: Statement) -> Substance:
    """What makes two statements the same, however they are worded: everything but the quote and the link."""
    return (
        statement.key,
        statement.kind,
        fact_name(statement.fact),
        statement.fact,
        statement.place,
        statement.said_on,
        statement.authority,
        statement.family,
    )
