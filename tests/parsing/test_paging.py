"""Listings in pages."""

from datetime import UTC, datetime

import pytest

from monitor.domain.pages import Page, Request
from monitor.parsing.listings.json_pages import Json
from monitor.parsing.listings.paging import Paging, follower

TOKEN = Paging("nextPageToken", "pageToken", limits=frozenset({50, 1000}))
FLAG = Paging("last_id", "after_id", more="has_more", limits=frozenset({20, 1000}))


def page(url: str, body: bytes) -> Page:
    return Page(url, body, datetime(2026, 9, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("paging", "whole", "cursor"),
    [
        (TOKEN, {"nextPageToken": "x"}, "x"),
        (TOKEN, {"nextPageToken": ""}, ""),
        (TOKEN, {"nextPageToken": None}, ""),
        (TOKEN, {"nextPageToken": 7}, ""),
        (TOKEN, {}, ""),
        (TOKEN, [], ""),
        (FLAG, {"last_id": "z", "has_more": True}, "z"),
        (FLAG, {"last_id": "z", "has_more": False}, ""),
        (FLAG, {"last_id": "z"}, ""),
        (FLAG, {"last_id": None, "has_more": True}, ""),
        (FLAG, [], ""),
    ],
)
def test_the_cursor_stands_in_the_body(paging: Paging, whole: Json, cursor: str) -> None:
    assert paging.cursor(whole) == cursor


@pytest.mark.parametrize(
    ("paging", "whole", "items", "off"),
    [
        (TOKEN, {}, 49, False),
        (TOKEN, {"nextPageToken": "x"}, 1, True),
        (TOKEN, {}, 50, True),
        (TOKEN, {}, 1000, True),
        (TOKEN, [], 50, True),
        (FLAG, {"has_more": True}, 3, True),
        (FLAG, {"has_more": False}, 20, False),
        (FLAG, {}, 20, True),
        (FLAG, {}, 19, False),
        (FLAG, {"has_more": "no"}, 1000, True),
        (FLAG, [], 1, False),
    ],
)
def test_a_page_breaks_off_unless_it_says_or_shows_its_end(paging: Paging, whole: Json, items: int, off: bool) -> None:  # noqa: FBT001
    assert paging.breaks_off(whole, items) is off


@pytest.mark.parametrize(
    ("url", "onward"),
    [
        ("https://example.org/models?pageSize=1000", "https://example.org/models?pageSize=1000&pageToken=a%2Fb%3D"),
        ("https://example.org/models", "https://example.org/models?pageToken=a%2Fb%3D"),
        ("https://example.org/models?pageToken=old&pageSize=9", "https://example.org/models?pageSize=9&pageToken=a%2Fb%3D"),
    ],
)
def test_the_next_page_is_the_same_address_with_the_cursor(url: str, onward: str) -> None:
    assert follower(TOKEN)(page(url, b'{"nextPageToken": "a/b="}')) == Request(onward)


@pytest.mark.parametrize("body", [b'{"models": []}', b"<html>", b"\x00\xff\xfe\x80\x81" * 20])
def test_nothing_follows_the_last_page_or_one_that_is_none(body: bytes) -> None:
    assert follower(TOKEN)(page("https://example.org", body)) is None
