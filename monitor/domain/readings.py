"""Readings: all that one visit to a source brought, and how far it can be trusted."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from monitor.domain.claims import VISITED, Authority, Origin, Skipped, Statement
from monitor.domain.pages import Page

SETTLED_READINGS = 3
SETTLED_AFTER = timedelta(hours=48)


class SourceKind(StrEnum):
    """A listing is complete (absence means something); an announcement is not; a catalogue is somebody else's collection.

    A record is what a person handed in, once: a letter, or an operator's own word.
    """

    LISTING = "listing"
    ANNOUNCEMENT = "announcement"
    CATALOGUE = "catalogue"
    RECORD = "record"


class Outcome(StrEnum):
    """What became of one visit."""

    GOOD = "good"
    PARTIAL = "partial"
    FOREIGN = "foreign"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What the rules need to know of a source."""

    key: str
    kind: SourceKind
    provider: str
    authority: Authority
    at_least: int = 1

    @property
    def complete(self) -> bool:
        """Whether absence from it means something."""
        return self.kind is SourceKind.LISTING


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one page says: statements, rows that could not be read, and why the page does not fit (`drift`), if it does not.

    *cut* says that the document or listing breaks off before its end; *empty_state* that the page says there is nothing to report;
    *rolling* that it only ever shows the newest of what it has said: what leaves it means nothing, and its length neither.
    """

    statements: tuple[Statement, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    drift: str = ""
    cut: bool = False
    empty_state: bool = False
    rolling: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one visit brought: each page with what was read from it; *read_at* is aware UTC.

    *missing* names pages that belong to the visit and could not be brought; *correction* marks a second look at an old page with a
    newer reader; *origin* is for what no visit brought.
    """

    source: SourceFacts
    read_at: datetime
    pages: tuple[tuple[Page, Parsed], ...]
    reader_version: int = 1
    missing: tuple[str, ...] = ()
    correction: bool = False
    origin: Origin = VISITED

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in page order."""
        return tuple(statement for _, parsed in self.pages for statement in parsed.statements)

    @property
    def rolling(self) -> bool:
        """Whether absence from these pages means nothing, whatever the source is."""
        return any(parsed.rolling for _, parsed in self.pages)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """All rows that could not be read."""
        return tuple(skipped for _, parsed in self.pages for skipped in parsed.skipped)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a reading looked like, for the drift guard: how many statements, and which kinds of skip."""

    claims: int
    skips: frozenset[str] = frozenset()

    def resembles(self, other: "Shape") -> bool:
        """Whether two readings have one shape: the same kinds of skip and a count within a tenth."""
        return self.skips == other.skips and abs(self.claims - other.claims) * 10 <= max(self.claims, other.claims)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is remembered of an earlier reading: its instant, outcome, shape, and whether an operator accepted that shape."""

    read_at: datetime
    outcome: Outcome
    shape: Shape
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A shape that a source has had: when the first and the last of its readings were, and how many."""

    shape: Shape
    first_at: datetime
    last_at: datetime
    readings: int


NEVER = datetime.min.replace(tzinfo=UTC)
SURE = 2  # readings of a level that make it a habit, no accident


@dataclass(frozen=True, slots=True)
class Past:
    """What the drift guard has learnt of a source from its own last half year.

    *good* and *partial* are the levels of its readings of that outcome; *settled_at* is when its shape was last accepted, or its page said
    that there is nothing to report: what was before is no measure any more.
    """

    good: tuple[Level, ...] = ()
    partial: tuple[Level, ...] = ()
    settled_at: datetime = NEVER

    @property
    def peak(self) -> int:
        """The most claims a good reading has had since the shape was settled."""
        return max((level.shape.claims for level in self.good if level.last_at >= self.settled_at), default=0)

    @property
    def skips(self) -> frozenset[str]:
        """Every kind of skipped row that a good reading has had."""
        return frozenset().union(*(level.shape.skips for level in self.good))

    def recovered_from(self, claims: int, least: int) -> bool:
        """Whether it has been about as small before, and later had at least *least* claims again: it varies, nothing is lost."""
        small = [level.first_at for level in self.good if level.readings >= SURE and level.shape.claims * 9 <= claims * 10]
        return any(level.shape.claims >= least and level.last_at > min(small, default=level.last_at) for level in self.good)

    def grown_to(self, claims: int) -> bool:
        """Whether it has been about as large before."""
        return any(level.readings >= SURE and level.shape.claims * 10 >= claims * 9 for level in self.good)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far a reading can be trusted, and why not further; *accepted* marks a new shape taken as the new baseline."""

    outcome: Outcome
    shape: Shape
    reason: str = ""
    accepted: bool = False
