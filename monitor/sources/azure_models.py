"""Azure's `GET /openai/v1/models` of a resource: model and version in one id, `deprecation` in seconds since 1970 (2099: no date)."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import NoRetirement, Retires, Stage
from monitor.domain.identity import EVERYWHERE, Kind, Scope, scope_of
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item, Quoted, found, instant, quoted, stage
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.parsing.naming.versions import dated
from monitor.sources._source import Key, Source

STAGES = {"generally-available": Stage.ACTIVE, "preview": Stage.PREVIEW, "deprecated": Stage.DEPRECATED}
NEVER = 2099  # 2099-06-01 and 2099-12-31 stand where no day is announced
TUNING = scope_of({"feature": "fine-tuning"})


def named(name: str, _item: Item) -> tuple[str, Scope]:
    """Model and version, where the version is a whole date; else the id as it stands."""
    return dated(name)


def ours(item: Item) -> bool:
    """Whether an item has Azure's state and schedule."""
    return "lifecycle_status" in item and "deprecation" in item


def details(item: Item) -> Iterator[Quoted]:
    """An item's state and the ends of its inference and fine-tuning."""
    yield from stage(item, STAGES, "lifecycle_status")
    yield from _end(item, "inference", EVERYWHERE, Kind.MODEL)
    yield from _end(item, "fine_tune", TUNING, Kind.SERVICE)


def _end(item: Item, use: str, scope: Scope, kind: Kind) -> Iterator[Quoted]:
    seconds = found(item, "deprecation", use)
    if seconds is not None:
        when = instant(seconds, use)
        fact = NoRetirement() if when.starts_on.year >= NEVER else Retires(when)
        yield Quoted(fact, quoted(item, "deprecation", use), scope, kind)


RULES = Listing(named=named, details=details, ours=ours)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="azure_models",
    kind=SourceKind.LISTING,
    provider="azure",
    authority=Authority.PROVIDER_API,
    address="https://{resource}.openai.azure.com/openai/v1/models?api-version=preview",
    parse=parse,
    secret=Key("AZURE_OPENAI_API_KEY", "api-key", ""),
    at_least=10,
)
