"""Bedrock's `ListFoundationModels` of one region: ids (context variants are ids of their own) with a state, and since 2026 its days.

LEGACY is our deprecated. `endOfLifeTime` is the end, `legacyTime` the deprecation; `publicExtendedAccessTime` only raises the price.
"""

from collections.abc import Iterator, Mapping

from monitor.domain.claims import Authority
from monitor.domain.facts import SpecName, Stage
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item, Quoted, deprecation, found, modalities, released, retirement, stage
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.sources._source import AwsKey, Source

STAGES = {"ACTIVE": Stage.ACTIVE, "LEGACY": Stage.DEPRECATED}


def ours(item: Item) -> bool:
    """Whether an item names a foundation model's resource."""
    return ":foundation-model/" in str(item.get("modelArn"))


def details(item: Item) -> Iterator[Quoted]:
    """An item's modalities, its state, and the days of its life. Raises UnreadableDate."""
    yield from modalities(item, SpecName.INPUT_MODALITY, "inputModalities")
    yield from modalities(item, SpecName.OUTPUT_MODALITY, "outputModalities")
    yield from stage(item, STAGES, "modelLifecycle", "status")
    life = found(item, "modelLifecycle")
    if isinstance(life, Mapping):
        yield from retirement(life, "endOfLifeTime") if life.get("endOfLifeTime") else ()
        yield from deprecation(life, "legacyTime")
        yield from released(life, "startOfLifeTime")


RULES = Listing(items="modelSummaries", name="modelId", details=details, ours=ours)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="bedrock_models",
    kind=SourceKind.LISTING,
    provider="bedrock",
    authority=Authority.PROVIDER_API,
    address="https://bedrock.{region}.amazonaws.com/foundation-models",
    parse=parse,
    secret=AwsKey("bedrock"),
    at_least=10,
)
