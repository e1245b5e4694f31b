"""Anthropic's model deprecations page: a status table (floors beside "Active" are promises) and dated sections of history."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(
    provider="anthropic", markers=(("retire",), ("api model name", "anthropic notified", "anthropic.com", "claude.com")), promises=True
)


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models and parameters."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="anthropic_deprecations",
    kind=SourceKind.ANNOUNCEMENT,
    provider="anthropic",
    authority=Authority.PROVIDER,
    address="https://platform.claude.com/docs/en/about-claude/model-deprecations.md",
    parse=parse,
    at_least=20,
)
