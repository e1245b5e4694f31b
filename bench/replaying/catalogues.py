"""Catalogues, read in a few lines of JSON: prices and limits of models.dev, the ends that deprecations.info and LiteLLM give."""

import json
import re
from collections.abc import Iterator
from typing import Any

from replaying.captures import CAPTURES, OF_PROSE, Entry, Series, Slot, View, body_of, number

DAY = re.compile(r"\d{4}-\d\d-\d\d")
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
