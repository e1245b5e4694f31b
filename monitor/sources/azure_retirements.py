"""Azure's retirement schedule: tables of model and version under a heading per vendor; fine-tuned models end in two phases."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="azure", markers=(("retire",), ("azure", "foundry")))


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="azure_retirements",
    kind=SourceKind.ANNOUNCEMENT,
    provider="azure",
    authority=Authority.PROVIDER,
    address="https://learn.microsoft.com/azure/foundry/openai/concepts/model-retirement-schedule",
    parse=parse,
    at_least=20,
)
