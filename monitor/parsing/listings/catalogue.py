"""Catalogues: one JSON document in which somebody else collects the models of many providers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from monitor.domain.claims import Skipped, Statement
from monitor.domain.identity import EVERYWHERE, ModelKey, Scope
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.parsing.documents import clean_text
from monitor.parsing.listings.fields import Item, Quoted
from monitor.parsing.listings.json_pages import Json, decoded, shown
from monitor.parsing.listings.listing import merged, stated


@dataclass(frozen=True, slots=True)
class Entry:
    """One model as a catalogue has it: the provider by its word for it, the model's name, the fields."""

    provider: str
    model: str
    fields: Item
    scope: Scope = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A declaration of one catalogue: its words for our providers, how its entries are found, and what one states.

    *entries* yields nothing for a document of another shape, and a Skipped for a row that is no model.
    """

    providers: Mapping[str, str]
    entries: Callable[[Json], Iterable[Entry | Skipped]]
    details: Callable[[Item], Iterator[Quoted]]


def read_catalogue(page: Page, provider: str, rules: Catalogue) -> Parsed:
    """What a catalogue states of the providers we know, or of *provider* alone where one is given; the others are named once each."""
    whole = decoded(page)
    return Parsed(drift=whole) if isinstance(whole, str) else collected(rules.entries(whole), provider, rules)


def collected(entries: Iterable[Entry | Skipped], provider: str, rules: Catalogue) -> Parsed:
    """The same of entries that were found already."""
    statements: list[Statement] = []
    skipped: list[Skipped] = []
    strangers: dict[str, None] = {}
    for entry in entries:
        if isinstance(entry, Skipped):
            skipped.append(entry)
        elif not (model := clean_text(entry.model).strip()):
            skipped.append(Skipped(shown(entry.fields), "an entry without a name", "item without id"))
        elif entry.provider not in rules.providers:
            strangers.setdefault(entry.provider)
        elif provider in {"", rules.providers[entry.provider]}:
            key = ModelKey(rules.providers[entry.provider], model, entry.scope)
            statements.extend(stated(key, rules.details(entry.fields), skipped))
    skipped.extend(Skipped(word, "a provider that is not followed", "other provider") for word in strangers)
    return Parsed(merged(statements), tuple(skipped), "" if statements else "no entry of the catalogue says anything")
