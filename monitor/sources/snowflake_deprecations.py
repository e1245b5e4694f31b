"""Snowflake's notices of Cortex models, one page per notice: a table by "deprecation date", the day from which calls fail."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="snowflake", markers=(("snowflake",), ("cortex",), ("deprecat",)), deprecation_ends=True)


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="snowflake_deprecations",
    kind=SourceKind.ANNOUNCEMENT,
    provider="snowflake",
    authority=Authority.PROVIDER,
    address="https://docs.snowflake.com/en/release-notes/bcr-bundles/un-bundled/bcr-june-model-deprecations",
    parse=parse,
)
