"""deprecations.info: a bare list of deprecations in five shapes over time; "" is no date, and rows come and go without a cause."""

import re
from collections.abc import Iterator

from monitor.domain.claims import Authority, Skipped
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.catalogue import Catalogue, Entry, read_catalogue
from monitor.parsing.fields import Item, Quoted, deprecation, replacements, retirement
from monitor.parsing.json_pages import Json, shown
from monitor.sources._source import Source

PROVIDERS = {
    "AWS Bedrock": "bedrock",
    "Anthropic": "anthropic",
    "Azure": "azure",
    "Cohere": "cohere",
    "Google": "gemini",
    "Google Vertex": "vertex",
    "Google Vertex AI": "vertex",
    "Groq": "groq",
    "Mistral": "mistral",
    "OpenAI": "openai",
    "xAI": "xai",
}
FIELDS = frozenset({"shutdown_date", "announcement_date", "scraped_at"})
SEVERAL = re.compile(r",|\b(?:or|and|of)\b|\b(?:models?|endpoints?|snapshots?|API|SDK)\b|\(|^N/A$", re.IGNORECASE)


def entries(whole: Json) -> Iterator[Entry | Skipped]:
    """Every row that names one model; the oldest shape has it in the title, behind the provider."""
    for row in whole if isinstance(whole, list) else ():
        if not isinstance(row, dict) or not isinstance(row.get("provider"), str) or not row.keys() & FIELDS:
            continue
        name = row.get("model_id") or str(row.get("title", "")).removeprefix(f"{row['provider']}: ")
        if isinstance(name, str) and name and not SEVERAL.search(name):
            yield Entry(row["provider"], name, {**row, "model": name})
        else:
            yield Skipped(shown(name), "not the name of one model", "no one model")


def details(row: Item) -> Iterator[Quoted]:
    """A row's replacements, deprecation and end; the announcement's date is the day on which a program saw it."""
    yield from replacements(row, "replacement_models", row["model"])
    yield from replacements(row, "replacement_model", row["model"])
    yield from deprecation(row, "deprecation_date")
    if row.get("shutdown_date"):
        yield from retirement(row, "shutdown_date")


RULES = Catalogue(PROVIDERS, entries, details)


def parse(page: Page, provider: str) -> Parsed:
    """What it says of the models of the providers we follow."""
    return read_catalogue(page, provider, RULES)


SOURCE = Source(
    key="deprecations_info",
    kind=SourceKind.CATALOGUE,
    provider="",
    authority=Authority.AGGREGATOR,
    address="https://deprecations.info/v1/deprecations.json",
    parse=parse,
    at_least=20,
)
