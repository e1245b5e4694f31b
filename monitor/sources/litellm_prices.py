"""LiteLLM's map of prices: a flat object by name, provider and sometimes region or deployment before it; `deprecation_date` is the end."""

import re
from collections.abc import Iterator

from monitor.domain.claims import Authority, Skipped
from monitor.domain.facts import SpecName
from monitor.domain.identity import EVERYWHERE, Scope
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.catalogue import Catalogue, Entry, read_catalogue
from monitor.parsing.listings.fields import Item, Quoted, price, retirement, tokens
from monitor.parsing.listings.json_pages import Json
from monitor.parsing.naming.versions import dated
from monitor.sources._source import Source

OURS = """
    anthropic azure bedrock cerebras cohere databricks deepseek gemini groq minimax mistral moonshot oci openai
    openrouter perplexity snowflake xai
"""  # words for providers that are our own
PROVIDERS = {
    **{word: word for word in OURS.split()},
    "azure_ai": "azure",
    "azure_text": "azure",
    "bedrock_converse": "bedrock",
    "codestral": "mistral",
    "cohere_chat": "cohere",
    "dashscope": "alibaba",
    "fireworks_ai": "fireworks",
    "github_copilot": "github-copilot",
    "text-completion-openai": "openai",
    "together_ai": "together",
    "vertex_ai": "vertex",
    "watsonx": "ibm-watsonx",
    "zai": "z-ai",
}
DOCUMENTATION = "sample_spec"  # the first key explains the fields
PREFIXES = {"azure_text": "azure", "bedrock_converse": "bedrock", "text-completion-openai": "openai"}
NO_MODEL = re.compile(r"\d-x-\d|max-x-max|^(?:together|fireworks)-ai-")  # prices by picture size or by a model's size
REGION = re.compile(r"eu|us|(?:us|eu|ap|ca|sa|me|af|il)-(?:gov-)?[a-z]+-\d")


def entries(whole: Json) -> Iterator[Entry | Skipped]:
    """Every model, its name as a request carries it; `vertex_ai-language-models` is Vertex AI."""
    for name, fields in whole.items() if isinstance(whole, dict) else ():
        if name == DOCUMENTATION or not isinstance(fields, dict) or not isinstance(fields.get("litellm_provider"), str):
            continue
        word = re.sub(r"^(vertex_ai|fireworks_ai)-.*", r"\1", fields["litellm_provider"])
        model, scope = _named(name, PREFIXES.get(word, word))
        if NO_MODEL.search(name):
            yield Skipped(name, "a price that is no model's", "no model name")
        else:
            yield Entry(word, model, fields, scope)


def _named(name: str, word: str) -> tuple[str, Scope]:
    """The name without its provider; what stands between them on Azure and Bedrock narrows it: a region, a deployment or both."""
    rest = name.removeprefix(f"{word}/")
    if word not in {"azure", "bedrock"}:
        return rest, EVERYWHERE
    *between, model = rest.split("/")
    regions = [part for part in between if REGION.fullmatch(part)]
    deployments = [part for part in between if part not in {*regions, "*"}]
    own, version = dated(model) if word == "azure" else (model, EVERYWHERE)
    return own, version.with_part("region", regions).with_part("deployment", deployments)


def details(item: Item) -> Iterator[Quoted]:
    """A model's limits, prices per token and end."""
    yield from tokens(item, SpecName.CONTEXT_WINDOW, "max_input_tokens")
    yield from tokens(item, SpecName.MAX_OUTPUT, "max_output_tokens")
    yield from price(item, SpecName.INPUT_PRICE, "input_cost_per_token")
    yield from price(item, SpecName.OUTPUT_PRICE, "output_cost_per_token")
    yield from price(item, SpecName.CACHED_INPUT_PRICE, "cache_read_input_token_cost")
    if item.get("deprecation_date"):
        yield from retirement(item, "deprecation_date")


RULES = Catalogue(PROVIDERS, entries, details)


def parse(page: Page, provider: str) -> Parsed:
    """What it says of the models of the providers we follow."""
    return read_catalogue(page, provider, RULES)


SOURCE = Source(
    key="litellm_prices",
    kind=SourceKind.CATALOGUE,
    provider="",
    authority=Authority.AGGREGATOR,
    address="https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json",
    parse=parse,
    at_least=500,
)
