"""MiniMax's release notes: a heading per day or month, a card titled with the model that came out."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.declaration import Announcement
from monitor.parsing.news.releases import read_releases
from monitor.sources._source import Source

RULES = Announcement(provider="minimax", markers=(("minimax",), ("released", "release notes", "releases")))


def parse(page: Page, provider: str) -> Parsed:
    """The releases of *provider*'s models."""
    return read_releases(page, RULES.of(provider))


SOURCE = Source(
    key="minimax_releases",
    kind=SourceKind.ANNOUNCEMENT,
    provider="minimax",
    authority=Authority.PROVIDER,
    address="https://platform.minimax.io/docs/release-notes/models.md",
    parse=parse,
    at_least=5,
)
