"""The Gemini API's `GET /v1beta/models`: `models/…` with token limits; 50 a page unless asked for more, which hides models."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import SpecName
from monitor.domain.identity import EVERYWHERE, Scope
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item, Quoted, tokens
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.parsing.listings.paging import Paging, follower
from monitor.sources._source import Key, Source

PAGING = Paging("nextPageToken", "pageToken", limits=frozenset({50, 1000}))
PREFIX = "models/"


def named(name: str, _item: Item) -> tuple[str, Scope]:
    """The name that a request carries, without the collection it stands in."""
    return name.removeprefix(PREFIX), EVERYWHERE


def ours(item: Item) -> bool:
    """Whether an item stands in Gemini's collection of models."""
    return str(item.get("name")).startswith(PREFIX)


def details(item: Item) -> Iterator[Quoted]:
    """An item's token limits."""
    yield from tokens(item, SpecName.CONTEXT_WINDOW, "inputTokenLimit")
    yield from tokens(item, SpecName.MAX_OUTPUT, "outputTokenLimit")


def private(item: Item) -> bool:
    """Whether it is a tuned model of the account."""
    return str(item["name"]).startswith("tunedModels/")


RULES = Listing(items="models", name="name", named=named, details=details, ours=ours, private=private, paging=PAGING)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="gemini_models",
    kind=SourceKind.LISTING,
    provider="gemini",
    authority=Authority.PROVIDER_API,
    address="https://generativelanguage.googleapis.com/v1beta/models?pageSize=1000",
    parse=parse,
    follow=follower(PAGING),
    secret=Key("GEMINI_API_KEY", "x-goog-api-key", ""),
    at_least=10,
)
