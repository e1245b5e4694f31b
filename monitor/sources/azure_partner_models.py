"""Azure's lifecycle page of partner models: a table per vendor; a "deprecation" closes a model to new deployments. Dates are in UTC."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="azure", markers=(("retire",), ("foundry models", "model catalog"), ("suggested replacement", "legacy date")))


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="azure_partner_models",
    kind=SourceKind.ANNOUNCEMENT,
    provider="azure",
    authority=Authority.PROVIDER,
    address="https://learn.microsoft.com/azure/ai-foundry/concepts/model-lifecycle-retirement",
    parse=parse,
    at_least=10,
)
