"""Model listings in JSON."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from monitor.domain.claims import Place, Skipped
from monitor.domain.facts import AliasOf, NoRetirement, Retires, Spec, SpecName
from monitor.domain.identity import Kind, Scope, scope_of
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.domain.when import read_value
from monitor.errors import Undecodable
from monitor.parsing.listings.fields import Item, Quoted, quoted, retirement
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.parsing.listings.paging import Paging
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
        Skipped('{"n":0.5}', "an item without 'id'", "item without id"),
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
    rules = Listing(details=lambda item: iter([Quoted(NoRetirement(), quoted(item, "price", "in"))]))
    assert short(parse(b'[{"id":"a","price":{"in":0.00000040}}]', rules).statements)[1][3] == '"in": 0.00000040'


def named(name: str, _item: Item) -> tuple[str, Scope]:
    model, _, version = name.removeprefix("models/").partition("@")
    return model, scope_of({"version": version})


def test_an_id_may_hold_more_than_the_model_name() -> None:
    parsed = parse({"data": [{"id": "models/a"}, {"id": "b@2"}, {"id": "models/"}]}, Listing(named=named))
    assert [said[0] for said in short(parsed.statements)] == ["acme/a", "acme/b [version=2]"]
    assert [skipped.text for skipped in parsed.skipped] == ['{"id":"models/"}']


def test_a_fact_may_hold_for_a_narrower_scope_or_for_a_service() -> None:
    tuning = Quoted(Retires(read_value("2027-04-14")), "q", scope_of({"feature": "fine-tuning"}), Kind.SERVICE)
    parsed = parse({"data": [{"id": "b@2"}]}, Listing(named=named, details=lambda _: iter([tuning])))
    assert [said[:3] for said in short(parsed.statements)] == [
        ("acme/b [version=2]", "listed", ""),
        ("acme/b [feature=fine-tuning version=2]", "retires", "2027-04-14"),
    ]
    assert parsed.statements[1].kind is Kind.SERVICE


def test_what_belongs_to_one_account_is_skipped_by_name() -> None:
    parsed = parse({"data": [{"id": "a"}, {"id": "ft:a:acme"}]}, Listing(private=lambda item: item["id"].startswith("ft:")))
    assert [said[0] for said in short(parsed.statements)] == ["acme/a"]
    assert parsed.skipped == (Skipped("ft:a:acme", "a model of one account", "private model"),)


def test_a_feed_of_ends_lists_nothing() -> None:
    parsed = parse({"data": [{"id": "a", "end": None, "aliases": ["x", " ", "a", 7]}, {"id": "b", "end": None}]}, FEED)
    assert [said[:3] for said in short(parsed.statements)] == [
        ("acme/x", "alias_of", "a"),
        ("acme/a", "no_retirement", ""),
        ("acme/b", "no_retirement", ""),
    ]


FEED = Listing(details=ends, aliases="aliases", listed=False)
SPECS = Listing(
    details=lambda item: iter(
        [Quoted(Spec(SpecName.MAX_OUTPUT, item["max"]), "q"), Quoted(AliasOf(item["name"]), "q"), *retirement(item, "end")]
    )
)


def item(name: str, most: str, points_to: str, end: str) -> Item:
    return {"id": name, "max": most, "name": points_to, "end": end}


def test_of_repeated_ids_the_first_spec_and_alias_count_and_every_date() -> None:
    first, second = item("a-latest", "1", "a-1", "2026-10-23"), item("a-latest", "2", "a-2", "2026-11-01")
    assert [said[:3] for said in short(parse([first, second], SPECS).statements)] == [
        ("acme/a-latest", "listed", ""),
        ("acme/a-latest", "max_output", "1"),
        ("acme/a-latest", "alias_of", "a-1"),
        ("acme/a-latest", "retires", "2026-10-23"),
        ("acme/a-latest", "retires", "2026-11-01"),
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_an_id_that_is_its_own_name_anywhere_is_no_alias(order: int) -> None:
    items = [item("a", "1", "a", "2026-10-23"), item("a", "1", "b", "2026-10-23")]
    assert "alias_of" not in [said[1] for said in short(parse(items[::order], SPECS).statements)]


def test_a_page_that_another_follows_breaks_off() -> None:
    rules = Listing(paging=Paging("next", "page", limits=frozenset({3})))
    assert parse({"data": [{"id": "a"}], "next": "x"}, rules).cut
    assert parse({"data": [{"id": "a"}] * 3}, rules).cut
    assert not parse({"data": [{"id": "a"}]}, rules).cut
