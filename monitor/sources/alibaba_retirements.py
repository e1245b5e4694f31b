"""Alibaba Model Studio's retirement page: a table per notice, in which the "deprecation time" is the end of service."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="alibaba", markers=(("model studio",), ("deprecation time", "retire")))


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="alibaba_retirements",
    kind=SourceKind.ANNOUNCEMENT,
    provider="alibaba",
    authority=Authority.PROVIDER,
    address="https://www.alibabacloud.com/help/en/model-studio/model-depreciation",
    parse=parse,
    at_least=10,
)
