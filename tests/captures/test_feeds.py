"""Captured news feeds: every entry as the oracle reads it, and no statement where nobody speaks of an end."""

import re
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from monitor.domain.pages import Page
from monitor.parsing.news.entries import title_of
from monitor.parsing.news.feeds import read_entries
from monitor.sources import find_source
from tests.captures.shared import CAPTURES, NEEDED, body_of
from tests.sources.golden import read

pytestmark = NEEDED
NEWS = sorted(CAPTURES.glob("*/feeds/*.xml"))
TRACKED = sorted(CAPTURES.glob("series/deprecations-info/*/*.xml.gz"))

each_feed = pytest.mark.parametrize("path", [*NEWS, *TRACKED], ids=lambda path: f"{path.parent.name}/{path.name}")


@each_feed
def test_the_oracle_reads_the_same_entries(path: Path) -> None:
    found = read_entries(Page("https://vendor.example/feed", body_of(path), datetime(2026, 9, 1, tzinfo=UTC)))
    assert not isinstance(found, str)
    oracle = feedparser.parse(body_of(path)).entries
    titles = [" ".join(re.sub("<[^>]*>", "", entry.title).split()) for entry in oracle]
    assert [(title_of(entry).plain, entry.link) for entry in found] == list(zip(titles, [entry.link for entry in oracle], strict=True))
    days = ["{:04}-{:02}-{:02}".format(*entry.published_parsed[:3]) for entry in oracle]
    assert [entry.published.value if entry.published else "" for entry in found] == days


@pytest.mark.parametrize("path", NEWS, ids=lambda path: path.name)
def test_news_that_speaks_of_no_end_states_nothing_and_is_in_order(path: Path) -> None:
    parsed = read(find_source("generic_feed"), body_of(path))
    assert (parsed.drift, parsed.statements, parsed.empty_state) == ("", (), True)
