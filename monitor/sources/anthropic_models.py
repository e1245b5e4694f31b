"""Anthropic's `GET /v1/models`: ids with their names and release instants, in pages of at most 1,000; retired ids vanish."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import Released, SpecName
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item, Quoted, day, quoted, tokens
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.parsing.listings.paging import Paging, follower
from monitor.sources._source import Key, Source

PAGING = Paging("last_id", "after_id", more="has_more", limits=frozenset({20, 1000}))
UNKNOWN = "1970-01-01"  # "may be set to an epoch value if the release date is unknown"


def ours(item: Item) -> bool:
    """Whether an item is shaped as Anthropic's: a type and a display name, no owner."""
    return item.get("type") == "model" and "display_name" in item


def details(item: Item) -> Iterator[Quoted]:
    """An item's release and, in newer answers, its limits."""
    yield from tokens(item, SpecName.CONTEXT_WINDOW, "max_input_tokens")
    yield from tokens(item, SpecName.MAX_OUTPUT, "max_tokens")
    if item.get("created_at") and not str(item["created_at"]).startswith(UNKNOWN):
        yield Quoted(Released(day(item, "created_at")), quoted(item, "created_at"))


RULES = Listing(details=details, ours=ours, paging=PAGING)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="anthropic_models",
    kind=SourceKind.LISTING,
    provider="anthropic",
    authority=Authority.PROVIDER_API,
    address="https://api.anthropic.com/v1/models?limit=1000",
    parse=parse,
    follow=follower(PAGING),
    secret=Key("ANTHROPIC_API_KEY", "x-api-key", ""),
    headers=(("anthropic-version", "2023-06-01"),),
    at_least=3,
)
