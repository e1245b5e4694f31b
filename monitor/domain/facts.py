"""The facts a page can state about a model, and the slots in which later words replace earlier ones."""

from datetime import datetime
from enum import StrEnum
from typing import assert_never

from msgspec import Struct

from monitor.domain.when import Bound, When, read_value


class Stage(StrEnum):
    """Where a model stands in its life; computed for a day, stored only as a page's own word."""

    PREVIEW = "preview"
    ACTIVE = "active"
    LEGACY = "legacy"
    DEPRECATED = "deprecated"
    RETIRED = "retired"
    UNKNOWN = "unknown"


class SpecName(StrEnum):
    """What is known of a model besides its dates; tokens as integers, prices in USD per million tokens."""

    CONTEXT_WINDOW = "context_window"
    MAX_OUTPUT = "max_output"
    INPUT_PRICE = "input_price"
    OUTPUT_PRICE = "output_price"
    CACHED_INPUT_PRICE = "cached_input_price"
    KNOWLEDGE_CUTOFF = "knowledge_cutoff"
    INPUT_MODALITY = "input_modality"
    OUTPUT_MODALITY = "output_modality"


PRICES = frozenset({SpecName.INPUT_PRICE, SpecName.OUTPUT_PRICE, SpecName.CACHED_INPUT_PRICE})


class Listed(Struct, frozen=True, gc=False):
    """The provider offers it."""


class Released(Struct, frozen=True, gc=False):
    """The day it came out."""

    on: When


class Deprecated(Struct, frozen=True, gc=False):
    """The day it was declared deprecated."""

    on: When


class Retires(Struct, frozen=True, gc=False):
    """The day it stops answering; *promise* marks a floor that only says it will not happen earlier."""

    on: When
    promise: bool = False


class NoRetirement(Struct, frozen=True, gc=False):
    """The page says that no day is announced."""


class Redirects(Struct, frozen=True, gc=False):
    """The day another model starts to answer in its place."""

    on: When


class ReplacedBy(Struct, frozen=True, gc=False):
    """One recommended replacement, as printed."""

    model: str


class InStage(Struct, frozen=True, gc=False):
    """The page's own word for its state, translated."""

    stage: Stage


class AliasOf(Struct, frozen=True, gc=False):
    """The snapshot that a moving name points to."""

    snapshot: str


class Spec(Struct, frozen=True, gc=False):
    """One property; *value* as text in the unit of its name."""

    name: SpecName
    value: str


Fact = Listed | Released | Deprecated | Retires | NoRetirement | Redirects | ReplacedBy | InStage | AliasOf | Spec

SETS = frozenset({"replaced_by", SpecName.INPUT_MODALITY.value, SpecName.OUTPUT_MODALITY.value})


def fact_name(fact: Fact) -> str:  # noqa: C901, PLR0911, PLR0912 - one case per fact, so that mypy points here for a new one
    """The fact's name in tables, JSON and labels."""
    match fact:  # what listings state by the thousand comes first
        case Spec(name, _):
            return name.value
        case Listed():
            return "listed"
        case Released():
            return "released"
        case Deprecated():
            return "deprecated"
        case Retires():
            return "retires"
        case NoRetirement():
            return "no_retirement"
        case Redirects():
            return "redirects"
        case ReplacedBy():
            return "replaced_by"
        case InStage():
            return "stage"
        case AliasOf():
            return "alias_of"
        case _:
            assert_never(fact)


def slot_of(fact: Fact) -> str:
    """Where values replace each other: the fact's name, with "no date" in the slot of the date."""
    return "retires" if isinstance(fact, NoRetirement) else fact_name(fact)


def when_of(fact: Fact) -> When | None:
    """The date in a fact, if it has one."""
    return fact.on if isinstance(fact, (Released, Deprecated, Retires, Redirects)) else None  # a union would be made anew each time


def fact_value(fact: Fact) -> str:  # noqa: PLR0911 - as above
    """The fact's value in tables, JSON and labels; "" for facts that are true or absent."""
    match fact:
        case Spec(_, value):
            return value
        case Released(on) | Deprecated(on) | Retires(on) | Redirects(on):
            return on.value
        case Listed() | NoRetirement():
            return ""
        case ReplacedBy(model):
            return model
        case InStage(stage):
            return stage.value
        case AliasOf(snapshot):
            return snapshot
        case _:
            assert_never(fact)


_DATED: dict[str, type[Released | Deprecated | Redirects]] = {"released": Released, "deprecated": Deprecated, "redirects": Redirects}


def read_fact(name: str, value: str, bound: str | None = None, at: datetime | None = None, *, promise: bool = False) -> Fact:
    """The inverse of name, value and date; raises ValueError for an unknown name or a value that does not fit."""
    match name:
        case "released" | "deprecated" | "redirects" | "retires":
            on = read_value(value, Bound(bound or Bound.EXACT), at)
            return Retires(on, promise) if name == "retires" else _DATED[name](on)
        case "listed" | "no_retirement":
            return Listed() if name == "listed" else NoRetirement()
        case "stage":
            return InStage(Stage(value))
        case "replaced_by" | "alias_of":
            return ReplacedBy(value) if name == "replaced_by" else AliasOf(value)
        case _:
            return Spec(SpecName(name), value)
