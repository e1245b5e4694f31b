"""OpenAI's deprecations page: dated sections (the heading's date is the announcement), tables by shutdown date, timelines of services."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="openai", markers=(("shutdown", "shut down"), ("openai.com", "model / system", "model snapshot")))


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models and services."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="openai_deprecations",
    kind=SourceKind.ANNOUNCEMENT,
    provider="openai",
    authority=Authority.PROVIDER,
    address="https://developers.openai.com/api/docs/deprecations.md",
    parse=parse,
    at_least=20,
)
