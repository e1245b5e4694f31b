"""Vertex AI's deprecations of open models as a service: one table; its last column names what to deploy oneself, no replacement."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="vertex", markers=(("retire", "shutdown", "shut down"), ("open model",), ("maas", "model as a service")))


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="vertex_open_models",
    kind=SourceKind.ANNOUNCEMENT,
    provider="vertex",
    authority=Authority.PROVIDER,
    address="https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/deprecations/open-models",
    parse=parse,
    at_least=1,
)
