"""IBM watsonx.ai's lifecycle of foundation models: tables of deprecation and withdrawal days."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.sources._source import Source

RULES = Announcement(provider="ibm-watsonx", markers=(("watsonx",), ("withdraw", "deprecat")))


def parse(page: Page, provider: str) -> Parsed:
    """The page's statements about *provider*'s models."""
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="ibm_watsonx_lifecycle",
    kind=SourceKind.ANNOUNCEMENT,
    provider="ibm-watsonx",
    authority=Authority.PROVIDER,
    address="https://dataplatform.cloud.ibm.com/docs/content/wsj/analyze-data/fm-model-lifecycle.html",
    parse=parse,
)
