"""OpenRouter's `GET /api/v1/models`: every model it routes to, with `expiration_date` (a day or null), prices per token and context."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import SpecName
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item, Quoted, modalities, price, retirement, tokens
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.sources._source import Source

PRICES = (
    ("prompt", SpecName.INPUT_PRICE),
    ("completion", SpecName.OUTPUT_PRICE),
    ("input_cache_read", SpecName.CACHED_INPUT_PRICE),
)
MODALITIES = (("input_modalities", SpecName.INPUT_MODALITY), ("output_modalities", SpecName.OUTPUT_MODALITY))


FIELDS = frozenset({"canonical_slug", "expiration_date", "top_provider"})


def ours(item: Item) -> bool:
    """Whether an item has a field of OpenRouter's own."""
    return bool(item.keys() & FIELDS)


def details(item: Item) -> Iterator[Quoted]:
    """An item's specs and end date; prices are strings in USD per token, "-1" means that they vary."""
    yield from tokens(item, SpecName.CONTEXT_WINDOW, "context_length")
    yield from tokens(item, SpecName.MAX_OUTPUT, "top_provider", "max_completion_tokens")
    for field, name in PRICES:
        yield from price(item, name, "pricing", field)
    for field, name in MODALITIES:
        yield from modalities(item, name, "architecture", field)
    yield from retirement(item, "expiration_date")


RULES = Listing(details=details, ours=ours)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed, with its specs."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="openrouter_models",
    kind=SourceKind.LISTING,
    provider="openrouter",
    authority=Authority.PROVIDER_API,
    address="https://openrouter.ai/api/v1/models",
    parse=parse,
    at_least=50,
)
