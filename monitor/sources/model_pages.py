"""Any other page that describes one model: its address and provider come from the configuration."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.details.model_page import ModelPage, read_model_page
from monitor.sources._source import Source


def parse(page: Page, provider: str) -> Parsed:
    """The page's model and its specs."""
    return read_model_page(page, provider, ModelPage())


SOURCE = Source(
    key="model_pages",
    kind=SourceKind.ANNOUNCEMENT,
    provider="",
    authority=Authority.AGGREGATOR,
    address="",
    parse=parse,
)
