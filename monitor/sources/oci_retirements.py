"""OCI Generative AI's retirement page of the on-demand mode: tables of dates per model, or of codes (`P1`) where no date is set."""

from monitor.domain.claims import Authority
from monitor.domain.identity import scope_of
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(
    provider="oci", markers=(("oci generative ai", "oracle cloud"), ("retire",)), scope=scope_of({"deployment": "on-demand"})
)


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="oci_retirements",
    kind=SourceKind.ANNOUNCEMENT,
    provider="oci",
    authority=Authority.PROVIDER,
    address="https://docs.oracle.com/en-us/iaas/Content/generative-ai/deprecating-on-demand.htm",
    parse=parse,
)
