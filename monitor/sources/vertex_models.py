"""Vertex AI's publisher models: Google's own by name and version, with `launchStage`; long-dead models stay listed as GA."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import Stage
from monitor.domain.identity import EVERYWHERE, Scope
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item, Quoted, stage
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.parsing.listings.paging import Paging, follower
from monitor.sources._source import Key, Source

PAGING = Paging("nextPageToken", "pageToken", limits=frozenset({100}))
STAGES = {
    "EXPERIMENTAL": Stage.PREVIEW,
    "PRIVATE_PREVIEW": Stage.PREVIEW,
    "PUBLIC_PREVIEW": Stage.PREVIEW,
    "GA": Stage.ACTIVE,
}


def named(name: str, item: Item) -> tuple[str, Scope]:
    """`chat-bison@002`, as a request and Google's pages write it; a model without versions bare."""
    model, version = name.rsplit("/", 1)[-1], str(item.get("versionId"))
    return (f"{model}@{version}" if version.isdecimal() else model), EVERYWHERE


def ours(item: Item) -> bool:
    """Whether an item is a publisher's model."""
    return str(item.get("name")).startswith("publishers/")


def details(item: Item) -> Iterator[Quoted]:
    """An item's stage."""
    yield from stage(item, STAGES, "launchStage")


RULES = Listing(items="publisherModels", name="name", named=named, details=details, ours=ours, paging=PAGING)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="vertex_models",
    kind=SourceKind.LISTING,
    provider="vertex",
    authority=Authority.PROVIDER_API,
    address="https://{location}-aiplatform.googleapis.com/v1beta1/publishers/google/models?pageSize=100",
    parse=parse,
    follow=follower(PAGING),
    secret=Key("GOOGLE_ACCESS_TOKEN"),
)
