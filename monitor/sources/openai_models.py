"""OpenAI's `GET /v1/models`: every model the key may call; since autumn 2026 with an optional `shutdown_date` (a day or null)."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item, Quoted, retirement
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.sources._source import Key, Source

OWNERS = frozenset({"openai", "openai-internal", "system"})
FIELDS = frozenset({"id", "object", "created", "owned_by", "shutdown_date"})


def ours(item: Item) -> bool:
    """Whether an item can be OpenAI's: an owner of theirs, or, without one, no field but theirs."""
    if "/" in str(item.get("id")):  # a router's name for it
        return False
    return str(item["owned_by"]) in OWNERS if "owned_by" in item else item.keys() <= FIELDS


def private(item: Item) -> bool:
    """Whether it is a fine-tune of the account: `ft:gpt-4o-mini:acme::A1b2`, formerly `davinci:ft-acme-2023`."""
    return str(item["id"]).startswith("ft:") or ":ft-" in str(item["id"])


def details(item: Item) -> Iterator[Quoted]:
    """The shutdown date of an item, where the field is there."""
    yield from retirement(item, "shutdown_date")


RULES = Listing(details=details, ours=ours, private=private)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="openai_models",
    kind=SourceKind.LISTING,
    provider="openai",
    authority=Authority.PROVIDER_API,
    address="https://api.openai.com/v1/models",
    parse=parse,
    secret=Key("OPENAI_API_KEY"),
    at_least=5,
)
