"""Mistral's `GET /v1/models`: aliases are items too (`id` is not `name`), `deprecation` is the end, `created` the time of the request."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import AliasOf, SpecName
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item, Quoted, quoted, replacements, retirement, tokens
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.sources._source import Key, Source


def ours(item: Item) -> bool:
    """Whether an item has a field of Mistral's own."""
    return "max_context_length" in item


def private(item: Item) -> bool:
    """Whether it is a fine-tune of the account."""
    return item.get("type") == "fine-tuned" or str(item["id"]).startswith("ft:")


def details(item: Item) -> Iterator[Quoted]:
    """What an item points to, its context, its end and its replacement."""
    if isinstance(item.get("name"), str):
        yield Quoted(AliasOf(item["name"]), quoted(item, "name"))
    yield from tokens(item, SpecName.CONTEXT_WINDOW, "max_context_length")
    yield from replacements(item, "deprecation_replacement_model", item["id"])
    yield from retirement(item, "deprecation")


RULES = Listing(details=details, ours=ours, private=private)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="mistral_models",
    kind=SourceKind.LISTING,
    provider="mistral",
    authority=Authority.PROVIDER_API,
    address="https://api.mistral.ai/v1/models",
    parse=parse,
    secret=Key("MISTRAL_API_KEY"),
    at_least=10,
)
