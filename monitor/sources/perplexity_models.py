"""Perplexity's `GET /v1/models`: its own and other vendors' ids, each behind its publisher's name; `created` is 0."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.sources._source import Key, Source


def ours(item: Item) -> bool:
    """Whether it is Perplexity's own."""
    return str(item.get("id")).startswith("perplexity/")


RULES = Listing(ours=ours)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="perplexity_models",
    kind=SourceKind.LISTING,
    provider="perplexity",
    authority=Authority.PROVIDER_API,
    address="https://api.perplexity.ai/v1/models",
    parse=parse,
    secret=Key("PERPLEXITY_API_KEY"),
)
