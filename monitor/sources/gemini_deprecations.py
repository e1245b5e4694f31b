"""The Gemini API's deprecations page: a table per family, group rows for previews; where its note says so, every date is the earliest."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="gemini", markers=(("gemini",), ("shutdown", "shut down")))


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="gemini_deprecations",
    kind=SourceKind.ANNOUNCEMENT,
    provider="gemini",
    authority=Authority.PROVIDER,
    address="https://ai.google.dev/gemini-api/docs/deprecations?hl=en",
    parse=parse,
    at_least=10,
)
