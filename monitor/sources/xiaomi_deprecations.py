"""Xiaomi MiMo's deprecation page: a table per round with the offline time and the earlier one from which another model answers."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="xiaomi", markers=(("mimo",), ("offline time", "deprecation time")))


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="xiaomi_deprecations",
    kind=SourceKind.ANNOUNCEMENT,
    provider="xiaomi",
    authority=Authority.PROVIDER,
    address="https://mimo.mi.com/docs/en-US/updates/deprecate",
    parse=parse,
    at_least=2,
)
