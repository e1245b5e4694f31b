"""Vertex AI's model versions and lifecycle page: available models with floors or dates, retired ones with their recommended upgrade."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="vertex", markers=(("retire", "discontinu"), ("release",), ("vertex", "agent platform")), promises=True)


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="vertex_model_versions",
    kind=SourceKind.ANNOUNCEMENT,
    provider="vertex",
    authority=Authority.PROVIDER,
    address="https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/model-versions",
    parse=parse,
    at_least=10,
)
