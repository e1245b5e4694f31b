"""Bedrock's model cards, one page per model: a list of launch date, "EOL no sooner than" and EOL date, and the ids in a table."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement
from monitor.parsing.dates import Order
from monitor.parsing.details.spec_sheet import read_spec_sheets
from monitor.sources._source import Source

RULES = Announcement(
    provider="bedrock",
    markers=(("bedrock",), ("model launch date", "eol no sooner than", "model eol date")),
    promises=True,
    order=Order.MDY,
)


def parse(page: Page, provider: str) -> Parsed:
    """What one card says of its model."""
    return read_spec_sheets(page, RULES.of(provider))


SOURCE = Source(
    key="bedrock_model_cards",
    kind=SourceKind.ANNOUNCEMENT,
    provider="bedrock",
    authority=Authority.PROVIDER,
    address="https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-{model}.html",
    parse=parse,
    at_least=1,
)
