"""The reader's work grows with the text and not faster: shown by what its patterns can match, and by a generous clock."""

import re
import time
from itertools import chain

import pytest

from monitor.errors import UnreadableDate
from monitor.parsing.dates import absence, bounds, clocks, find_dates, periods, read_date, reader, shapes

LONGEST_MATCH = 600
SECONDS_PER_MEGABYTE = 10  # of this thread alone, so that a busy machine does not matter; here it is about 1

SEEDS = (
    " ", "1", "a", "\u2014", "May ", "May    ", "May, ", "1 May and ", "15 to ", "1/", "1/1/26 ", "2026-", "2026 ", "2026-05-15 ",
    "2026-05-15T19:00:00Z ", "May 14, 2026 ",
    "May 5 to ", "not ", "not be retired ", "earliest ", "not be retired before 2026 ", "mid ", "end of the ", "Q1 to ",
    "2025\u5e747\u6708", "2026\u200b-05-15 ",
    "12:00 PM 2026-05-05 ", "UTC+8 ", "version 2026.5.", "\u200b",
)  # fmt: skip


def patterns() -> dict[str, re.Pattern[str]]:
    modules = (absence, bounds, clocks, periods, reader, shapes)
    named = chain.from_iterable(((f"{module.__name__}.{name}", value) for name, value in vars(module).items()) for module in modules)
    return {name: value for name, value in named if isinstance(value, re.Pattern)}


def widest(pattern: re.Pattern[str]) -> int:
    parser = __import__("re._parser", fromlist=["parse"])
    return int(parser.parse(pattern.pattern, pattern.flags).getwidth()[1])


def test_every_pattern_matches_a_bounded_number_of_characters() -> None:
    # _NUMBER and _REST run over one token and one cell (at most 200 characters), never over a page.
    unbounded = {name for name, pattern in patterns().items() if widest(pattern) > LONGEST_MATCH}
    assert unbounded == {"monitor.parsing.dates.periods._NUMBER", "monitor.parsing.dates.reader._REST"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_megabyte_takes_seconds_at_most(seed: str) -> None:
    text = seed * (1_000_000 // len(seed))
    start = time.thread_time()
    find_dates(text, year=2026)
    with pytest.raises(UnreadableDate):
        read_date(text)
    assert time.thread_time() - start < SECONDS_PER_MEGABYTE
