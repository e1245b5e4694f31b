"""Fields of JSON items."""

from datetime import UTC, datetime

import pytest

from monitor.domain.facts import Deprecated, InStage, NoRetirement, ReplacedBy, Retires, Spec, SpecName, Stage
from monitor.domain.when import read_value
from monitor.errors import UnreadableDate
from monitor.parsing.listings.fields import (
    Item,
    Quoted,
    day,
    deprecation,
    found,
    instant,
    modalities,
    price,
    quoted,
    replacements,
    retirement,
    stage,
    texts,
    tokens,
)
from monitor.parsing.listings.json_pages import Amount


def test_a_field_is_found_by_its_path() -> None:
    assert found({"a": {"b": [1]}}, "a", "b") == [1]
    assert found({"a": {"b": 1}}, "a", "b", "c") is None
    assert found({}, "a") is None


def test_a_quote_names_the_last_field_of_a_path() -> None:
    assert quoted({"a": {"b": Amount("1.50")}}, "a", "b") == '"b": 1.50'
    assert quoted({"a": ["x", None]}, "a") == '"a": ["x",null]'


@pytest.mark.parametrize(
    ("item", "ends"),
    [
        ({}, []),
        ({"end": None}, [Quoted(NoRetirement(), '"end": null')]),
        ({"end": "2026-10-23"}, [Quoted(Retires(read_value("2026-10-23")), '"end": "2026-10-23"')]),
        (
            {"end": "2025-11-30T12:00:00Z"},
            [Quoted(Retires(read_value("2025-11-30", at=datetime(2025, 11, 30, 12, tzinfo=UTC))), '"end": "2025-11-30T12:00:00Z"')],
        ),
    ],
)
def test_an_end_is_a_date_or_an_explicit_null(item: Item, ends: list[Quoted]) -> None:
    assert list(retirement(item, "end")) == ends


@pytest.mark.parametrize("value", ["", "soon", 1792713600, False, ["2026-10-23"], Amount("2026.5")])
def test_an_end_that_is_no_date_is_refused(value: object) -> None:
    with pytest.raises(UnreadableDate):
        list(retirement({"end": value}, "end"))


def test_a_deprecation_is_a_date_or_nothing() -> None:
    assert list(deprecation({"on": "2026-07-01"}, "on")) == [Quoted(Deprecated(read_value("2026-07-01")), '"on": "2026-07-01"')]
    assert [list(deprecation(item, "on")) for item in ({}, {"on": None}, {"on": ""})] == [[], [], []]
    with pytest.raises(UnreadableDate, match="on is dict, not a date"):
        day({"on": {}}, "on")


def test_seconds_since_1970_are_an_instant() -> None:
    assert instant(1771372800, "x") == read_value("2026-02-18", at=datetime(2026, 2, 18, tzinfo=UTC))
    assert instant(0, "x").value == "1970-01-01"


@pytest.mark.parametrize("seconds", ["1771372800", True, None, Amount("1.5"), 10**12, 10**30, -(10**15)])
def test_anything_else_is_no_instant(seconds: object) -> None:
    with pytest.raises(UnreadableDate):
        instant(seconds, "x")


def test_a_state_is_said_by_the_vendors_word_where_it_has_a_translation() -> None:
    stages = {"LEGACY": Stage.DEPRECATED}
    assert list(stage({"s": {"t": "LEGACY"}}, stages, "s", "t")) == [Quoted(InStage(Stage.DEPRECATED), '"t": "LEGACY"')]
    assert [list(stage(item, stages, "s")) for item in ({"s": "PARKED"}, {"s": None}, {"s": ["LEGACY"]}, {})] == [[], [], [], []]


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("b", ["b"]),
        (["b", 7, "c"], ["b", "c"]),
        (["b,c", "b*"], ["b", "c"]),
        ("A", []),
        ("N/A", []),
        ("", []),
        (None, []),
        ({"b": 1}, []),
    ],
)
def test_replacements_are_one_name_or_several_and_never_its_own(value: object, names: list[str]) -> None:
    assert [fact for fact, *_ in replacements({"new": value}, "new", "a")] == [ReplacedBy(name) for name in names]


def test_tokens_are_a_whole_positive_number() -> None:
    name = SpecName.CONTEXT_WINDOW
    assert list(tokens({"n": 8192}, name, "n")) == [Quoted(Spec(name, "8192"), '"n": 8192')]
    assert [list(tokens({"n": value}, name, "n")) for value in (0, -1, True, "8192", None, 10**10)] == [[]] * 6


@pytest.mark.parametrize(
    ("value", "per", "amount"),
    [
        ("0.0000004", 1, "0.4"),
        (Amount("2e-7"), 1, "0.2"),
        (2, 1_000_000, "2"),
        (Amount("0.20000000000000001"), 1_000_000, "0.2"),
        (0, 1, "0"),
        ("-1", 1, None),
        ("free", 1, None),
        (True, 1, None),
        (None, 1, None),
        ([1], 1, None),
    ],
)
def test_a_price_is_in_usd_per_million_tokens(value: object, per: int, amount: str | None) -> None:
    facts = [fact for fact, *_ in price({"p": {"in": value}}, SpecName.INPUT_PRICE, "p", "in", per=per)]
    assert facts == ([] if amount is None else [Spec(SpecName.INPUT_PRICE, amount)])


def test_modalities_are_the_strings_of_a_list() -> None:
    name = SpecName.INPUT_MODALITY
    assert [fact for fact, *_ in modalities({"m": ["TEXT", 7, "image"]}, name, "m")] == [Spec(name, "text"), Spec(name, "image")]
    assert list(modalities({"m": "text"}, name, "m")) == []


def test_only_the_strings_of_a_list_are_texts() -> None:
    assert (texts(["a", 1, None, "b"]), texts("ab"), texts(None)) == (["a", "b"], [], [])
