"""Together's deprecations page: tables of planned and past removals by day."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="together", markers=(("together.ai", "together ai"), ("removal date", "deprecat")))


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="together_deprecations",
    kind=SourceKind.ANNOUNCEMENT,
    provider="together",
    authority=Authority.PROVIDER,
    address="https://docs.together.ai/docs/deprecations.md",
    parse=parse,
    at_least=10,
)
