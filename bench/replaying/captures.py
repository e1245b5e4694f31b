"""A series of captures: where they lie, and what each states, by slot."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[3] / "shared"
CAPTURES = SHARED / "captures"
OF_PROSE = set(" ,(")
Slot = tuple[str, str]  # what is said, of which model
Entry = tuple[Any, Any, str]  # what holds it, where in that, which model it is


@dataclass(frozen=True)
class View:
    """What one capture states, by slot; *complete* says whether absence from it can mean anything."""

    stated: dict[Slot, str]
    complete: bool = True

    def without(self, models: set[str]) -> "View":
        """The view of a capture that lost the rows of some models."""
        return View({slot: value for slot, value in self.stated.items() if slot[1] not in models}, self.complete)


@dataclass(frozen=True)
class Series:
    """Captures of one source in the order of their names, what each states, and where the rows of its JSON are.

    In a catalogue models are called `provider/name`; those of *providers*, with names without blanks, are compared, but for
    the *unspoken*.
    """

    name: str
    source: str
    paths: tuple[Path, ...]
    views: tuple[View, ...]
    slots: frozenset[str]
    entries: Callable[[Any], list[Entry]] = lambda _: []
    providers: frozenset[str] = frozenset()
    unspoken: frozenset[str] = frozenset()

    def named(self, provider: str, model: str) -> str:
        """What the views call a model; "" for one that they never speak of."""
        if not self.providers:
            return model.split("@", maxsplit=1)[0]
        name = f"{provider}/{model}"
        return name if provider in self.providers and name not in self.unspoken and not set(model) & OF_PROSE else ""

    @property
    def is_listing(self) -> bool:
        return "listed" in self.slots


def body_of(path: Path) -> bytes:
    """A capture as it came, unpacked."""
    body = path.read_bytes()
    return gzip.decompress(body) if path.suffix == ".gz" else body


def plain(name: str) -> str:
    """The id without the collection that Google puts before it."""
    return name.rsplit("models/", 1)[-1]


def number(value: object) -> str:
    """A number in one spelling, prices to eight digits."""
    return format(round(Decimal(str(value)), 8).normalize(), "f")
