"""Model listings in JSON: a list of items, each with an id; anything else is a page that does not fit."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from monitor.domain.claims import Place, Skipped, Statement
from monitor.domain.facts import SETS, AliasOf, Fact, Listed, Spec, slot_of
from monitor.domain.identity import EVERYWHERE, Kind, ModelKey, Scope
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.errors import UnreadableDate
from monitor.parsing.documents import clean_text
from monitor.parsing.listings.fields import Item, Quoted, quoted, texts
from monitor.parsing.listings.json_pages import decoded, shown
from monitor.parsing.listings.paging import Paging

Named = tuple[str, Scope]
_NO_DETAILS: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A declaration of one listing: where the items stand, what their id is called, and what else an item states.

    *named* makes a model name and its scope of an item's id; *details* yields facts with their quotes and may raise UnreadableDate,
    which skips the row's rest; *ours* tells this source's items from those of somebody else's listing of the same shape: at least one
    must be. *aliases* is a field with other names of the item's model; *private* marks what belongs to one account. Without *listed* an
    item does not say that the model is offered.
    """

    items: str = "data"
    name: str = "id"
    named: Callable[[str, Item], Named] = lambda name, _item: (name, EVERYWHERE)
    details: Callable[[Item], Iterator[Quoted]] | None = None
    ours: Callable[[Item], bool] | None = None
    aliases: str = ""
    private: Callable[[Item], bool] | None = None
    paging: Paging | None = None
    listed: bool = True


def read_listing(page: Page, provider: str, rules: Listing) -> Parsed:
    """Every item of a listing as `Listed` and whatever its fields state; each id once."""
    whole = decoded(page)
    if isinstance(whole, str):
        return Parsed(drift=whole)
    items = whole.get(rules.items) if isinstance(whole, dict) else whole
    if not isinstance(items, list):
        return Parsed(drift=f"no listing: no list under {rules.items!r}")
    if not items:
        return Parsed(drift="an empty listing")
    skipped: list[Skipped] = []
    statements = merged(statement for item in items for statement in _read_item(item, provider, rules, skipped))
    cut = rules.paging.breaks_off(whole, len(items)) if rules.paging else False
    return Parsed(statements, tuple(skipped), _drift(items, rules, bool(statements)), cut)


def _drift(items: list[object], rules: Listing, named: bool) -> str:  # noqa: FBT001 - one use
    if rules.ours and named and not any(rules.ours(item) for item in items if isinstance(item, dict)):
        return "a listing of somebody else's models"
    return "" if named else f"no item of the listing has {rules.name!r}"


def _read_item(item: object, provider: str, rules: Listing, skipped: list[Skipped]) -> Iterator[Statement]:
    if not isinstance(item, dict) or (key := _key(item, provider, rules)) is None:
        skipped.append(Skipped(shown(item), f"an item without {rules.name!r}", "item without id"))
        return
    if rules.private and rules.private(item):
        skipped.append(Skipped(clean_text(item[rules.name]), "a model of one account", "private model"))
        return
    if rules.listed:
        yield Statement(key, Listed(), quoted(item, rules.name), place=Place.STATUS)
    yield from _aliases(item, key, rules.aliases)
    yield from stated(key, rules.details(item) if rules.details else iter(_NO_DETAILS), skipped)


def _key(item: Item, provider: str, rules: Listing) -> ModelKey | None:
    name = item.get(rules.name)
    model, scope = rules.named(clean_text(name).strip(), item) if isinstance(name, str) else ("", EVERYWHERE)
    return ModelKey(provider, model.strip(), scope) if model.strip() else None


def _aliases(item: Item, key: ModelKey, field: str) -> Iterator[Statement]:
    names = [clean_text(name).strip() for name in texts(item.get(field))]
    quote = quoted(item, field) if names else ""
    for name in names:
        if name and name != key.model:
            yield Statement(ModelKey(key.provider, name), AliasOf(key.model), quote, place=Place.STATUS)


def stated(key: ModelKey, details: Iterator[Quoted], skipped: list[Skipped]) -> Iterator[Statement]:
    """The statements of an item's fields; an unreadable date skips the rest of them."""
    try:
        for fact, quote, scope, kind in details:
            narrowed = ModelKey(key.provider, key.model, Scope(tuple(sorted({*key.scope.parts, *scope.parts}))))
            yield Statement(narrowed, fact, quote, kind, place=Place.STATUS)
    except UnreadableDate as error:
        skipped.append(Skipped(f"{key.model}: {error}", "unreadable date in an item", "item date"))


def merged(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Repeated items as one: equal facts once, of several specs the first; contradicting dates and states are kept as they are."""
    once: dict[tuple[ModelKey, Kind, Fact | str], Statement] = {}
    for statement in statements:
        fact = statement.fact
        single = isinstance(fact, Spec) and fact.name not in SETS
        once.setdefault((statement.key, statement.kind, slot_of(fact) if single else fact), statement)
    return tuple(_one_snapshot(once.values()))


def _one_snapshot(statements: Collection[Statement]) -> Iterator[Statement]:
    """An id that is its own name somewhere in the listing is no alias; any other points where it first did."""
    aliases = [statement for statement in statements if isinstance(statement.fact, AliasOf)]
    first = {statement.key: statement for statement in reversed(aliases)}
    own = {statement.key for statement in aliases if statement.fact == AliasOf(statement.key.model)}
    for statement in statements:
        if not isinstance(statement.fact, AliasOf) or (first[statement.key] is statement and statement.key not in own):
            yield statement
