"""What a reader is shown: words (claims with their way here), keys and lines."""

from dataclasses import dataclass
from datetime import datetime

from monitor.domain.claims import Claim
from monitor.domain.facts import NoRetirement, Stage, fact_value, when_of
from monitor.domain.identity import Kind, ModelKey
from monitor.domain.when import When


@dataclass(frozen=True, slots=True)
class Word:
    """One claim; *inherited_from* is the name it was said of, where another name of the same model takes it over."""

    claim: Claim
    inherited_from: str = ""

    @property
    def value(self) -> str:
        """What it says."""
        return fact_value(self.claim.fact)

    @property
    def when(self) -> When | None:
        """The date it says, if it says one."""
        return when_of(self.claim.fact)

    @property
    def compared(self) -> tuple[str, str]:
        """Two words agree if these are equal."""
        return self.value, self.when.bound.value if self.when else ""


Slots = tuple[tuple[str, tuple[Word, ...]], ...]


@dataclass(frozen=True, slots=True)
class KeyView:
    """What is believed about one key: *words* by slot, one each or one per member of a set.

    *disputes* are words of the same rank that say otherwise; *differences* those of a lower rank, of an older part of a page, and of
    other keys of the line. *ends* is what reminders count to, *days_left* from the day asked about.
    """

    key: ModelKey
    kind: Kind
    line: str
    stage: Stage
    words: Slots
    known_since: datetime
    disputes: tuple[Word, ...] = ()
    differences: tuple[Word, ...] = ()
    aliases: tuple[str, ...] = ()
    ends: When | None = None
    days_left: int | None = None
    promised: bool = False
    overdue: bool = False
    unconfirmed: bool = False
    listed: bool = False
    family: bool = False

    def all(self, slot: str) -> tuple[Word, ...]:
        """The words believed in *slot*."""
        return next((words for name, words in self.words if name == slot), ())

    def word(self, slot: str) -> Word | None:
        """The (first) word believed in *slot*; in `retires` only a date."""
        return next((word for word in self.all(slot) if not isinstance(word.claim.fact, NoRetirement)), None)

    @property
    def no_retirement(self) -> Word | None:
        """The word that there is no date, where that is believed."""
        return next((word for word in self.all("retires") if isinstance(word.claim.fact, NoRetirement)), None)


@dataclass(frozen=True, slots=True)
class LineView:
    """One logical model on every surface: its keys, those of whoever makes it first, and the slots in which anybody disagrees.

    Where nothing is known, *near* are lines with a similar name.
    """

    line: str
    keys: tuple[KeyView, ...]
    differences: Slots = ()
    near: tuple[str, ...] = ()
