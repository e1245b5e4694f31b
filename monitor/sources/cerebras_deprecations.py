"""Cerebras' deprecations page: a dated block per model, told as done on that day; a parameter now and then."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="cerebras", markers=(("cerebras",), ("deprecated", "deprecating")))


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models and services."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="cerebras_deprecations",
    kind=SourceKind.ANNOUNCEMENT,
    provider="cerebras",
    authority=Authority.PROVIDER,
    address="https://inference-docs.cerebras.ai/support/deprecation.md",
    parse=parse,
    at_least=5,
)
