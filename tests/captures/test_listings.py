"""The captured listings and catalogues, against what the raw JSON says apart from the readers."""

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

from monitor.domain.claims import Skipped
from monitor.domain.facts import AliasOf, Listed, NoRetirement, ReplacedBy, Retires
from monitor.domain.readings import Parsed
from monitor.sources import find_source
from tests.captures.shared import CAPTURES, NEEDED, body_of, files
from tests.sources.golden import read

pytestmark = NEEDED
LISTINGS = {  # folder → source, the list's field, the id's field, how many captures
    "anthropic": ("anthropic_models", "data", "id", 4),
    "aws-bedrock": ("bedrock_models", "modelSummaries", "modelId", 10),
    "azure": ("azure_models", "data", "id", 1),
    "cohere": ("cohere_models", "models", "name", 1),
    "deepseek": ("deepseek_models", "data", "id", 1),
    "google-gemini": ("gemini_models", "models", "name", 10),
    "google-vertex": ("vertex_models", "publisherModels", "name", 2),
    "groq": ("groq_models", "data", "id", 1),
    "mistral": ("mistral_models", "data", "id", 10),
    "openai": ("openai_models", "data", "id", 9),
    "openrouter": ("openrouter_models", "data", "id", 17),
    "xai": ("xai_models", "data", "id", 1),
}
CAPTURED = [(folder, path) for folder in LISTINGS for path in files(f"{folder}/listing", "2*")]
PAIRS = [
    (folder, before, after)
    for folder, captured in itertools.groupby(CAPTURED, key=lambda pair: pair[0])
    for (_, before), (_, after) in itertools.pairwise(captured)
]
SATURATED = [path for path in files("google-gemini/listing", "2*") if b'"nextPageToken"' in body_of(path)]
CATALOGUES = [
    *(("models_dev", path) for path in [*files("series/models-dev/api-json"), *files("series/models-dev/basellm-all-json")]),
    *(("models_dev", path) for path in files("models-dev/listing")),
    *(("litellm_prices", path) for path in files("litellm/catalogue") if b"litellm_provider" in body_of(path)),
    *(("deprecations_info", path) for form in ("api-v1", "feed-json", "feed-xml") for path in files(f"series/deprecations-info/{form}")),
]

name_of = pytest.mark.parametrize(("folder", "path"), CAPTURED, ids=lambda value: value.name if isinstance(value, Path) else value)


def raw_items(folder: str, path: Path) -> list[dict[str, Any]]:
    """The models of a listing, by the standard library's JSON; fine-tunes of the account left out."""
    _, items, name, _ = LISTINGS[folder]
    found = json.loads(body_of(path))[items]
    return [item for item in found if isinstance(item, dict) and name in item and item.get("type") != "fine-tuned"]


def raw_ids(folder: str, path: Path) -> set[str]:
    """Their ids as they stand, but for the collections that Google puts before them."""
    return {str(item[LISTINGS[folder][2]]).rsplit("models/", 1)[-1] for item in raw_items(folder, path)}


def parsed(folder: str, path: Path) -> Parsed:
    return read(find_source(LISTINGS[folder][0]), body_of(path))


def listed(folder: str, path: Path) -> set[str]:
    """The models a reader takes to be listed, with Azure's versions and without Vertex AI's put back as the listing writes them."""
    found = parsed(folder, path)
    assert found.drift == ""
    keys = {statement.key for statement in found.statements if isinstance(statement.fact, Listed)}
    names = {"-".join([key.model, *itertools.chain.from_iterable(values for _, values in key.scope.parts)]) for key in keys}
    return {name.split("@")[0] if folder == "google-vertex" else name for name in names}


def test_there_are_listings() -> None:
    counts = {folder: len(list(paths)) for folder, paths in itertools.groupby(CAPTURED, key=lambda pair: pair[0])}
    assert counts | {"groq": 1} == {folder: expected for folder, (_, _, _, expected) in LISTINGS.items()}


@name_of
def test_every_listing_gives_its_ids(folder: str, path: Path) -> None:
    assert listed(folder, path) == raw_ids(folder, path)


@name_of
def test_nothing_of_a_listing_is_skipped_but_fine_tunes(folder: str, path: Path) -> None:
    private = [item for item in json.loads(body_of(path))[LISTINGS[folder][1]] if item.get("type") == "fine-tuned"]
    assert [skipped.shape for skipped in parsed(folder, path).skipped] == ["private model"] * len(private)


@pytest.mark.parametrize(("folder", "before", "after"), PAIRS, ids=lambda value: value.stem if isinstance(value, Path) else value)
def test_what_is_added_and_removed_between_listings(folder: str, before: Path, after: Path) -> None:
    old, new = listed(folder, before), listed(folder, after)
    raw_old, raw_new = raw_ids(folder, before), raw_ids(folder, after)
    assert (new - old, old - new) == (raw_new - raw_old, raw_old - raw_new)


BY_HAND = {
    ("openai", "20250512T134703.json", "20250603T094930.json"): (["codex-mini-latest"], []),
    ("anthropic", "20250322T110736.json", "20250603T094931.json"): (["claude-opus-4-20250514", "claude-sonnet-4-20250514"], []),
    ("anthropic", "20250603T094931.json", "20250730T144714.json"): ([], ["claude-2.0", "claude-2.1", "claude-3-sonnet-20240229"]),
    ("aws-bedrock", "20250505T192753.json", "20250603T094932.json.gz"): (
        ["anthropic.claude-opus-4-20250514-v1:0", "anthropic.claude-sonnet-4-20250514-v1:0"],
        ["stability.stable-diffusion-xl-v1", "stability.stable-diffusion-xl-v1:0"],
    ),
    ("mistral", "20250810T134555.json", "20250817T194749.json"): (["mistral-medium-2508"], []),
    ("google-gemini", "20250325T175051.json", "20250402T160846.json"): (["gemma-3-12b-it", "gemma-3-4b-it"], []),
}


@pytest.mark.parametrize(("pair", "changes"), BY_HAND.items(), ids=lambda value: "-".join(value) if isinstance(value[0], str) else "")
def test_the_changes_of_a_pair_counted_by_hand(pair: tuple[str, str, str], changes: tuple[list[str], list[str]]) -> None:
    folder, before, after = pair
    old, new = (listed(folder, CAPTURES / folder / "listing" / name) for name in (before, after))
    assert (sorted(new - old), sorted(old - new)) == changes


def test_only_listings_that_go_on_break_off() -> None:
    cut = {path for folder, path in CAPTURED if parsed(folder, path).cut}
    assert cut == {*SATURATED, *files("cohere/listing", "2*")}
    assert len(SATURATED) == 5


def test_mistrals_aliases_point_where_their_names_say() -> None:
    path = files("mistral/listing", "2*")[-1]
    names = {item["id"]: item["name"] for item in reversed(raw_items("mistral", path))}  # of several the first
    own = {item["id"] for item in raw_items("mistral", path) if item["name"] == item["id"]}
    aliases = {said.key.model: said.fact.snapshot for said in parsed("mistral", path).statements if isinstance(said.fact, AliasOf)}
    assert aliases == {alias: name for alias, name in names.items() if alias not in own}


def test_azures_dates_are_those_of_the_epoch_and_2099_is_none() -> None:
    (path,) = files("azure/listing", "2*")
    raw = {(item["id"], use, seconds) for item in raw_items("azure", path) for use, seconds in item["deprecation"].items()}
    statements = parsed("azure", path).statements
    dates = [said.fact.on for said in statements if isinstance(said.fact, Retires)]
    assert len(dates) == sum(seconds < 4_000_000_000 for *_, seconds in raw)
    assert sum(isinstance(said.fact, NoRetirement) for said in statements) == sum(seconds > 4_000_000_000 for *_, seconds in raw)
    assert max(when.value for when in dates) < "2090"


@pytest.mark.parametrize(("source", "path"), CATALOGUES, ids=lambda value: value.name if isinstance(value, Path) else value)
def test_every_catalogue_of_the_series_reads(source: str, path: Path) -> None:
    found = read(find_source(source), body_of(path))
    assert found.drift == ""
    assert found.statements
    assert not found.cut


@pytest.mark.parametrize("path", files("series/deprecations-info/api-v1"), ids=lambda path: path.name)
def test_the_dates_of_the_tracker_are_those_of_its_rows(path: Path) -> None:
    rows = json.loads(body_of(path))
    found = read(find_source("deprecations_info"), body_of(path))
    ends = sum(isinstance(said.fact, Retires) for said in found.statements)
    unread = len({skipped.text for skipped in found.skipped})
    dated = {(row["provider"], row.get("model_id") or row.get("title"), row["shutdown_date"]) for row in rows if row.get("shutdown_date")}
    assert ends <= len(dated) <= ends + unread
    assert not any(isinstance(said.fact, ReplacedBy) and "*" in said.fact.model for said in found.statements)


@pytest.mark.parametrize("path", files("series/deprecations-info/feed-json"), ids=lambda path: path.name)
def test_the_trackers_json_feed_says_what_its_bare_list_says(path: Path) -> None:
    rows = [item["_deprecation"] for item in json.loads(body_of(path))["items"]]
    found = read(find_source("deprecations_info"), body_of(path))
    ends = {(said.key.model, said.quote) for said in found.statements if isinstance(said.fact, Retires)}
    printed = {(row.get("model_id") or row.get("model_name"), f'"shutdown_date": "{row.get("shutdown_date")}"') for row in rows}
    assert ends
    assert ends <= printed
    bare = CAPTURES / "series/deprecations-info/api-v1" / path.name
    if bare.exists() and "model_id" in rows[0]:
        assert found.statements == read(find_source("deprecations_info"), body_of(bare)).statements


@pytest.mark.parametrize("path", files("series/deprecations-info/feed-xml"), ids=lambda path: path.name)
def test_the_trackers_rss_says_the_dates_of_its_labelled_lines(path: Path) -> None:
    text = body_of(path).decode()
    found = read(find_source("deprecations_info"), body_of(path))
    ends = [said for said in found.statements if isinstance(said.fact, Retires)]
    dated = re.findall(r"^Shutdown Date: .+$", text, re.MULTILINE)
    assert len(found.statements) == len(ends) <= len(dated) <= len(ends) + len(found.skipped) + 5
    assert all(said.quote in text for said in ends)


def test_a_map_of_prices_that_names_no_provider_does_not_fit() -> None:
    older = [path for path in files("litellm/catalogue") if b"litellm_provider" not in body_of(path)]
    assert [bool(read(find_source("litellm_prices"), body_of(path)).drift) for path in older] == [True, True]


def test_litellms_ends_are_its_deprecation_dates() -> None:
    path = files("litellm/catalogue")[-1]
    dates = [item["deprecation_date"] for item in json.loads(body_of(path)).values() if "deprecation_date" in item]
    found = read(find_source("litellm_prices"), body_of(path))
    ends = [said.fact.on.value for said in found.statements if isinstance(said.fact, Retires)]
    assert sorted(ends) == sorted(dates)


def test_an_object_that_is_no_model_is_skipped_and_named() -> None:
    found = read(
        find_source("openrouter_models"), body_of(CAPTURES / "openrouter/listing/_edited/20260531_committed-in-models-dev.json.gz")
    )
    assert found.drift == ""
    assert [skipped.shape for skipped in found.skipped] == ["item without id"]


def test_repeated_items_of_an_edited_listing_count_once() -> None:
    path = CAPTURES / "openai/listing/_edited/20250610_edited-cassette.json"
    found = read(find_source("openai_models"), body_of(path))
    assert len(found.statements) == len(raw_ids("openai", path)) == 69


def test_an_address_without_a_listing_does_not_fit() -> None:
    (path,) = files("perplexity/listing", "2*")
    found = read(find_source("perplexity_models"), body_of(path))
    assert (found.statements, found.skipped) == ((), tuple[Skipped, ...]())
    assert found.drift
