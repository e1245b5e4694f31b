"""Mistral's models overview: deprecated and retired models by API name and version, dates as M/D/YYYY, alternatives by title."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.parsing.dates import Order
from monitor.sources._source import Source

RULES = Announcement(provider="mistral", markers=(("mistral",), ("retire",), ("alternative", "(/models/", '="/models/')), order=Order.MDY)


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="mistral_models_page",
    kind=SourceKind.ANNOUNCEMENT,
    provider="mistral",
    authority=Authority.PROVIDER,
    address="https://docs.mistral.ai/models",
    parse=parse,
    at_least=20,
)
