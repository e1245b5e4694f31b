"""Groq's `GET /openai/v1/models`: ids of several publishers with their limits; `active` is always true, a model that ends vanishes."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import SpecName
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item, Quoted, tokens
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.sources._source import Key, Source


def ours(item: Item) -> bool:
    """Whether an item has Groq's flag."""
    return "active" in item and "context_window" in item


def details(item: Item) -> Iterator[Quoted]:
    """An item's limits."""
    yield from tokens(item, SpecName.CONTEXT_WINDOW, "context_window")
    yield from tokens(item, SpecName.MAX_OUTPUT, "max_completion_tokens")


RULES = Listing(details=details, ours=ours)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="groq_models",
    kind=SourceKind.LISTING,
    provider="groq",
    authority=Authority.PROVIDER_API,
    address="https://api.groq.com/openai/v1/models",
    parse=parse,
    secret=Key("GROQ_API_KEY"),
    at_least=3,
)
