"""Perplexity's changelog: blocks labelled by month, the days in their prose, lists of names under it."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.parsing.dates import Order
from monitor.sources._source import Source

RULES = Announcement(provider="perplexity", markers=(("perplexity",), ("<update", "deprecation notice")), order=Order.MDY)


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models and services."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="perplexity_changelog",
    kind=SourceKind.ANNOUNCEMENT,
    provider="perplexity",
    authority=Authority.PROVIDER,
    address="https://docs.perplexity.ai/docs/resources/changelog.md",
    parse=parse,
    at_least=3,
)
