"""OpenAI's own page of one model: specs, prices per million tokens, and the list of snapshots behind the alias."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.details.model_page import ModelPage, read_model_page
from monitor.sources._source import Source


def parse(page: Page, provider: str) -> Parsed:
    """The page's model, its snapshots and specs; the provider's own page shows that it offers them."""
    return read_model_page(page, provider, ModelPage(listed=True, first_hand=True, markers=("openai", "snapshots")))


SOURCE = Source(
    key="openai_model_pages",
    kind=SourceKind.ANNOUNCEMENT,
    provider="openai",
    authority=Authority.PROVIDER,
    address="https://platform.openai.com/docs/models/{model}",
    parse=parse,
)
