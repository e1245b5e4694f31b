"""deprecations.info: a list of deprecations in five shapes over time, as bare JSON, JSON Feed and RSS.

"" is no date, and rows come and go without a cause. The JSON Feed has the rows under `_deprecation`, the RSS as labelled lines.
"""

import re
from collections.abc import Iterable, Iterator

from monitor.domain.claims import Authority, Skipped
from monitor.domain.facts import Retires
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.documents import is_json
from monitor.parsing.listings.catalogue import Catalogue, Entry, collected, read_catalogue
from monitor.parsing.listings.fields import Item, Quoted, day, deprecation, replacements, retirement
from monitor.parsing.listings.json_pages import Json, shown
from monitor.parsing.news.feeds import FeedEntry, read_entries
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


LINE = re.compile(r"^(Provider|Model ID|Model|Shutdown Date): (.+)$", re.MULTILINE)
LABELS = {"Provider": "provider", "Model ID": "model_id", "Model": "model_name", "Shutdown Date": "shutdown_date"}


def entries(whole: Json) -> Iterator[Entry | Skipped]:
    """Every row that names one model."""
    if isinstance(whole, list):
        return rows(whole)
    items = whole.get("items")
    return rows(item.get("_deprecation") for item in (items if isinstance(items, list) else ()) if isinstance(item, dict))


def labelled(feed: Iterable[FeedEntry]) -> Iterator[Entry | Skipped]:
    """The same of the RSS: the lines that each description begins with, up to the first empty one."""
    return rows({LABELS[label]: value for label, value in LINE.findall(entry.content.partition("\n\n")[0])} for entry in feed)


def rows(found: Iterable[object]) -> Iterator[Entry | Skipped]:
    """Each row's model; the oldest shape has it in the title, behind the provider."""
    for row in found:
        if not isinstance(row, dict) or not isinstance(row.get("provider"), str) or not row.keys() & FIELDS:
            continue
        name = row.get("model_id") or row.get("model_name") or str(row.get("title", "")).removeprefix(f"{row['provider']}: ")
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


def printed(row: Item) -> Iterator[Quoted]:
    """A row's end, quoted as the RSS prints it."""
    yield Quoted(Retires(day(row, "shutdown_date")), f"Shutdown Date: {row['shutdown_date']}")


RULES = Catalogue(PROVIDERS, entries, details)
RSS = Catalogue(PROVIDERS, entries, printed)


def parse(page: Page, provider: str) -> Parsed:
    """What it says of the models of the providers we follow."""
    if is_json(page.body):
        return read_catalogue(page, provider, RULES)
    feed = read_entries(page)
    return Parsed(drift=feed) if isinstance(feed, str) else collected(labelled(feed), provider, RSS)


SOURCE = Source(
    key="deprecations_info",
    kind=SourceKind.CATALOGUE,
    provider="",
    authority=Authority.AGGREGATOR,
    address="https://deprecations.info/v1/deprecations.json",
    parse=parse,
    at_least=20,
)
