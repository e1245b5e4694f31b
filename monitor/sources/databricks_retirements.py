"""Databricks' page of retired models: a table by retirement day with what to use instead."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="databricks", markers=(("databricks",), ("retire",)))


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="databricks_retirements",
    kind=SourceKind.ANNOUNCEMENT,
    provider="databricks",
    authority=Authority.PROVIDER,
    address="https://docs.databricks.com/aws/en/machine-learning/retired-models-policy",
    parse=parse,
)
