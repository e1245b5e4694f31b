"""Fireworks' `GET /inference/v1/models`: serverless models by their full resource name, `accounts/fireworks/models/…`."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import SpecName
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item, Quoted, tokens
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.sources._source import Key, Source

PUBLIC = "accounts/fireworks/"


def ours(item: Item) -> bool:
    """Whether it is a public model of Fireworks."""
    return str(item.get("id")).startswith(PUBLIC)


def private(item: Item) -> bool:
    """Whether it stands under an account of the customer's."""
    return str(item["id"]).startswith("accounts/") and not ours(item)


def details(item: Item) -> Iterator[Quoted]:
    """An item's context."""
    yield from tokens(item, SpecName.CONTEXT_WINDOW, "context_length")


RULES = Listing(details=details, ours=ours, private=private)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="fireworks_models",
    kind=SourceKind.LISTING,
    provider="fireworks",
    authority=Authority.PROVIDER_API,
    address="https://api.fireworks.ai/inference/v1/models",
    parse=parse,
    secret=Key("FIREWORKS_API_KEY"),
    at_least=3,
)
