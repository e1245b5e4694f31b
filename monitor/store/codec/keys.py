"""Keys and scopes ↔ columns, and what the indexes of both engines refuse."""

from functools import lru_cache
from typing import Any

import msgspec

from monitor.domain.identity import EVERYWHERE, ModelKey, Scope, scope_of
from monitor.domain.lines import line_of
from monitor.errors import StoreError
from monitor.store.types import clean_text, json_text

Values = dict[str, Any]
Row = tuple[Any, ...]
KEY = ("provider", "model", "scope", "line")
KEY_BYTES = 2000  # PostgreSQL refuses an index entry of more than 2,704 bytes; both engines refuse at the same length


def scope_text(scope: Scope) -> str:
    """A scope as canonical JSON; "" for everywhere."""
    return json_text(scope.as_dict()) if scope else ""


@lru_cache(maxsize=10_000)
def read_scope_text(text: str) -> Scope:
    """The inverse of `scope_text`."""
    return scope_of(msgspec.json.decode(text)) if text else EVERYWHERE


@lru_cache(maxsize=10_000)
def key_row(key: ModelKey) -> tuple[str, str, str, str]:
    """The columns KEY, which every row about a key has. StoreError for a name that no index takes or that would read back differently."""
    scope = scope_text(key.scope)
    bounded("a model's key", key.provider + key.model + scope)
    if clean_text(key.model) != key.model:
        msg = f"control characters in the name of a model: {key.model!r}"
        raise StoreError(msg)
    return key.provider, key.model, scope, line_of(key.model)


def key_values(key: ModelKey) -> Values:
    """The same by name."""
    return dict(zip(KEY, key_row(key), strict=True))


def bounded(what: str, text: str) -> str:
    """The text, if an index of both engines takes it; else StoreError."""
    if len(text) * 4 > KEY_BYTES and len(text.encode(errors="replace")) > KEY_BYTES:
        msg = f"{what} is longer than {KEY_BYTES} bytes: {text[:100]}…"
        raise StoreError(msg)
    return text


def key_of(row: Any) -> ModelKey:  # noqa: ANN401 - a row of any table with a key
    """The key of a row."""
    return read_key(row.provider, row.model, row.scope)


@lru_cache(maxsize=10_000)
def read_key(provider: str, model: str, scope: str) -> ModelKey:
    """The key of three columns."""
    return ModelKey(provider, model, read_scope_text(scope))
