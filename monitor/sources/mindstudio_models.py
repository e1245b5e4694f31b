"""MindStudio's page of one OpenAI model: specs beside their labels, questions and answers, what the community reports."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.details.model_page import ModelPage, read_model_page
from monitor.sources._source import Source


def parse(page: Page, provider: str) -> Parsed:
    """The page's model and its specs, as somebody else's collection gives them."""
    return read_model_page(page, provider, ModelPage(markers=("mindstudio",)))


SOURCE = Source(
    key="mindstudio_models",
    kind=SourceKind.ANNOUNCEMENT,
    provider="openai",
    authority=Authority.AGGREGATOR,
    address="https://www.mindstudio.ai/models/{model}",
    parse=parse,
)
