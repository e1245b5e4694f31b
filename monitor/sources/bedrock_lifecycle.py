"""Bedrock's model lifecycle page: legacy models with their regions, as tables or lists of records; numeric dates are M/D/YYYY."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.parsing.dates import Order
from monitor.sources._source import Source

RULES = Announcement(
    provider="bedrock",
    markers=(("bedrock", "eol date"), ("legacy",), ("eol", "end-of-life", "end of life")),
    promises=True,
    order=Order.MDY,
)


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="bedrock_lifecycle",
    kind=SourceKind.ANNOUNCEMENT,
    provider="bedrock",
    authority=Authority.PROVIDER,
    address="https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle-legacy.html",
    parse=parse,
    at_least=5,
)
