"""Which of a sentence's days hold, for whom, on whose surface; and sentences whose days hold for nobody."""

import pytest

from monitor.parsing.documents import read_document
from monitor.parsing.headings import texts
from monitor.parsing.prose import Prose, Told, read_prose
from monitor.parsing.superseded import without_superseded
from tests.parsing.saying import short

RULES = Prose("acme", {"ChatGPT": "chatgpt", "GitHub Copilot": "github-copilot", "API": "openai"})

HOLD = {
    "The retirement of `a-1` has been postponed from March 1, 2027 to June 1, 2027.": [("acme/a-1", "2027-06-01")],
    "The shutdown of `a-1`, originally scheduled for February 1, 2027, has been moved to May 1, 2027.": [("acme/a-1", "2027-05-01")],
    "The retirement of `a-1` has been delayed from February 13 to March 3, 2026.": [("acme/a-1", "2026-03-03")],
    "`a-1` will be retired on May 1, 2027 instead of March 1, 2027.": [("acme/a-1", "2027-05-01")],
    "`a-1` was retired (see the post of January 4, 2027).": [],
    "`a-1` will be shut down on May 1, 2027 (announced January 4, 2027).": [("acme/a-1", "2027-05-01")],
    "We retire `a-1` on March 1, 2027, `b-2` on April 1, 2027 and `c-3` on May 1, 2027.": [
        ("acme/a-1", "2027-03-01"),
        ("acme/b-2", "2027-04-01"),
        ("acme/c-3", "2027-05-01"),
    ],
    "`a-1` will be retired on March 1, 2027, `b-2` on April 1, 2027.": [("acme/a-1", "2027-03-01"), ("acme/b-2", "2027-04-01")],
    "`a-1` (Jan 15, 2027) and `b-2` (Feb 15, 2027) will be retired.": [("acme/a-1", "2027-01-15"), ("acme/b-2", "2027-02-15")],
    "We retire `a-1` on March 1, 2027 and on April 1, 2027 in all regions.": [("acme/a-1", "2027-03-01")],
    "We retire `a-1` on March 1, 2027 with tests of `b-2` from April 1, 2027.": [("acme/a-1", "2027-03-01")],
    "We retire `a-1` on March 1, 2027 and, as seen with old tests of `b-2`, on April 1, 2027.": [("acme/a-1", "2027-03-01")],
    "`a-1` will be deprecated on March 1, 2027. After that day calls return an error.": [("acme/a-1", "2027-03-01")],
    "`a-1` remains available until at least June 30, 2028.": [("acme/a-1", "not_before:2028-06-30")],
    "`a-1` is served only until June 30, 2028.": [("acme/a-1", "2028-06-30")],
    "Groq will retire `a-1` on May 1, 2027.": [("groq/a-1", "2027-05-01")],
    "The API alias `a-1` will be shut down on May 1, 2027.": [("openai/a-1", "2027-05-01")],
    "`a-1` was removed from the API on May 1, 2027, but remained in ChatGPT.": [("openai/a-1", "2027-05-01")],
    "Ends were told early. a-1.5 will be retired on May 1, 2027.": [("acme/a-1.5", "2027-05-01")],
    "The retirement date for `a-1` has been extended from May 1, 2027 to June 1, 2027.": [("acme/a-1", "2027-06-01")],
    "`a-1` 0301 and 0613 will be retired on May 1, 2027.": [
        ("acme/a-1 [version=0301]", "2027-05-01"),
        ("acme/a-1 [version=0613]", "2027-05-01"),
    ],
    "Updated `a-1` & `a-1-16k` (0613) retirement date to May 1, 2027.": [
        ("acme/a-1 [version=0613]", "2027-05-01"),
        ("acme/a-1-16k [version=0613]", "2027-05-01"),
    ],
    "`a-1` and `b-2` (0613) will be retired on May 1, 2027.": [("acme/a-1", "2027-05-01"), ("acme/b-2 [version=0613]", "2027-05-01")],
    "The earliest retirement date for `a-1` has been updated to May 1, 2027.": [("acme/a-1", "not_before:2027-05-01")],
    "Llama 3.1 70B will remain available through the endpoint until May 25th 2027.": [("acme/Llama 3.1 70B", "2027-05-25")],
    "Following the Acme K3 launch, `a-1` is retired on May 1, 2027.": [("acme/a-1", "2027-05-01")],
    "Acme K2.5 and Acme V4 Flash will be retired on May 1, 2027.": [("acme/Acme K2.5", "2027-05-01"), ("acme/Acme V4 Flash", "2027-05-01")],
    "Mixtral 8x22B was shut down on May 1, 2027.": [("acme/Mixtral 8x22B", "2027-05-01")],
}
NOBODYS = (
    "Amazon S3 training data will be removed on May 1, 2027.",
    "`a-1` will no longer be retired on March 1, 2027.",
    "We are considering removing `a-1` on July 1, 2027.",
    "We will remove `a-1` on June 1, 2026 if prices rise.",
    "OpenAI had planned to retire `a-1` on March 31, 2027.",
    "Will `a-1` be retired on March 31, 2027?",
    "A post claims that `a-1` will be removed on April 1, 2027. That is false.",
    "`a-1` will be unavailable on March 2, 2027 from 10:00 to 12:00 UTC.",
    "On March 2, 2027 `a-1` was redirected to `b-2` for 20 minutes.",
    "The training data of `a-1` was removed on February 1, 2026.",
    "Python 3.9 was retired on October 31, 2025.",
    "Gemini 2.5 Pro is removed from the Gemini app on February 2, 2027.",
    "`a-1` was removed from the leaderboard on February 2, 2027.",
    "Google will retire `a-1` on May 1, 2027.",
    "We've removed the old `a-1` requirement on May 1, 2027.",
    "On May 1, 2027 we've removed all limits set for users of `a-1` and above.",
)


def said(markdown: str) -> list[tuple[str, str]]:
    """(who, day) of every end that a paragraph states."""
    found = (
        statement
        for section in read_document(markdown.encode()).sections
        for _, text in texts(section.blocks)
        for statement in read_prose(text, RULES, Told())
    )
    return [(who, value) for who, fact, value, _ in short(found) if fact == "retires"]


@pytest.mark.parametrize("sentence", HOLD)
def test_the_day_that_holds(sentence: str) -> None:
    assert said(sentence) == HOLD[sentence]


@pytest.mark.parametrize("sentence", NOBODYS)
def test_nobody_ends(sentence: str) -> None:
    assert said(sentence) == []


def test_what_is_superseded_leaves_every_other_word_in_its_place() -> None:
    words = "postponed from March 1, 2027 to June 1, 2027; originally planned by us, moved from here to there"
    assert without_superseded(words) == words.replace("from March 1, 2027", " " * len("from March 1, 2027"))
