"""DeepSeek's `GET /models`: bare ids, most of them moving names."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.sources._source import Key, Source


def ours(item: Item) -> bool:
    """Whether DeepSeek owns it."""
    return item.get("owned_by") == "deepseek"


RULES = Listing(ours=ours)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="deepseek_models",
    kind=SourceKind.LISTING,
    provider="deepseek",
    authority=Authority.PROVIDER_API,
    address="https://api.deepseek.com/models",
    parse=parse,
    secret=Key("DEEPSEEK_API_KEY"),
)
