"""Patterns behind stems and words: whatever they match holds one of them, so that the screen hides nothing."""

import gc
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import monitor.sources
from monitor.parsing.screened import Screened, Worded, words_of

assert monitor.sources.SOURCES  # every reader is loaded, and with it every pattern
SCREENED = [kept for kept in gc.get_objects() if isinstance(kept, Screened)]
WORDED = [kept for kept in gc.get_objects() if isinstance(kept, Worded)]
THOROUGH = settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def matches(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    """Texts in which a pattern matches; in ASCII, as pages are but for a few characters."""
    return st.from_regex(pattern, alphabet=st.characters(max_codepoint=0x7E) | st.sampled_from("\u2013\u2014\u2019"))


def test_every_pattern_is_met() -> None:
    assert len(SCREENED) > 15
    assert len(WORDED) > 10


@pytest.mark.parametrize("screened", SCREENED, ids=lambda kept: kept.pattern.pattern[:40])
def test_what_a_pattern_matches_holds_one_of_its_stems(screened: Screened) -> None:
    @THOROUGH
    @given(matches(screened.pattern))
    def holds(text: str) -> None:
        assert screened.may_match(text)
        assert screened.search(text)
        assert list(screened.finditer(text))

    holds()


@pytest.mark.parametrize("worded", WORDED, ids=lambda kept: kept.pattern.pattern[:40])
def test_what_a_pattern_matches_holds_one_of_its_words(worded: Worded) -> None:
    @THOROUGH
    @given(matches(worded.pattern))
    def holds(text: str) -> None:
        assert worded.stands_in(text, words_of(text))

    holds()


def test_a_text_without_a_stem_is_not_searched() -> None:
    screened = Screened("anything", "thing")
    assert not screened.may_match("nothin")
    assert screened.search("Nothin") is None
    assert list(screened.finditer("nothin")) == []
    assert screened.search("ANYTHING")


def test_words_are_whole_and_in_lower_case() -> None:
    assert words_of("Won't BE-fore 3.5 it") == {"won", "t", "be", "fore", "3", "5", "it"}
    assert not Worded("fore", "before").stands_in("before", words_of("be fore"))
