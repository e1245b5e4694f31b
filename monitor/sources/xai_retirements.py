"""xAI's page of one retirement: a list under its lead with day and clock, redirects by callout and table."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, Heading, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="xai", markers=(("xai api", "x.ai", "grok model"), ("retire",)), heading=Heading.NOTHING)


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="xai_retirements",
    kind=SourceKind.ANNOUNCEMENT,
    provider="xai",
    authority=Authority.PROVIDER,
    address="https://docs.x.ai/developers/migration/may-15-retirement.md",
    parse=parse,
    at_least=3,
)
