"""What a message is made of, whatever service shows it, and how much of it fits; pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from monitor.alerts.inert import shorten

T = TypeVar("T")
Measure = Callable[[str], int]

CLIPS = (1000, 160, 80, 40, 20)  # how long a value may be, the first that leaves room for all that must be told
BREAK = 2  # what a line costs besides its text
LONGEST_REST = 99_999


@dataclass(frozen=True, slots=True)
class Proof:
    """A statement's quote and where it stands, inert and bounded; *known* names the source and the stored page."""

    quote: str = ""
    url: str = ""
    known: str = ""

    @property
    def quoted(self) -> str:
        """The quote in its marks; "" where there is none."""
        return f"“{self.quote}”" if self.quote else ""

    @property
    def where(self) -> str:
        """The address, with the source and the page."""
        return f"{self.url} ({self.known})" if self.url and self.known else self.url or self.known

    @property
    def lines(self) -> tuple[str, ...]:
        """The quote, and where it stands."""
        return tuple(line for line in (self.quoted, self.where) if line)


NO_PROOF = Proof()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing among several, in one line; the urgent ones with their proof."""

    text: str
    proof: Proof = NO_PROOF

    @property
    def lines(self) -> tuple[str, ...]:
        """The line, and the proof in another."""
        return (self.text, *([" ".join(self.proof.lines)] if self.proof.lines else []))


@dataclass(frozen=True, slots=True)
class Section:
    """Things of one sort under a heading; *rest* counts those left out, *more* says where they are.

    The proofs of a *spare* section are left out before any of its items.
    """

    heading: str
    items: tuple[Item, ...]
    more: str = "more"
    rest: int = 0
    spare: bool = False

    @property
    def left_out(self) -> str:
        """The line that counts the rest; "" where nothing is left out."""
        return f"+{self.rest} {self.more}" if self.rest else ""


@dataclass(frozen=True, slots=True)
class Parts:
    """A message in parts, each line inert: what happened (the most important first), facts as label and value, proofs, the foot.

    *commands* are what to do, as label and command line. *untold* and *unquoted* count the changes and quotes left out.
    """

    happened: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    proofs: tuple[Proof, ...] = ()
    sections: tuple[Section, ...] = ()
    foot: tuple[str, ...] = ()
    commands: tuple[tuple[str, str], ...] = ()
    untold: int = 0
    unquoted: int = 0

    @property
    def told(self) -> tuple[str, ...]:
        """What happened, and how much more did."""
        return (*self.happened, *([counted(self.untold, "change")] if self.untold else []))

    @property
    def more_quotes(self) -> str:
        """How many quotes are left out; "" for none."""
        return counted(self.unquoted, "quote") if self.unquoted else ""


def counted(rest: int, what: str) -> str:
    """`+1 more change`, `+12 more changes`."""
    return f"+{rest} more {what}" if rest == 1 else f"+{rest} more {what}s"


def lean(parts: Parts) -> Parts:
    """The parts without the proofs that can be spared."""
    return replace(parts, sections=tuple(_lean(section) if section.spare else section for section in parts.sections))


def _lean(section: Section) -> Section:
    return replace(section, items=tuple(replace(item, proof=NO_PROOF) for item in section.items))


def fitted(parts: Parts, room: int, measure: Measure) -> Parts:
    """As much of the parts as fits in *room* by *measure*, the rest counted exactly.

    The first of what happened, all facts, the first proof, every heading and the foot always stand in it, shortened if need be.
    """
    short, left = parts, -1
    for clip in CLIPS:
        short = _clipped(parts, clip)
        left = room - sum(measure(line) + BREAK for line in _fixed(short))
        if left >= 0:
            break
    return _filled(short, max(left, 0), measure)


def _clipped(parts: Parts, clip: int) -> Parts:
    return replace(
        parts,
        happened=tuple(shorten(line, 4 * clip) for line in parts.happened),
        facts=tuple((label, shorten(value, clip)) for label, value in parts.facts),
        proofs=tuple(replace(proof, quote=shorten(proof.quote, 2 * clip)) for proof in parts.proofs),
    )


def _fixed(parts: Parts) -> list[str]:
    """Every line that is there in any case, and the counts that may be."""
    counts = [replace(section, rest=LONGEST_REST).left_out for section in parts.sections]
    counts += [replace(parts, untold=LONGEST_REST).told[-1]] if len(parts.happened) > 1 else []
    counts += [replace(parts, unquoted=LONGEST_REST).more_quotes] if len(parts.proofs) > 1 else []
    proofs = [line for proof in parts.proofs[:1] for line in proof.lines]
    facts = [f"{label}: {value}" for label, value in parts.facts]
    commands = [f"{label}: {command}" for label, command in parts.commands]
    return [*parts.happened[:1], *facts, *proofs, *(section.heading for section in parts.sections), *parts.foot, *commands, *counts]


def _filled(parts: Parts, room: int, measure: Measure) -> Parts:
    def size(lines: Sequence[str]) -> int:
        return sum(measure(line) + BREAK + 2 for line in lines)

    happened = _taken(parts.happened[1:], room, lambda line: size([line]))
    room -= sum(size([line]) for line in happened)
    proofs = _taken(parts.proofs[1:], room, lambda proof: size(proof.lines))
    room -= sum(size(proof.lines) for proof in proofs)
    sections = []
    whole = sum(size(item.lines) for section in parts.sections for item in section.items) <= room
    for section in (parts if whole else lean(parts)).sections:
        items = _taken(section.items, room, lambda item: size(item.lines))
        room -= sum(size(item.lines) for item in items)
        sections.append(replace(section, items=items, rest=section.rest + len(section.items) - len(items)))
    return replace(
        parts,
        happened=(*parts.happened[:1], *happened),
        proofs=(*parts.proofs[:1], *proofs),
        sections=tuple(sections),
        untold=max(len(parts.happened) - 1, 0) - len(happened),
        unquoted=max(len(parts.proofs) - 1, 0) - len(proofs),
    )


def _taken(items: Sequence[T], room: int, size: Callable[[T], int]) -> tuple[T, ...]:
    """The first items that fit."""
    kept: list[T] = []
    for item in items:
        room -= size(item)
        if room < 0:
            break
        kept.append(item)
    return tuple(kept)
