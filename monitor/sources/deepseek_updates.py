"""DeepSeek's change log: dated sections of prose; now and then a name that ends, with its day."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="deepseek", markers=(("deepseek",), ("change log", "changelog"), ("date:", "deepseek.com")))


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="deepseek_updates",
    kind=SourceKind.ANNOUNCEMENT,
    provider="deepseek",
    authority=Authority.PROVIDER,
    address="https://api-docs.deepseek.com/updates/",
    parse=parse,
)
