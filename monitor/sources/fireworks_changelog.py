"""Fireworks' changelog: dated blocks; models that leave serverless while dedicated deployments go on."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="fireworks", markers=(("fireworks",), ("<update", "changelog")))


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models and services."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="fireworks_changelog",
    kind=SourceKind.ANNOUNCEMENT,
    provider="fireworks",
    authority=Authority.PROVIDER,
    address="https://docs.fireworks.ai/updates/changelog.md",
    parse=parse,
)
