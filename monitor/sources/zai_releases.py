"""Z.ai's release notes: a dated block per model, titled with its name."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.declaration import Announcement
from monitor.parsing.news.releases import read_releases
from monitor.sources._source import Source

RULES = Announcement(provider="z-ai", markers=(("z.ai", "zhipu", "bigmodel"), ("released", "launched")))


def parse(page: Page, provider: str) -> Parsed:
    """The releases of *provider*'s models."""
    return read_releases(page, RULES.of(provider))


SOURCE = Source(
    key="zai_releases",
    kind=SourceKind.ANNOUNCEMENT,
    provider="z-ai",
    authority=Authority.PROVIDER,
    address="https://docs.z.ai/release-notes/new-released.md",
    parse=parse,
    at_least=5,
)
