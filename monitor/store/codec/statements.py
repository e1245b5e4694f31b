"""Statements ↔ columns, and the digest of all that a page states."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from monitor.domain.claims import Statement
from monitor.domain.facts import Fact, Retires, fact_name, fact_value, read_fact, slot_of, when_of
from monitor.domain.readings import Parsed
from monitor.domain.when import Bound, When, read_value
from monitor.store.codec.keys import KEY, Row, key_row
from monitor.store.making import turned
from monitor.store.types import clean_text, json_rows, json_text

_FACT = ("fact", "slot", "value", "bound", "at", "promise")
STATEMENT = (*KEY, "kind", *_FACT, "place", "said_on", "family", "own_authority", "quote")
_OTHER_THAN_TEXT = frozenset({"bound", "at", "promise", "said_on", "family", "own_authority"})


def when_text(when: When | None) -> str | None:
    """A date of an announcement in one column: `2026-02`, `not_before:2026-02`, `2026-02-13@2026-02-13T17:00:00+00:00`."""
    if when is None:
        return None
    bound = f"{when.bound.value}:" if when.is_floor else ""
    return bound + when.value + (f"@{when.at.isoformat()}" if when.at else "")


def read_when_text(text: str) -> When:
    """The inverse of `when_text`."""
    period, _, at = text.partition("@")
    bound, _, value = period.rpartition(":")
    return read_value(value, Bound(bound or Bound.EXACT), datetime.fromisoformat(at) if at else None)


def statement_row(statement: Statement) -> Row:
    """The columns STATEMENT; the quote is the last."""
    return (
        *key_row(statement.key),
        statement.kind._value_,  # `value` is a property, and this is done for every claim of every lifecycle written
        *_fact_row(statement.fact),
        statement.place._value_,
        when_text(statement.said_on),
        statement.family,
        int(statement.authority) if statement.authority else None,
        clean_text(statement.quote),
    )


@lru_cache(maxsize=10_000)
def _fact_row(fact: Fact) -> Row:
    """The columns _FACT; a listing says the same of many models."""
    when, name = when_of(fact), fact_name(fact)
    return (
        name,
        slot_of(fact) if name == "no_retirement" else name,
        clean_text(when.value if when else fact_value(fact)),
        when.bound.value if when else None,
        when.at if when else None,
        isinstance(fact, Retires) and fact.promise,
    )


Spelling = Callable[[Statement], Row]


class Spelled:
    """The columns of statements, each made once for all that one write needs them for: its digest, its row, the cache."""

    def __init__(self) -> None:
        self._made: dict[int, Row] = {}  # by identity, which needs no hashing of what it says
        self._kept: list[Statement] = []  # as long as it lives, nothing else has its id

    def __call__(self, statement: Statement) -> Row:
        """As `statement_row`."""
        return self._made.get(id(statement)) or self.rows([statement])[0]

    def rows(self, statements: Iterable[Statement]) -> list[Row]:
        """The same of many."""
        statements = [*statements]
        fresh = [statement for statement in statements if id(statement) not in self._made]
        self._kept += fresh
        self._made.update(zip(map(id, fresh), map(statement_row, fresh), strict=True))
        return [*map(self._made.__getitem__, map(id, statements))]


@lru_cache(maxsize=10_000)
def read_stated(name: str, value: str, bound: str | None, at: datetime | None, promise: bool) -> Fact:  # noqa: FBT001 - a column
    """The fact of five columns."""
    return read_fact(name, value, bound, at, promise=promise)


@lru_cache(maxsize=10_000)
def read_said_on(text: str | None) -> When | None:
    """The date of an announcement of one column."""
    return read_when_text(text) if text else None


def said_digest(parsed: Parsed, spelled: Spelled) -> str:
    """What a page says, however it is worded: equal for two pages that state and skip the same."""
    stated = json_rows(_unquoted(spelled.rows(parsed.statements)))
    skipped = (json_text([skipped.shape or skipped.reason]) for skipped in parsed.skipped)
    return digest(json_text([*sorted(stated), *sorted(skipped), parsed.drift, parsed.cut, parsed.empty_state]))


def _unquoted(rows: Sequence[Row]) -> list[Sequence[str | None]]:
    """The columns of statements in words, without their quotes."""
    columns = dict(zip(STATEMENT, turned(rows, len(STATEMENT)), strict=True)) | {"quote": [None] * len(rows)}
    return [_worded(values) if name in _OTHER_THAN_TEXT else values for name, values in columns.items()]


def _worded(values: Sequence[object]) -> list[str]:
    words = {value: str(value) for value in set(values)}
    return [words[value] for value in values]


def digest(text: str) -> str:
    """The SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
