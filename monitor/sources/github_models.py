"""GitHub Models' `GET /catalog/models`: a bare list of models of several publishers with limits and modalities; needs no key."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import SpecName
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item, Quoted, modalities, tokens
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.sources._source import Source


def ours(item: Item) -> bool:
    """Whether an item has the catalogue's fields."""
    return "publisher" in item and "rate_limit_tier" in item


def details(item: Item) -> Iterator[Quoted]:
    """An item's limits and modalities."""
    yield from tokens(item, SpecName.CONTEXT_WINDOW, "limits", "max_input_tokens")
    yield from tokens(item, SpecName.MAX_OUTPUT, "limits", "max_output_tokens")
    yield from modalities(item, SpecName.INPUT_MODALITY, "supported_input_modalities")
    yield from modalities(item, SpecName.OUTPUT_MODALITY, "supported_output_modalities")


RULES = Listing(details=details, ours=ours)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="github_models",
    kind=SourceKind.LISTING,
    provider="github-models",
    authority=Authority.PROVIDER_API,
    address="https://models.github.ai/catalog/models",
    parse=parse,
    at_least=5,
)
