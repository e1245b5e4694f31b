"""models.dev: providers with their models by id; release, limits and prices per million; "deprecated" means no longer served."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import Spec, SpecName, Stage
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.catalogue import Catalogue, Entry, read_catalogue
from monitor.parsing.listings.fields import Item, Quoted, day, modalities, price, quoted, released, stage, tokens
from monitor.parsing.listings.json_pages import Json
from monitor.sources._source import Source

OURS = """
    alibaba anthropic azure cerebras cohere databricks deepseek github-copilot github-models groq minimax mistral
    openai openrouter perplexity xai xiaomi
"""  # words for providers that are our own
PROVIDERS = {
    **{word: word for word in OURS.split()},
    "amazon-bedrock": "bedrock",
    "fireworks-ai": "fireworks",
    "google": "gemini",
    "google-vertex": "vertex",
    "google-vertex-anthropic": "vertex",
    "moonshotai": "moonshot",
    "togetherai": "together",
    "zai": "z-ai",
}
STAGES = {"alpha": Stage.PREVIEW, "beta": Stage.PREVIEW, "deprecated": Stage.RETIRED}
PRICES = (("input", SpecName.INPUT_PRICE), ("output", SpecName.OUTPUT_PRICE), ("cache_read", SpecName.CACHED_INPUT_PRICE))
MILLION = 1_000_000


def entries(whole: Json) -> Iterator[Entry]:
    """Every model of every provider."""
    for provider, fields in whole.items() if isinstance(whole, dict) else ():
        models = fields.get("models") if isinstance(fields, dict) else None
        for model, item in models.items() if isinstance(models, dict) else ():
            if isinstance(item, dict) and "release_date" in item:
                yield Entry(provider, model, item)


def details(item: Item) -> Iterator[Quoted]:
    """A model's state, limits, prices, modalities, release and knowledge."""
    yield from stage(item, STAGES, "status")
    yield from tokens(item, SpecName.CONTEXT_WINDOW, "limit", "context")
    yield from tokens(item, SpecName.MAX_OUTPUT, "limit", "output")
    for field, name in PRICES:
        yield from price(item, name, "cost", field, per=MILLION)
    yield from modalities(item, SpecName.INPUT_MODALITY, "modalities", "input")
    yield from modalities(item, SpecName.OUTPUT_MODALITY, "modalities", "output")
    yield from released(item, "release_date")
    if item.get("knowledge"):
        yield Quoted(Spec(SpecName.KNOWLEDGE_CUTOFF, day(item, "knowledge").value), quoted(item, "knowledge"))


RULES = Catalogue(PROVIDERS, entries, details)


def parse(page: Page, provider: str) -> Parsed:
    """What it says of the models of the providers we follow."""
    return read_catalogue(page, provider, RULES)


SOURCE = Source(
    key="models_dev",
    kind=SourceKind.CATALOGUE,
    provider="",
    authority=Authority.AGGREGATOR,
    address="https://models.dev/api.json",
    parse=parse,
    at_least=500,
)
