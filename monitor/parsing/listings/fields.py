"""Fields of JSON items: facts with their quotes, as the readers of listings and catalogues share them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from monitor.domain.facts import Deprecated, Fact, InStage, NoRetirement, Released, ReplacedBy, Retires, Spec, SpecName, Stage
from monitor.domain.identity import EVERYWHERE, Kind, Scope
from monitor.domain.when import When
from monitor.errors import UnreadableDate
from monitor.parsing.dates import read_date
from monitor.parsing.dates.absence import absent
from monitor.parsing.details.quantities import MAX_TOKENS, per_million
from monitor.parsing.listings.json_pages import encoded

Item = Mapping[str, Any]


class Quoted(NamedTuple):
    """A fact with its quote; *scope* and *kind* where they are not the item's own."""

    fact: Fact
    quote: str
    scope: Scope = EVERYWHERE
    kind: Kind = Kind.MODEL


def quoted(item: Item, *path: str) -> str:
    """A field as it stands in the JSON text: `"shutdown_date": "2026-10-23"`; the last part of *path* names it."""
    return f'"{path[-1]}": {encoded(found(item, *path))}'


def found(item: Item, *path: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The value at a path of fields; None where there is none."""
    value: Any = item
    for part in path:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def retirement(item: Item, field: str) -> Iterator[Quoted]:
    """The end date in *field*: a date, or an explicit null; an absent field says nothing. Raises UnreadableDate."""
    if field not in item:
        return
    value = item[field]
    if value is None:
        yield Quoted(NoRetirement(), quoted(item, field))
    else:
        yield Quoted(Retires(day(item, field)), quoted(item, field))


def deprecation(item: Item, field: str) -> Iterator[Quoted]:
    """The day it was declared deprecated, where *field* holds one. Raises UnreadableDate."""
    if item.get(field):
        yield Quoted(Deprecated(day(item, field)), quoted(item, field))


def released(item: Item, field: str) -> Iterator[Quoted]:
    """The day it came out, where *field* holds one. Raises UnreadableDate."""
    if item.get(field):
        yield Quoted(Released(day(item, field)), quoted(item, field))


def day(item: Item, field: str) -> When:
    """The date in a field; raises UnreadableDate for anything else."""
    value = item[field]
    if isinstance(value, str):
        return read_date(value)
    message = f"{field} is {type(value).__name__}, not a date"
    raise UnreadableDate(message)


def instant(seconds: object, field: str) -> When:
    """An instant in seconds since 1970; raises UnreadableDate for anything else."""
    try:
        at = datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) and not isinstance(seconds, bool) else None
    except (ValueError, OverflowError, OSError) as error:
        message = f"{field} is no instant: {seconds}"
        raise UnreadableDate(message) from error
    if at is None:
        message = f"{field} is {type(seconds).__name__}, not seconds since 1970"
        raise UnreadableDate(message)
    return When(at.date(), at=at)


def stage(item: Item, stages: Mapping[str, Stage], *path: str) -> Iterator[Quoted]:
    """The state of an item by the vendor's word for it; a word without a translation says nothing."""
    word = found(item, *path)
    if isinstance(word, str) and word in stages:
        yield Quoted(InStage(stages[word]), quoted(item, *path))


def replacements(item: Item, field: str, own: str) -> Iterator[Quoted]:
    """The replacements in *field*, one or a list, footnote stars aside; a model never replaces itself (*own*)."""
    value = item.get(field)
    names = ",".join([value] if isinstance(value, str) else texts(value)).split(",")
    quote = quoted(item, field)
    for name in dict.fromkeys(part.strip(" *") for part in names):
        if name and not absent(name) and name.casefold() != own.casefold():
            yield Quoted(ReplacedBy(name), quote)


def tokens(item: Item, name: SpecName, *path: str) -> Iterator[Quoted]:
    """A number of tokens, where the field holds one that can be."""
    amount = found(item, *path)
    if isinstance(amount, int) and not isinstance(amount, bool) and 0 < amount <= MAX_TOKENS:
        yield Quoted(Spec(name, str(amount)), quoted(item, *path))


def price(item: Item, name: SpecName, *path: str, per: int = 1) -> Iterator[Quoted]:
    """A price in USD for so many tokens, as USD per million tokens; negative ones mean "varies" and say nothing."""
    value = found(item, *path)
    amount = per_million(str(value), per) if isinstance(value, str | int) and not isinstance(value, bool) else None
    if amount is not None:
        yield Quoted(Spec(name, amount), quoted(item, *path))


def modalities(item: Item, name: SpecName, *path: str) -> Iterator[Quoted]:
    """Each of a list of modalities."""
    values = texts(found(item, *path))
    quote = quoted(item, *path)
    for value in values:
        yield Quoted(Spec(name, value.casefold()), quote)


def texts(values: object) -> Sequence[str]:
    """The strings in a list; nothing for anything else."""
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
