"""Catalogues of many providers."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from monitor.domain.claims import Place, Skipped
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.parsing.listings.catalogue import Catalogue, Entry, read_catalogue
from monitor.parsing.listings.fields import Item, Quoted, retirement
from monitor.parsing.listings.json_pages import Json
from tests.parsing.saying import short

PROVIDERS = {"OpenAI": "openai", "Google": "gemini"}


def entries(whole: Json) -> Iterator[Entry | Skipped]:
    for row in whole if isinstance(whole, list) else ():
        yield Entry(row["by"], row["id"], row) if "id" in row else Skipped("?", "no id", "no id")


def details(item: Item) -> Iterator[Quoted]:
    yield from retirement(item, "end")


def parse(body: object, provider: str = "") -> Parsed:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    page = Page("https://example.org", raw, datetime(2026, 9, 1, tzinfo=UTC))
    return read_catalogue(page, provider, Catalogue(PROVIDERS, entries, details))


ROWS = [
    {"by": "OpenAI", "id": " a ", "end": "2026-10-23"},
    {"by": "Google", "id": "b", "end": "2026-11-01"},
    {"by": "Google", "id": "b", "end": "2026-11-01"},
]


def test_each_entry_says_whose_model_it_is() -> None:
    parsed = parse(ROWS)
    assert short(parsed.statements) == [
        ("openai/a", "retires", "2026-10-23", '"end": "2026-10-23"'),
        ("gemini/b", "retires", "2026-11-01", '"end": "2026-11-01"'),
    ]
    assert {said.place for said in parsed.statements} == {Place.STATUS}
    assert (parsed.drift, parsed.skipped, parsed.cut) == ("", (), False)


def test_one_provider_can_be_asked_for() -> None:
    assert [said[0] for said in short(parse(ROWS, "gemini").statements)] == ["gemini/b"]


def test_a_provider_that_is_not_followed_is_named_once() -> None:
    others = [{"by": "Acme", "id": name, "end": "2026-10-23"} for name in "xyz"]
    parsed = parse([*ROWS, *others])
    assert parsed.skipped == (Skipped("Acme", "a provider that is not followed", "other provider"),)


def test_what_cannot_be_read_is_skipped_with_the_reason() -> None:
    parsed = parse([*ROWS, {"by": "OpenAI", "id": "\u200b ", "end": None}, {"by": "OpenAI"}, {"by": "OpenAI", "id": "c", "end": "soon"}])
    assert [skipped.shape for skipped in parsed.skipped] == ["item without id", "no id", "item date"]
    assert len(parsed.statements) == 2


def test_a_document_of_another_shape_does_not_fit() -> None:
    assert parse({"data": ROWS}).drift == "no entry of the catalogue says anything"
    assert parse([]).drift == "no entry of the catalogue says anything"
    assert parse(b"<html>").drift.startswith("not JSON")
