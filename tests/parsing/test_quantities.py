"""Amounts on model pages."""

from decimal import Decimal

import pytest

from monitor.parsing.details.quantities import (
    cutoff_in,
    modalities_in,
    only_modalities,
    per_million,
    plain_number,
    price_in,
    rounds_to,
    tokens_in,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,047,576 tokens", (1_047_576, False)),
        ("128K", (128_000, True)),
        ("1M tokens", (1_000_000, True)),
        ("1 million tokens", (1_000_000, True)),
        ("2 thousand", (2_000, True)),
        ("1.5M", (1_500_000, True)),
        ("16385", (16_385, False)),
        ("a 1048K-token window", (1_048_000, True)),
        ("none", None),
        ("0 tokens", None),
        ("9999999999 tokens", None),
        ("$5", None),
        ("gpt4", None),
        ("3Kings", None),
    ],
)
def test_the_first_token_count_of_a_text(text: str, found: tuple[int, bool] | None) -> None:
    assert tokens_in(text) == found


@pytest.mark.parametrize(
    ("exact", "rounded", "same"),
    [
        (1_047_576, 1_048_000, True),
        (1_047_576, 1_047_000, True),
        (1_047_576, 1_000_000, True),
        (1_047_576, 128_000, False),
        (1_047_576, 1_050_500, False),
        (500, 1_000, False),
        (999_000, 1_000_000, False),
    ],
)
def test_a_count_said_shorter_is_the_same_count(exact: int, rounded: int, same: bool) -> None:  # noqa: FBT001 - a value under test
    assert rounds_to(exact, rounded) is same


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("$0.40", "0.4"),
        ("$ 1.60/MTok", "1.6"),
        ("$150.00 per 1M", "150"),
        ("$.5", "0.5"),
        ("$1,250.00", "1250"),
        ("$0.03 / 1K tokens", "30"),
        ("$0.0004 per thousand", "0.4"),
        ("$0", "0"),
        ("free", None),
        ("0.40", None),
    ],
)
def test_the_first_price_of_a_text_per_million_tokens(text: str, price: str | None) -> None:
    assert price_in(text) == price


@pytest.mark.parametrize(
    ("amount", "price"),
    [
        ("0.0000004", "0.4"),
        ("0.00003", "30"),
        ("0", "0"),
        ("1e-7", "0.1"),
        ("0.00000018000000000000002", "0.18"),
        ("-1", None),
        ("free", None),
        ("NaN", None),
        ("Infinity", None),
        ("1e999999", None),
        ("1e-900000", None),
        ("1e7", None),
    ],
)
def test_a_price_per_token(amount: str, price: str | None) -> None:
    assert per_million(amount) == price


@pytest.mark.parametrize(("amount", "text"), [("150", "150"), ("0.40", "0.4"), ("0.0750", "0.075"), ("1E+2", "100"), ("100.0", "100")])
def test_the_shortest_plain_notation(amount: str, text: str) -> None:
    assert plain_number(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("text", "cutoff"),
    [
        ("May 31, 2024", "2024-05-31"),
        ("Jun 01, 2024", "2024-06-01"),
        ("January 2025", "2025-01"),
        ("May–June 2024", "2024-05/2024-06"),
        ("May to June, 2024", "2024-05/2024-06"),
        ("Mayhem to June 2024", None),
        ("soon", None),
    ],
)
def test_a_knowledge_cutoff(text: str, cutoff: str | None) -> None:
    assert cutoff_in(text) == cutoff


def test_modalities_are_named_in_the_singular_once_each() -> None:
    assert modalities_in("images, Text and an image") == ("image", "text")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Text, image", ("text", "image")),
        ("text and audio", ("text", "audio")),
        ("text • video", ("text", "video")),
        ("text generation", ()),
        ("", ()),
    ],
)
def test_a_text_that_is_only_a_list_of_modalities(text: str, words: tuple[str, ...]) -> None:
    assert only_modalities(text) == words
