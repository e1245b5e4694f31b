"""Cohere's `GET /v1/models`: items with a `name` and no id, 20 a page unless asked for more, an opaque cursor for the next."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import InStage, SpecName, Stage
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item, Quoted, quoted, tokens
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.parsing.listings.paging import Paging, follower
from monitor.sources._source import Key, Source

PAGING = Paging("next_page_token", "page_token", limits=frozenset({20, 1000}))


def ours(item: Item) -> bool:
    """Whether an item has Cohere's list of endpoints."""
    return isinstance(item.get("endpoints"), list)


def private(item: Item) -> bool:
    """Whether it is a fine-tune of the account."""
    return item.get("finetuned") is True


def details(item: Item) -> Iterator[Quoted]:
    """An item's context, and whether it is called deprecated."""
    yield from tokens(item, SpecName.CONTEXT_WINDOW, "context_length")
    if item.get("is_deprecated") is True:
        yield Quoted(InStage(Stage.DEPRECATED), quoted(item, "is_deprecated"))


RULES = Listing(items="models", name="name", details=details, ours=ours, private=private, paging=PAGING)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="cohere_models",
    kind=SourceKind.LISTING,
    provider="cohere",
    authority=Authority.PROVIDER_API,
    address="https://api.cohere.com/v1/models?page_size=1000",
    parse=parse,
    follow=follower(PAGING),
    secret=Key("COHERE_API_KEY"),
    at_least=5,
)
