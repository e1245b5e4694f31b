"""Cohere's deprecations page: dated sections (now the day of the end, once of the announcement), lists under their leads, endpoints too."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, Heading, read_announcement
from monitor.sources._source import Source

RULES = Announcement(
    provider="cohere",
    markers=(("cohere.com/", "@cohere.", "cohere platform", "cohere models", "cohere endpoints"), ("shutdown", "retired", "deprecated")),
    heading=Heading.EVIDENT,
)


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models and services."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="cohere_deprecations",
    kind=SourceKind.ANNOUNCEMENT,
    provider="cohere",
    authority=Authority.PROVIDER,
    address="https://docs.cohere.com/docs/deprecations.md",
    parse=parse,
    at_least=10,
)
