"""Providers' listings, read in a few lines of JSON: folder → source, the list's field, the id's field, which files (one address each)."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from replaying.captures import CAPTURES, Entry, Series, Slot, View, body_of, number, plain

MILLION = 1_000_000
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


def _listed(items: str, name: str) -> Callable[[Any], list[Entry]]:
    return lambda whole: [(whole[items], at, plain(item[name])) for at, item in enumerate(whole[items])]
