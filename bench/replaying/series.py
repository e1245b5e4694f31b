"""The series of captures and what they state, read apart from the readers: by hand for Anthropic's page, by a few lines of JSON else."""

import csv
import gzip
import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[3] / "shared"
CAPTURES = SHARED / "captures"
BY_HAND = SHARED / "truth/events/anthropic_deprecations.csv"
MILLION = 1_000_000
OF_PROSE = set(" ,(")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
Slot = tuple[str, str]  # what is said, of which model
Entry = tuple[Any, Any, str]  # what holds it, where in that, which model it is


@dataclass(frozen=True)
class View:
    """What one capture states, by slot; *complete* says whether absence from it can mean anything."""

    stated: dict[Slot, str]
    complete: bool = True

    def without(self, models: set[str]) -> "View":
        """The view of a capture that lost the rows of some models."""
        return View({slot: value for slot, value in self.stated.items() if slot[1] not in models}, self.complete)


@dataclass(frozen=True)
class Series:
    """Captures of one source in the order of their names, what each states, and where the rows of its JSON are.

    In a catalogue models are called `provider/name`; those of *providers*, with names without blanks, are compared, but for
    the *unspoken*.
    """

    name: str
    source: str
    paths: tuple[Path, ...]
    views: tuple[View, ...]
    slots: frozenset[str]
    entries: Callable[[Any], list[Entry]] = lambda _: []
    providers: frozenset[str] = frozenset()
    unspoken: frozenset[str] = frozenset()

    def named(self, provider: str, model: str) -> str:
        """What the views call a model; "" for one that they never speak of."""
        if not self.providers:
            return model.split("@", maxsplit=1)[0]
        name = f"{provider}/{model}"
        return name if provider in self.providers and name not in self.unspoken and not set(model) & OF_PROSE else ""

    @property
    def is_listing(self) -> bool:
        return "listed" in self.slots


def body_of(path: Path) -> bytes:
    """A capture as it came, unpacked."""
    body = path.read_bytes()
    return gzip.decompress(body) if path.suffix == ".gz" else body


# --- listings: folder → source, the list's field, the id's field, which files (one address each), what else is compared ---------------

LISTINGS = (
    ("anthropic", "anthropic_models", "data", "id", "2*.json"),
    ("aws-bedrock", "bedrock_models", "modelSummaries", "modelId", "2*_us-west-2.json"),
    ("aws-bedrock", "bedrock_models", "modelSummaries", "modelId", "2*[0-9].json*"),
    ("google-gemini", "gemini_models", "models", "name", "2*.json"),
    ("google-vertex", "vertex_models", "publisherModels", "name", "2*.json"),
    ("mistral", "mistral_models", "data", "id", "2*.json"),
    ("openai", "openai_models", "data", "id", "2*.json"),
    ("openrouter", "openrouter_models", "data", "id", "2*[0-9].json.gz"),
)


def listing(folder: str, source: str, items: str, name: str, pattern: str) -> Series:
    """A provider's listing over time; filtered queries and other regions are listings of their own."""
    paths = tuple(
        path for path in sorted((CAPTURES / folder / "listing").glob(pattern)) if "us-west" not in path.name or "us-west" in pattern
    )
    wholes = [json.loads(body_of(path)) for path in paths]
    views = tuple(View(dict(_stated(whole[items], name)), "nextPageToken" not in whole) for whole in wholes)
    slots = frozenset(slot for view in views for slot, _ in view.stated) | {"listed"}
    return Series(f"{folder} listing" + (" (us-west-2)" if "us-west" in pattern else ""), source, paths, views, slots, _listed(items, name))


def _stated(items: list[dict[str, Any]], name: str) -> Iterator[tuple[Slot, str]]:
    for item in reversed(items):  # of repeated items the first counts
        if item.get("type") == "fine-tuned":
            continue
        model = plain(item[name])
        yield ("listed", model), ""
        if item.get("deprecation"):
            yield ("retires", model), str(item["deprecation"])[:10]
        if "pricing" in item:
            yield from ((slot, value) for slot, value in _prices(model, item["pricing"]) if Decimal(value) >= 0)


def _prices(model: str, pricing: dict[str, str]) -> Iterator[tuple[Slot, str]]:
    yield ("input_price", model), number(Decimal(pricing["prompt"]) * MILLION)
    yield ("output_price", model), number(Decimal(pricing["completion"]) * MILLION)


def plain(name: str) -> str:
    """The id without the collection that Google puts before it."""
    return name.rsplit("models/", 1)[-1]


def number(value: object) -> str:
    """A number in one spelling, prices to eight digits."""
    return format(round(Decimal(str(value)), 8).normalize(), "f")


def _listed(items: str, name: str) -> Callable[[Any], list[Entry]]:
    return lambda whole: [(whole[items], at, plain(item[name])) for at, item in enumerate(whole[items])]


# --- catalogues ---------------------------------------------------------------------------------------------------------------------

ALIKE = frozenset(
    ["alibaba", "anthropic", "azure", "cerebras", "cohere", "deepseek", "groq", "mistral", "openai", "openrouter", "perplexity", "xai"]
)
TRACKED = {"AWS Bedrock": "bedrock", "Google": "gemini", "Google Vertex AI": "vertex", "OpenAI": "openai", "Anthropic": "anthropic"}
TRACKED |= {"Google Vertex": "vertex", "Azure": "azure", "Cohere": "cohere", "Groq": "groq", "Mistral": "mistral", "xAI": "xai"}


def models_dev(name: str, *folders: str) -> Series:
    """Prices and context windows of the providers that both sides call alike."""
    paths = tuple(path for folder in folders for path in sorted((CAPTURES / folder).glob("2*")))
    views = tuple(View(dict(_priced(json.loads(body_of(path))))) for path in paths)
    return Series(name, "models_dev", paths, views, frozenset({"input_price", "output_price", "context_window"}), _priced_entries, ALIKE)


def _priced(whole: dict[str, Any]) -> Iterator[tuple[Slot, str]]:
    for models, model, name in _priced_entries(whole):
        item = models[model]
        cost, limit = item.get("cost") or {}, item.get("limit") or {}
        values = {"input_price": cost.get("input"), "output_price": cost.get("output"), "context_window": limit.get("context") or None}
        yield from (((slot, name), number(value)) for slot, value in values.items() if value is not None)


def _priced_entries(whole: dict[str, Any]) -> list[Entry]:
    return [(whole[word]["models"], model, f"{word}/{model}") for word in ALIKE & whole.keys() for model in whole[word]["models"]]


def tracker(name: str, folder: str) -> Series:
    """The first date that deprecations.info gives for each name without blanks (others are descriptions) that always has plain days."""
    paths = tuple(path for path in sorted((CAPTURES / folder).glob("2*")) if body_of(path).lstrip()[:1] == b"[")  # one is of another shape
    stated = [dict(_dated(json.loads(body_of(path)))) for path in paths]
    wordy = {slot for view in stated for slot, value in view.items() if not DAY.fullmatch(value)}
    views = tuple(View({slot: value for slot, value in view.items() if slot not in wordy}) for view in stated)
    return Series(
        name,
        "deprecations_info",
        paths,
        views,
        frozenset({"retires"}),
        _dated_entries,
        frozenset(TRACKED.values()),
        frozenset(model for _, model in wordy),
    )


def _dated(rows: list[dict[str, Any]]) -> Iterator[tuple[Slot, str]]:
    """The later a date, the earlier it is yielded: the first date of a model is what stays."""
    for row in sorted(rows, key=lambda row: str(row.get("shutdown_date")), reverse=True):
        if row["provider"] in TRACKED and row.get("shutdown_date") and _named(row) != "N/A" and not set(_named(row)) & OF_PROSE:
            yield ("retires", f"{TRACKED[row['provider']]}/{_named(row)}"), row["shutdown_date"]


def _named(row: dict[str, Any]) -> str:
    return str(row.get("model_id") or row.get("title", "").removeprefix(f"{row['provider']}: "))


def _dated_entries(rows: list[dict[str, Any]]) -> list[Entry]:
    return [(rows, at, f"{TRACKED[row['provider']]}/{_named(row)}") for at, row in enumerate(rows) if row["provider"] in TRACKED]


def litellm() -> Series:
    """The ends that LiteLLM's map of prices gives, of the names whose provider both sides call alike."""
    paths = tuple(path for path in sorted((CAPTURES / "litellm/catalogue").glob("*")) if b"litellm_provider" in body_of(path))
    views = tuple(View(dict(_ends(json.loads(body_of(path))))) for path in paths)
    return Series("litellm prices", "litellm_prices", paths, views, frozenset({"retires"}), _ends_entries, ALIKE - {"azure"})


def _ends(whole: dict[str, Any]) -> Iterator[tuple[Slot, str]]:
    yield from (
        (("retires", name), whole[key]["deprecation_date"]) for _, key, name in _ends_entries(whole) if "deprecation_date" in whole[key]
    )


def _ends_entries(whole: dict[str, Any]) -> list[Entry]:
    found = [(key, item.get("litellm_provider")) for key, item in whole.items() if isinstance(item, dict)]
    return [(whole, key, f"{provider}/{key.removeprefix(f'{provider}/')}") for key, provider in found if provider in ALIKE - {"azure"}]


# --- Anthropic's page, by hand ------------------------------------------------------------------------------------------------------


def anthropic() -> Series:
    """The views that the hand-made list of changes amounts to; a slot that never changes is in none of them."""
    found = (CAPTURES / "anthropic/announcements").glob("model-deprecations_*.md")
    paths = tuple(sorted(found, key=lambda path: (path.name.split("_")[1], "_tn" not in path.name, path.name)))
    with BY_HAND.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    first: dict[Slot, dict[str, str]] = {}
    for row in rows:
        first.setdefault(_slot(row), row)
    state = {slot: dated(row, "before") for slot, row in first.items() if row["before"] and row["fact"] in FACTS}
    views = []
    for path in paths:
        of_capture = [row for row in rows if row["capture"] == path.name]
        state = dict(_changed(state, of_capture))
        views.append(View(state))
    return Series("anthropic deprecations", "anthropic_deprecations", paths, tuple(views), frozenset({*FACTS, "announced"}))


FACTS = ("retires", "replaced_by")


def _slot(row: dict[str, str]) -> Slot:
    return row["fact"], row["model"]


def dated(row: dict[str, str], side: str) -> str:
    """A value of the list as events print it; of several the status table's, which the list names first, is believed."""
    value = row[side].split(";")[0] if row["fact"] == "retires" else row[side]
    return f"not_before:{value}" if row[f"{side}_bound"] == "not_before" else value


def _changed(state: dict[Slot, str], rows: list[dict[str, str]]) -> Iterator[tuple[Slot, str]]:
    """The next view; the end is announced by a day of deprecation, or by a date of a model that the capture calls nothing."""
    gone = {_slot(row) for row in rows if row["change"] in {"row_gone", "withdrawn"}}
    yield from ((slot, value) for slot, value in state.items() if slot not in gone)
    told = {row["model"] for row in rows if row["fact"] in {"stage", "deprecated"}}
    for row in rows:
        if row["fact"] in FACTS and _slot(row) not in gone:
            yield _slot(row), dated(row, "after")
        first_date = row["fact"] == "retires" and row["change"] == "appeared" and row["after_bound"] == "exact"
        if (row["fact"], row["change"]) == ("deprecated", "appeared"):
            yield ("announced", row["model"]), row["after"]
        elif first_date and row["model"] not in told:
            yield ("announced", row["model"]), ""


def every_series() -> Iterator[Series]:
    """All of them; none without the captures."""
    if not CAPTURES.is_dir():
        return
    yield anthropic()
    yield from itertools.starmap(listing, LISTINGS)
    yield models_dev("models.dev", "models-dev/listing", "series/models-dev/api-json")
    yield models_dev("models.dev (basellm)", "series/models-dev/basellm-all-json")
    yield tracker("deprecations.info api", "series/deprecations-info/api-v1")
    yield tracker("deprecations.info data", "series/deprecations-info/data")
    yield litellm()
