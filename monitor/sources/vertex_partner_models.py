"""Vertex AI's deprecations of partner models: a sheet per model, whose first sentence dates its deprecation and shutdown; once a table."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement
from monitor.parsing.details.spec_sheet import read_spec_sheets
from monitor.sources._source import Source

RULES = Announcement(provider="vertex", markers=(("shut down", "shutdown"), ("partner model", "maas")))


def parse(page: Page, provider: str) -> Parsed:
    """The statements of the sheets and of the tables."""
    return read_spec_sheets(page, RULES.of(provider))


SOURCE = Source(
    key="vertex_partner_models",
    kind=SourceKind.ANNOUNCEMENT,
    provider="vertex",
    authority=Authority.PROVIDER,
    address="https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/deprecations/partner-models",
    parse=parse,
    at_least=3,
)
