"""Frozen values made by the thousand: reading a row must not cost more than finding it."""

from collections.abc import Callable, Iterable
from dataclasses import fields, make_dataclass
from functools import cache
from itertools import chain
from typing import Any, TypeVar

Value = TypeVar("Value")


@cache
def maker(kind: type[Value]) -> Callable[..., Value]:
    """Makes values of a frozen dataclass with slots from all its parts, in order.

    Its own constructor passes the guard against changes once for every field, which takes three times as long. So the parts are put into
    a twin with the same slots and no guard, which then becomes what it stands for.
    """
    twin: Any = make_dataclass(kind.__name__, [(part.name, Any) for part in fields(kind)], slots=True)  # type: ignore[arg-type]

    def made(*parts: object) -> Value:
        value = twin(*parts)
        value.__class__ = kind
        found: Value = value
        return found

    return made


def turned(rows: Iterable[Iterable[Any]], wide: int) -> list[list[Any]]:
    """The columns of rows that have *wide* values each.

    `zip` would make an iterator for every row, and so many objects that live for a while set off a collection of all garbage.
    """
    every = [*chain.from_iterable(rows)]
    return [every[place::wide] for place in range(wide)]
