"""Column types that hold on both engines what the domain promises: aware instants in UTC, text without poison, bounded names."""

import json
import re
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

_POISON = re.compile("[\x00\ud800-\udfff]")
_CANONICAL = msgspec.json.Encoder(order="sorted")


def clean_text(text: str) -> str:
    """The text with U+FFFD for NUL (which PostgreSQL refuses) and for lone surrogates (which no encoding takes)."""
    return text if text.isascii() and "\x00" not in text else _POISON.sub("\ufffd", text)  # most texts; the first question costs nothing


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; a naive one is refused (SQLite would forget its zone in silence)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """To the database."""
        if value is None:
            return None
        if value.utcoffset() is None:
            msg = f"naive instant: {value}"
            raise ValueError(msg)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """From the database; SQLite's text is read in one step, for a history has thousands of them."""
        return _read_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _read_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


class CleanText(TypeDecorator[str]):
    """Text that both engines take, cleaned at the door."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """To the database."""
        return None if value is None else clean_text(value)


class Json(TypeDecorator[Any]):
    """A small value as canonical JSON text: sorted keys, no spaces; None is NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """To the database."""
        return None if value is None else json_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - whatever JSON holds
        """From the database."""
        return None if value is None else json.loads(value)


def json_text(value: object) -> str:
    """Canonical JSON: equal values give equal bytes."""
    try:
        return _CANONICAL.encode(value).decode()  # the same text, in a fifth of the time
    except UnicodeEncodeError:  # a lone surrogate
        return clean_text(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def json_rows(columns: Sequence[Collection[object]]) -> list[str]:
    """The canonical JSON of each row of columns, as a list; all at once, for one by one takes five times as long."""
    try:
        return _CANONICAL.encode_lines(zip(*columns, strict=True)).decode().split("\n")[:-1]  # none is within a row: JSON escapes it
    except UnicodeEncodeError:
        return [json_text(row) for row in zip(*columns, strict=True)]
