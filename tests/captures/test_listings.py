"""The captured listings, against what the raw JSON says apart from the readers."""

import itertools
import json
from pathlib import Path

import pytest

from monitor.domain.facts import Listed
from monitor.sources import find_source
from tests.captures.shared import CAPTURES, NEEDED, body_of, files
from tests.sources.golden import read

pytestmark = NEEDED
OPENAI = files("openai/listing", "2*.json")
OPENROUTER = files("openrouter/listing", "2*.json.gz")


def raw_ids(path: Path) -> set[str]:
    """The ids in a listing, by the standard library's JSON."""
    return {item["id"] for item in json.loads(body_of(path))["data"] if isinstance(item, dict) and "id" in item}


def listed(source: str, path: Path) -> set[str]:
    """The models a reader takes to be listed."""
    parsed = read(find_source(source), body_of(path))
    assert (parsed.drift, parsed.skipped) == ("", ())
    return {statement.key.model for statement in parsed.statements if isinstance(statement.fact, Listed)}


def test_there_are_listings() -> None:
    assert (len(OPENAI), len(OPENROUTER)) == (9, 17)


@pytest.mark.parametrize("path", OPENAI, ids=lambda path: path.name)
def test_every_openai_listing_gives_its_ids(path: Path) -> None:
    assert listed("openai_models", path) == raw_ids(path)


@pytest.mark.parametrize(("before", "after"), list(itertools.pairwise(OPENAI)), ids=lambda path: path.stem)
def test_what_is_added_and_removed_between_openai_listings(before: Path, after: Path) -> None:
    old, new = listed("openai_models", before), listed("openai_models", after)
    assert (new - old, old - new) == (raw_ids(after) - raw_ids(before), raw_ids(before) - raw_ids(after))


def test_the_changes_counted_by_hand_of_one_pair() -> None:
    old, new = (listed("openai_models", CAPTURES / "openai/listing" / name) for name in ("20250512T134703.json", "20250603T094930.json"))
    assert (sorted(new - old), sorted(old - new)) == (["codex-mini-latest"], [])


@pytest.mark.parametrize("path", OPENROUTER, ids=lambda path: path.name)
def test_every_openrouter_listing_gives_its_ids(path: Path) -> None:
    assert listed("openrouter_models", path) == raw_ids(path)


def test_an_object_that_is_no_model_is_skipped_and_named() -> None:
    parsed = read(
        find_source("openrouter_models"), body_of(CAPTURES / "openrouter/listing/_edited/20260531_committed-in-models-dev.json.gz")
    )
    assert parsed.drift == ""
    assert [skipped.shape for skipped in parsed.skipped] == ["item without id"]


def test_repeated_items_of_an_edited_listing_count_once() -> None:
    path = CAPTURES / "openai/listing/_edited/20250610_edited-cassette.json"
    parsed = read(find_source("openai_models"), body_of(path))
    assert len(parsed.statements) == len(raw_ids(path)) == 69
