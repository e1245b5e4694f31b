"""What a lifecycle belongs to: a provider's model (or service) by its exact name, narrowed by a scope."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """A model, or anything else that is shut down: an API, an endpoint, a product, a parameter, fine-tuning."""

    MODEL = "model"
    SERVICE = "service"


class Scope(Struct, frozen=True, gc=False, order=True):
    """What narrows a claim: (name, sorted values) pairs, sorted by name; empty for "everywhere"."""

    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __str__(self) -> str:
        return " ".join(f"{name}={';'.join(values)}" for name, values in self.parts)

    def as_dict(self) -> dict[str, str | list[str]]:
        """The JSON shape: a single value as a string, several as a list."""
        return {name: values[0] if len(values) == 1 else list(values) for name, values in self.parts}

    def with_part(self, name: str, values: Iterable[str]) -> "Scope":
        """This scope, narrowed further."""
        return scope_of({**{key: list(old) for key, old in self.parts}, name: list(values)})


EVERYWHERE = Scope()
_NEXT_PART = re.compile(r" (?=[^\s=]+=)")


def scope_of(parts: Mapping[str, str | Iterable[str]]) -> Scope:
    """A scope from name → value or values; empty values are left out."""
    listed = {name: [values] if isinstance(values, str) else values for name, values in parts.items()}
    given = {name: tuple(sorted({value for value in values if value})) for name, values in listed.items()}
    return Scope(tuple(sorted((name, values) for name, values in given.items() if values)))


def read_scope(text: str) -> Scope:
    """The inverse of `str(scope)`."""
    return scope_of({name: values.split(";") for name, _, values in (part.partition("=") for part in _NEXT_PART.split(text))})


class ModelKey(Struct, frozen=True, gc=False, order=True):
    """A provider, the exact model name a request carries (or a display name), and a scope."""

    provider: str
    model: str
    scope: Scope = EVERYWHERE

    def __str__(self) -> str:
        return f"{self.provider}/{self.model}" + (f" [{self.scope}]" if self.scope else "")
