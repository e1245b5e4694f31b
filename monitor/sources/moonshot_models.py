"""Moonshot's model list: tables of what is served, callouts with the day a series was discontinued."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(
    provider="moonshot", markers=(("kimi model", "moonshot ai", "platform.kimi"), ("discontinued", "sunset", "deprecated")), current=True
)


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="moonshot_models",
    kind=SourceKind.ANNOUNCEMENT,
    provider="moonshot",
    authority=Authority.PROVIDER,
    address="https://platform.kimi.ai/docs/models.md",
    parse=parse,
    at_least=3,
)
