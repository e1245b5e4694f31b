"""PipeLLM's Markdown page of one OpenAI model: metadata as a list, prices as a table."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.details.model_page import ModelPage, read_model_page
from monitor.sources._source import Source


def parse(page: Page, provider: str) -> Parsed:
    """The page's model and its specs, as somebody else's collection gives them."""
    return read_model_page(page, provider, ModelPage(markers=("pipellm",)))


SOURCE = Source(
    key="pipellm_models",
    kind=SourceKind.ANNOUNCEMENT,
    provider="openai",
    authority=Authority.AGGREGATOR,
    address="https://www.pipellm.ai/llms/models/{model}.md",
    parse=parse,
)
