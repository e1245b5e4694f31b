"""Values of the domain ↔ columns: the only module that knows both spellings."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice, repeat
from typing import Any

import msgspec
from sqlalchemy.orm import InstrumentedAttribute

from monitor.domain.claims import VISITED, Authority, Claim, Origin, Place, Statement
from monitor.domain.events import Event, EventKind
from monitor.domain.facts import Fact, Retires, fact_name, fact_value, read_fact, slot_of, when_of
from monitor.domain.identity import EVERYWHERE, Kind, ModelKey, Scope, scope_of
from monitor.domain.lines import line_of
from monitor.domain.readings import Parsed
from monitor.domain.when import Bound, When, read_value
from monitor.errors import StoreError
from monitor.store.making import maker
from monitor.store.schema import ClaimRow, EventRow
from monitor.store.types import clean_text, json_text

_KINDS, _PLACES = {kind.value: kind for kind in Kind}, {place.value: place for place in Place}  # faster than asking the classes
_AUTHORITIES, _EVENTS = {int(rank): rank for rank in Authority}, {kind.value: kind for kind in EventKind}
KEY_BYTES = 2000  # PostgreSQL refuses an index entry of more than 2,704 bytes; both engines refuse at the same length
_NO_QUOTE = [None]  # in its place, which is the last
Values = dict[str, Any]


def scope_text(scope: Scope) -> str:
    """A scope as canonical JSON; "" for everywhere."""
    return json_text(scope.as_dict()) if scope else ""


@lru_cache(maxsize=10_000)
def read_scope_text(text: str) -> Scope:
    """The inverse of `scope_text`."""
    return scope_of(msgspec.json.decode(text)) if text else EVERYWHERE


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


@lru_cache(maxsize=10_000)
def key_values(key: ModelKey) -> Values:
    """The columns that every row about a key has. StoreError for a name that no index takes or that would read back differently."""
    values = {"provider": key.provider, "model": key.model, "scope": scope_text(key.scope), "line": line_of(key.model)}
    bounded("a model's key", key.provider + key.model + values["scope"])
    if clean_text(key.model) != key.model:
        msg = f"control characters in the name of a model: {key.model!r}"
        raise StoreError(msg)
    return values


def bounded(what: str, text: str) -> str:
    """The text, if an index of both engines takes it; else StoreError."""
    if len(text) * 4 > KEY_BYTES and len(text.encode(errors="replace")) > KEY_BYTES:
        msg = f"{what} is longer than {KEY_BYTES} bytes: {text[:100]}…"
        raise StoreError(msg)
    return text


def key_of(row: Any) -> ModelKey:  # noqa: ANN401 - a row of any table with a key
    """The key of a row."""
    return _read_key(row.provider, row.model, row.scope)


@lru_cache(maxsize=10_000)
def _read_key(provider: str, model: str, scope: str) -> ModelKey:
    return ModelKey(provider, model, read_scope_text(scope))


def statement_values(statement: Statement) -> Values:
    """The columns of a statement; the quote is the last."""
    fact = statement.fact
    when, name = when_of(fact), fact_name(fact)
    return {
        **key_values(statement.key),
        "kind": statement.kind._value_,  # `value` is a property, and this is done for every claim of every lifecycle written
        "fact": name,
        "slot": slot_of(fact) if name == "no_retirement" else name,
        "value": clean_text(fact_value(fact)),
        "bound": when.bound._value_ if when else None,
        "at": when.at if when else None,
        "promise": isinstance(fact, Retires) and fact.promise,
        "place": statement.place._value_,
        "said_on": when_text(statement.said_on),
        "family": statement.family,
        "own_authority": int(statement.authority) if statement.authority else None,
        "quote": clean_text(statement.quote),
    }


def claim_values(claim: Claim, stated: Values | None = None) -> Values:
    """The columns of a claim, but for the readings that wrote and withdrew it; *stated* are those of its statement."""
    origin = claim.origin
    return {
        **(stated or statement_values(claim.statement)),
        "source": claim.source,
        "authority": int(claim.authority),
        "url": clean_text(claim.url),
        "page": claim.page,
        "first_seen_at": claim.first_seen_at,
        "recorded_at": claim.recorded_at,
        "missing_since": claim.missing_since,
        "gone_at": claim.gone_at,
        "withdrawn_at": claim.withdrawn_at,
        "author": clean_text(origin.author) or None,
        "expires_on": origin.expires_on,
        "as_of": origin.as_of,
    }


class Spelled:
    """The columns of statements and claims, each made once for all that one write needs them for: its digest, its row, the cache."""

    def __init__(self) -> None:
        self._made: dict[int, Values] = {}  # by identity, which needs no hashing of what it says
        self._kept: list[object] = []  # as long as it lives, nothing else has its id

    def statement(self, statement: Statement) -> Values:
        """As `statement_values`."""
        made = self._made.get(id(statement))
        return made or self._keep(statement, statement_values(statement))

    def claim(self, claim: Claim) -> Values:
        """As `claim_values`."""
        made = self._made.get(id(claim))
        return made or self._keep(claim, claim_values(claim, self.statement(claim.statement)))

    def _keep(self, value: object, made: Values) -> Values:
        self._made[id(value)] = made
        self._kept.append(value)
        return made


CLAIM_COLUMNS: list[InstrumentedAttribute[Any]] = [
    *(ClaimRow.provider, ClaimRow.model, ClaimRow.scope),
    *(ClaimRow.fact, ClaimRow.value, ClaimRow.bound, ClaimRow.at, ClaimRow.promise),
    *(ClaimRow.quote, ClaimRow.kind, ClaimRow.place, ClaimRow.said_on, ClaimRow.own_authority, ClaimRow.family),
    *(ClaimRow.author, ClaimRow.expires_on, ClaimRow.as_of, ClaimRow.authority, ClaimRow.source, ClaimRow.url, ClaimRow.page),
    *(ClaimRow.first_seen_at, ClaimRow.recorded_at, ClaimRow.missing_since, ClaimRow.gone_at, ClaimRow.withdrawn_at, ClaimRow.id),
]


def claims_of(found: Sequence[Sequence[Any]]) -> list[Claim]:
    """The claims of CLAIM_COLUMNS, a column at a time: a question about every model has a hundred thousand."""
    if not found:
        return []
    columns = iter(found)
    keys = map(_read_key, *islice(columns, 3))
    facts = map(_read_fact, *islice(columns, 5))
    quotes, kinds, places, said_on, own, families = islice(columns, 6)
    marks = map(_KINDS.__getitem__, kinds), map(_PLACES.__getitem__, places), map(_read_when, said_on), map(_AUTHORITIES.get, own)
    statements = map(Statement, keys, facts, quotes, *marks, families, repeat(""))
    origins = map(_read_origin, *islice(columns, 3))
    ranks = map(_AUTHORITIES.__getitem__, next(columns))
    sources, *rest, ids = columns
    return [*map(maker(Claim), statements, sources, ranks, *rest, repeat(""), ids, origins)]


@lru_cache(maxsize=10_000)
def _read_fact(name: str, value: str, bound: str | None, at: datetime | None, promise: bool) -> Fact:  # noqa: FBT001 - a column
    return read_fact(name, value, bound, at, promise=promise)


@lru_cache(maxsize=10_000)
def _read_when(text: str | None) -> When | None:
    return read_when_text(text) if text else None


@lru_cache
def _read_origin(author: str | None, expires_on: date | None, as_of: datetime | None) -> Origin:
    visited = author is None and expires_on is None and as_of is None
    return VISITED if visited else Origin(author or "", expires_on, as_of)


def event_values(event: Event) -> Values:
    """The columns of an event, but for its reading."""
    return {
        **key_values(event.key),
        "at": event.at,
        "kind": event.kind._value_,
        "fact": event.fact,
        "before": event.before,
        "after": event.after,
        "source": event.source,
        "quote": event.quote,
        "url": event.url,
        "page": event.page,
        "direction": event.direction,
        "subject": event.subject._value_,
    }


EVENT_COLUMNS: list[InstrumentedAttribute[Any]] = [
    *(EventRow.kind, EventRow.provider, EventRow.model, EventRow.scope, EventRow.at, EventRow.fact, EventRow.before, EventRow.after),
    *(EventRow.source, EventRow.quote, EventRow.url, EventRow.page, EventRow.direction, EventRow.subject),
]


def events_of(found: Sequence[Sequence[Any]]) -> tuple[Event, ...]:
    """The events of EVENT_COLUMNS, a column at a time: a history has thousands."""
    if not found:
        return ()
    kinds, providers, models, scopes, *told, subjects = found
    keys = map(_read_key, providers, models, scopes)
    return tuple(map(maker(Event), map(_EVENTS.__getitem__, kinds), keys, *told, map(_KINDS.__getitem__, subjects)))


def said_digest(parsed: Parsed, values: Callable[[Statement], Values] = statement_values) -> str:
    """What a page says, however it is worded: equal for two pages that state and skip the same."""
    stated = (json_text([*map(str, values(statement).values())][:-1] + _NO_QUOTE) for statement in parsed.statements)
    skipped = (json_text([skipped.shape or skipped.reason]) for skipped in parsed.skipped)
    return digest(json_text([*sorted(stated), *sorted(skipped), parsed.drift, parsed.cut, parsed.empty_state]))


def digest(text: str) -> str:
    """The SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
