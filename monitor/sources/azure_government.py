"""The schedule of Azure Government: the tables of the public cloud with dates of their own, so every statement is of that cloud."""

from monitor.domain.claims import Authority
from monitor.domain.identity import scope_of
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(
    provider="azure",
    markers=(("retire",), ("azure government",)),
    scope=scope_of({"cloud": "government"}),
)


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="azure_government",
    kind=SourceKind.ANNOUNCEMENT,
    provider="azure",
    authority=Authority.PROVIDER,
    address="https://learn.microsoft.com/azure/foundry/openai/concepts/model-retirement-schedule-gov",
    parse=parse,
    at_least=5,
)
