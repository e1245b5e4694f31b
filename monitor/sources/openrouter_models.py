"""OpenRouter's `GET /api/v1/models`: every model it routes to, with `expiration_date` (a day or null), prices per token and context."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import Spec, SpecName
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listing import Item, Listing, Quoted, quoted, read_listing, retirement, texts
from monitor.parsing.quantities import per_million
from monitor.sources._source import Source

PRICES = (
    ("prompt", SpecName.INPUT_PRICE),
    ("completion", SpecName.OUTPUT_PRICE),
    ("input_cache_read", SpecName.CACHED_INPUT_PRICE),
)
MODALITIES = (("input_modalities", SpecName.INPUT_MODALITY), ("output_modalities", SpecName.OUTPUT_MODALITY))


FIELDS = frozenset({"canonical_slug", "context_length", "expiration_date", "pricing", "top_provider"})


def ours(item: Item) -> bool:
    """Whether an item has a field of OpenRouter's own."""
    return bool(item.keys() & FIELDS)


def details(item: Item) -> Iterator[Quoted]:
    """An item's specs and end date; prices are strings in USD per token, "-1" means that they vary."""
    if _counts(item.get("context_length")):
        yield Spec(SpecName.CONTEXT_WINDOW, str(item["context_length"])), quoted(item, "context_length")
    top = item.get("top_provider")
    if isinstance(top, dict) and _counts(top.get("max_completion_tokens")):
        yield Spec(SpecName.MAX_OUTPUT, str(top["max_completion_tokens"])), quoted(item, "top_provider", "max_completion_tokens")
    yield from _prices(item)
    yield from _modalities(item)
    yield from retirement(item, "expiration_date")


def _counts(amount: object) -> bool:
    return isinstance(amount, int) and amount > 0 and not isinstance(amount, bool)


def _prices(item: Item) -> Iterator[Quoted]:
    prices: object = item.get("pricing")
    if not isinstance(prices, dict):
        return
    for field, name in PRICES:
        amount = per_million(str(prices[field])) if field in prices else None
        if amount is not None:
            yield Spec(name, amount), quoted(item, "pricing", field)


def _modalities(item: Item) -> Iterator[Quoted]:
    architecture: object = item.get("architecture")
    if not isinstance(architecture, dict):
        return
    for field, name in MODALITIES:
        for value in texts(architecture.get(field)):
            yield Spec(name, value), quoted(item, "architecture", field)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed, with its specs."""
    return read_listing(page, provider, Listing(details=details, ours=ours))


SOURCE = Source(
    key="openrouter_models",
    kind=SourceKind.LISTING,
    provider="openrouter",
    authority=Authority.PROVIDER_API,
    address="https://openrouter.ai/api/v1/models",
    parse=parse,
    at_least=50,
)
