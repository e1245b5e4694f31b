"""AIMLAPI's feed of its deprecations: deprecated (still serves), superseded (answers as an alias of another), withdrawn (gone)."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import Redirects, Stage
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item, Quoted, day, deprecation, quoted, replacements, retirement, stage
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.sources._source import Source

STAGES = {"deprecated": Stage.DEPRECATED, "superseded": Stage.DEPRECATED, "withdrawn": Stage.RETIRED}


def ours(item: Item) -> bool:
    """Whether an item has the feed's fields."""
    return item.get("status") in STAGES and "shutdown_at" in item


def details(item: Item) -> Iterator[Quoted]:
    """An item's state, dates and replacement; a superseded id is answered by its replacement since it was superseded."""
    yield from stage(item, STAGES, "status")
    yield from replacements(item, "replaced_by", item["id"])
    if item.get("status") == "superseded" and item.get("deprecated_at"):
        yield Quoted(Redirects(day(item, "deprecated_at")), quoted(item, "deprecated_at"))
    yield from deprecation(item, "deprecated_at")
    yield from retirement(item, "shutdown_at")


RULES = Listing(details=details, ours=ours, aliases="aliases", listed=False)


def parse(page: Page, provider: str) -> Parsed:
    """Every item's state, dates and replacement; being in the feed is no offer."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="aimlapi_deprecations",
    kind=SourceKind.CATALOGUE,
    provider="aimlapi",
    authority=Authority.PROVIDER,
    address="https://api.aimlapi.com/v1/models/deprecations",
    parse=parse,
)
