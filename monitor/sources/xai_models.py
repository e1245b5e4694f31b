"""xAI's `GET /v1/models`: bare ids; a slug that is redirected to another model may stay or vanish."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.sources._source import Key, Source


def ours(item: Item) -> bool:
    """Whether xAI owns it."""
    return item.get("owned_by") == "xai"


RULES = Listing(ours=ours)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="xai_models",
    kind=SourceKind.LISTING,
    provider="xai",
    authority=Authority.PROVIDER_API,
    address="https://api.x.ai/v1/models",
    parse=parse,
    secret=Key("XAI_API_KEY"),
)
