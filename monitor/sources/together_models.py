"""Together's `GET /v1/models`: a bare list of items with kind, organization and context length."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import SpecName
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item, Quoted, tokens
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.sources._source import Key, Source


def ours(item: Item) -> bool:
    """Whether an item has Together's fields."""
    return "organization" in item and "type" in item


def details(item: Item) -> Iterator[Quoted]:
    """An item's context."""
    yield from tokens(item, SpecName.CONTEXT_WINDOW, "context_length")


RULES = Listing(details=details, ours=ours)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="together_models",
    kind=SourceKind.LISTING,
    provider="together",
    authority=Authority.PROVIDER_API,
    address="https://api.together.xyz/v1/models",
    parse=parse,
    secret=Key("TOGETHER_API_KEY"),
    at_least=10,
)
