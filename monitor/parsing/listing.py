"""Model listings in JSON: a list of items, each with an id; anything else is a page that does not fit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from monitor.domain.claims import Place, Skipped, Statement
from monitor.domain.facts import Fact, Listed, NoRetirement, Retires
from monitor.domain.identity import ModelKey
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.errors import UnreadableDate
from monitor.parsing.dates import read_date
from monitor.parsing.documents import clean_text, decode

Item = Mapping[str, Any]
Quoted = tuple[Fact, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """A declaration of one listing: where the items stand, what their id is called, and what else an item states.

    *details* yields facts with their quotes and may raise UnreadableDate, which skips the row's rest; *ours* tells this source's items
    from those of somebody else's listing of the same shape: at least one must be.
    """

    items: str = "data"
    name: str = "id"
    details: Callable[[Item], Iterator[Quoted]] | None = None
    ours: Callable[[Item], bool] | None = None


def read_listing(page: Page, provider: str, rules: Listing) -> Parsed:
    """Every item of a listing as `Listed` and whatever its fields state; each id once."""
    whole = _decoded(page)
    if isinstance(whole, str):
        return Parsed(drift=whole)
    items = whole.get(rules.items) if isinstance(whole, dict) else whole
    if not isinstance(items, list):
        return Parsed(drift=f"no listing: no list under {rules.items!r}")
    if not items:
        return Parsed(drift="an empty listing")
    statements: dict[tuple[ModelKey, Fact], Statement] = {}
    skipped: list[Skipped] = []
    for item in items:
        for statement in _read_item(item, provider, rules, skipped):
            statements.setdefault((statement.key, statement.fact), statement)
    drift = "" if statements else f"no item of the listing has {rules.name!r}"
    if statements and rules.ours and not any(rules.ours(item) for item in items if isinstance(item, dict)):
        drift = "a listing of somebody else's models"
    return Parsed(tuple(statements.values()), tuple(skipped), drift)


def _decoded(page: Page) -> dict[str, Any] | list[Any] | str:
    """The JSON of a page, or why it is none."""
    text = decode(page.body, page.content_type)
    try:
        whole = msgspec.json.Decoder(float_hook=str).decode(text)  # an amount stays as it is printed
    except (msgspec.DecodeError, RecursionError) as error:
        return f"not JSON: {error}"
    return whole if isinstance(whole, dict | list) else "not JSON: neither an object nor a list"


def _read_item(item: object, provider: str, rules: Listing, skipped: list[Skipped]) -> Iterator[Statement]:
    name = item.get(rules.name) if isinstance(item, dict) else None
    if not isinstance(item, dict) or not isinstance(name, str) or not (name := clean_text(name).strip()):
        text = msgspec.json.encode(item).decode("utf-8", "replace")[:200]
        skipped.append(Skipped(text, f"an item without {rules.name!r}", "item without id"))
        return
    key = ModelKey(provider, name)
    yield Statement(key, Listed(), quoted(item, rules.name), place=Place.STATUS)
    try:
        for fact, quote in rules.details(item) if rules.details else ():
            yield Statement(key, fact, quote, place=Place.STATUS)
    except UnreadableDate as error:
        skipped.append(Skipped(f"{name}: {error}", "unreadable date in an item", "item date"))


def quoted(item: Item, *path: str) -> str:
    """A field as it stands in the JSON text: `"shutdown_date": "2026-10-23"`; the last part of *path* names it."""
    value: Any = item
    for part in path:
        value = value[part]
    return f'"{path[-1]}": {msgspec.json.encode(value).decode()}'


def retirement(item: Item, field: str) -> Iterator[Quoted]:
    """The end date in *field*: a date, or an explicit null; an absent field says nothing. Raises UnreadableDate."""
    if field not in item:
        return
    value = item[field]
    if value is None:
        yield NoRetirement(), quoted(item, field)
    elif isinstance(value, str):
        yield Retires(read_date(value)), quoted(item, field)
    else:
        message = f"{field} is {type(value).__name__}, not a date"
        raise UnreadableDate(message)


def texts(values: object) -> Sequence[str]:
    """The strings in a list; nothing for anything else."""
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
