"""Groq's deprecations page: a section per shutdown day, the announcement in its prose, a table of replacements."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, Heading, read_announcement
from monitor.parsing.dates import Order
from monitor.sources._source import Source

RULES = Announcement(provider="groq", markers=(("groq",), ("shutdown", "shut down")), heading=Heading.EVIDENT, order=Order.MDY)


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="groq_deprecations",
    kind=SourceKind.ANNOUNCEMENT,
    provider="groq",
    authority=Authority.PROVIDER,
    address="https://console.groq.com/docs/deprecations.md",
    parse=parse,
    at_least=10,
)
