"""JSON pages."""

from datetime import UTC, datetime

import pytest

from monitor.domain.pages import Page
from monitor.errors import Undecodable
from monitor.parsing.listings.json_pages import Amount, decoded, encoded, shown


def page(body: bytes) -> Page:
    return Page("https://example.org", body, datetime(2026, 9, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b'[0.00000040, "x"]', ["0.00000040", "x"]),
        (b"\xef\xbb\xbf[]", []),
        (b"", "not JSON: Input data was truncated"),
        (b"<html>", "not JSON: JSON is malformed: invalid character (byte 0)"),
        (b"7", "not JSON: neither an object nor a list"),
        (b'{"a": 1,}', "not JSON: JSON is malformed: trailing comma in object (byte 8)"),
    ],
)
def test_a_page_is_an_object_or_a_list_or_says_why_not(body: bytes, whole: object) -> None:
    assert decoded(page(body)) == whole


def test_what_is_nested_too_deeply_is_no_json() -> None:
    assert str(decoded(page(b"[" * 100_000))).startswith("not JSON: ")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Undecodable):
        decoded(page(b"\x00\xff\xfe\x80\x81" * 20))


def test_a_number_is_written_as_it_was_printed() -> None:
    whole = decoded(page(b'{"a": [2e-7, 1.50, "1.50", 3]}'))
    assert encoded(whole) == '{"a":[2e-7,1.50,"1.50",3]}'
    assert isinstance(whole, dict)
    assert whole["a"][0] == Amount("2e-7")


def test_a_row_is_shown_by_its_beginning() -> None:
    assert shown({"n": Amount("0.5")}) == '{"n":0.5}'
    assert shown("x" * 300) == '"' + "x" * 199
