"""Model listings in JSON."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from monitor.domain.claims import Place, Skipped
from monitor.domain.facts import NoRetirement, Retires
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.domain.when import read_value
from monitor.errors import Undecodable, UnreadableDate
from monitor.parsing.listing import Item, Listing, Quoted, quoted, read_listing, retirement, texts
from tests.parsing.saying import short


def parse(body: object, rules: Listing | None = None) -> Parsed:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_listing(Page("https://example.org", raw, datetime(2026, 9, 1, tzinfo=UTC)), "acme", rules or Listing())


def ends(item: Item) -> Iterator[Quoted]:
    yield from retirement(item, "end")


def test_every_item_is_listed_once() -> None:
    parsed = parse({"data": [{"id": "a"}, {"id": "b"}, {"id": "a"}]})
    assert short(parsed.statements) == [("acme/a", "listed", "", '"id": "a"'), ("acme/b", "listed", "", '"id": "b"')]
    assert {said.place for said in parsed.statements} == {Place.STATUS}
    assert (parsed.drift, parsed.skipped) == ("", ())


def test_the_items_may_be_the_whole_and_their_id_be_called_otherwise() -> None:
    assert [said[0] for said in short(parse([{"name": "a"}], Listing(name="name")).statements)] == ["acme/a"]
    assert [said[0] for said in short(parse({"models": [{"name": " a\u00a0"}]}, Listing("models", "name")).statements)] == ["acme/a"]


@pytest.mark.parametrize(
    ("body", "drift"),
    [
        (b"", "not JSON: Input data was truncated"),
        (b"<html>", "not JSON: JSON is malformed: invalid character (byte 0)"),
        (b"[" * 100_000, "not JSON: "),
        (b"7", "not JSON: neither an object nor a list"),
        ({"error": {"message": "no key"}}, "no listing: no list under 'data'"),
        ({"data": {}}, "no listing: no list under 'data'"),
        ({"data": []}, "an empty listing"),
        ([], "an empty listing"),
        ({"data": [{}, 1]}, "no item of the listing has 'id'"),
    ],
)
def test_anything_else_does_not_fit(body: object, drift: str) -> None:
    parsed = parse(body)
    assert parsed.statements == ()
    assert parsed.drift.startswith(drift)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Undecodable):
        parse(b"\x00\xff\xfe\x80\x81" * 20)


def test_a_listing_of_somebody_elses_does_not_fit() -> None:
    rules = Listing(ours=lambda item: item.get("owner") == "acme")
    assert parse({"data": ["x", {"id": "a", "owner": "else"}]}, rules).drift == "a listing of somebody else's models"
    assert parse({"data": [{"id": "a", "owner": "else"}, {"id": "b", "owner": "acme"}]}, rules).drift == ""
    assert parse({"data": [{}]}, rules).drift == "no item of the listing has 'id'"


def test_an_item_without_an_id_is_skipped_with_its_text() -> None:
    assert parse({"data": [{"id": "a"}, {"id": ""}, {"n": 0.5}, "x" * 300]}).skipped == (
        Skipped('{"id":""}', "an item without 'id'", "item without id"),
        Skipped('{"n":"0.5"}', "an item without 'id'", "item without id"),
        Skipped('"' + "x" * 199, "an item without 'id'", "item without id"),
    )


def test_an_unreadable_date_skips_the_rest_of_its_item() -> None:
    parsed = parse({"data": [{"id": "a", "end": "soon"}, {"id": "b", "end": "2026-10-23"}]}, Listing(details=ends))
    assert [said[:3] for said in short(parsed.statements)] == [
        ("acme/a", "listed", ""),
        ("acme/b", "listed", ""),
        ("acme/b", "retires", "2026-10-23"),
    ]
    assert parsed.skipped == (Skipped("a: no date for certain: 'soon'", "unreadable date in an item", "item date"),)


def test_an_amount_is_quoted_as_it_is_printed() -> None:
    rules = Listing(details=lambda item: iter([(NoRetirement(), quoted(item, "price", "in"))]))
    assert short(parse(b'[{"id":"a","price":{"in":0.00000040}}]', rules).statements)[1][3] == '"in": "0.00000040"'


@pytest.mark.parametrize(
    ("item", "found"),
    [
        ({}, []),
        ({"end": None}, [(NoRetirement(), '"end": null')]),
        ({"end": "2026-10-23"}, [(Retires(read_value("2026-10-23")), '"end": "2026-10-23"')]),
    ],
)
def test_an_end_is_a_date_or_an_explicit_null(item: Item, found: list[Quoted]) -> None:
    assert list(retirement(item, "end")) == found


@pytest.mark.parametrize("value", ["", "soon", 1792713600, False, ["2026-10-23"]])
def test_an_end_that_is_no_date_is_refused(value: object) -> None:
    with pytest.raises(UnreadableDate):
        list(retirement({"end": value}, "end"))


def test_only_the_strings_of_a_list_are_texts() -> None:
    assert (texts(["a", 1, None, "b"]), texts("ab"), texts(None)) == (["a", "b"], [], [])
