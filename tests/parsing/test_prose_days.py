"""Which of a sentence's days hold, for whom, on whose surface; and sentences whose days hold for nobody."""

import pytest

from monitor.parsing.documents import read_document
from monitor.parsing.headings import texts
from monitor.parsing.prose.paragraphs import Prose, Told, read_prose
from monitor.parsing.prose.superseded import without_superseded
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
    "The removal of `a-1` has slipped from May 1, 2027 to June 1, 2027.": [("acme/a-1", "2027-06-01")],
    "`a-1` will be retired on June 1, 2027 (previously May 1, 2027).": [("acme/a-1", "2027-06-01")],
    "`a-1` (was May 1, 2027) will be retired on June 1, 2027.": [("acme/a-1", "2027-06-01")],
    "`a-1` (was retired on May 1, 2027) is gone.": [("acme/a-1", "2027-05-01")],
    "They said in a post that they would retire `a-1` on May 1, 2027.": [("acme/a-1", "2027-05-01")],
    "On March 3, 2027 we announced that `a-1` would be retired on May 1, 2027.": [("acme/a-1", "2027-05-01")],
    "`a-1` will be retired on May 1, 2027, after a 30-day sunset period, and `b-2` on June 1, 2027.": [("acme/a-1", "2027-05-01")],
    "`a-1` was to be retired on May 1, 2027; it will now be retired on June 1, 2027.": [("acme/a-1", "2027-06-01")],
    "The retirement of `a-1` was postponed to June 1, 2027.": [("acme/a-1", "2027-06-01")],
    "`a-1`, along with `b-2`, will be phased out of the ChatGPT interface on May 1, 2027.": [
        ("chatgpt/a-1", "2027-05-01"),
        ("chatgpt/b-2", "2027-05-01"),
    ],
    "`a-1` (shutdown: May 1, 2027), `b-2` (shutdown: June 1, 2027).": [("acme/a-1", "2027-05-01"), ("acme/b-2", "2027-06-01")],
    "`a-1` will reach end of life (EOL) on May 1, 2027.": [("acme/a-1", "2027-05-01")],
    "Old ones (shutdown: May 1, 2027) such as `a-1`.": [],
    "EOL for `a-1` is May 1, 2027.": [("acme/a-1", "2027-05-01")],
    "`a-1` will cease to be available on May 1, 2027.": [("acme/a-1", "2027-05-01")],
    "`a-1` will stop being served on May 1, 2027.": [("acme/a-1", "2027-05-01")],
    "Support for `a-1` ends on May 1, 2027.": [("acme/a-1", "2027-05-01")],
    "Access to `a-1` is scheduled to end on May 1, 2027.": [("acme/a-1", "2027-05-01")],
    "We will end support for `a-1` on May 1, 2027.": [("acme/a-1", "2027-05-01")],
    "`a-1` leaves ChatGPT on May 1, 2027, while `b-2` leaves on June 1, 2027.": [("chatgpt/a-1", "2027-05-01")],
    "`a-1` will be switched off on May 1, 2027.": [("acme/a-1", "2027-05-01")],
    "`a-1` is available through May 1, 2027.": [("acme/a-1", "2027-05-01")],
    "`a-1` won't be available after May 1, 2027.": [("acme/a-1", "2027-05-01")],
    "The following A-9 models are retiring on May 1, 2027: `a-9-1` and `a-9-2`.": [
        ("acme/a-9-1", "2027-05-01"),
        ("acme/a-9-2", "2027-05-01"),
    ],
    "May 1, 2027 is the retirement date of `a-1`.": [("acme/a-1", "2027-05-01")],
    "`a-1` will not be retired before May 1, 2027.": [("acme/a-1", "promise:2027-05-01")],
    "**May 1, 2026** Going away: `a-1` will be removed on June 1, 2026.": [("acme/a-1", "2026-06-01")],
    "Meanwhile Groq will retire `a-1` on May 1, 2027.": [("groq/a-1", "2027-05-01")],
    "They will remove `a-1` from their API on May 1, 2027.": [("openai/a-1", "2027-05-01")],
    "`a-1` is no longer available in the free plan as of May 1, 2027.": [("acme/a-1 [tier=free]", "2027-05-01")],
    "`a-4o` (2024-05-13) retires on May 1, 2027.": [("acme/a-4o [version=2024-05-13]", "2027-05-01")],
    "Retired: `a-1` (2027-05-01).": [("acme/a-1", "2027-05-01")],
    "`a-1` (2027-05-01) was announced as retired on 2027-01-01.": [("acme/a-1", "2027-05-01")],
    "is it true? someone asked. i know that `a-1` was shut down on May 1, 2027.": [("acme/a-1", "2027-05-01")],
    "o1-x.2 deprecated \u4e8e 2027-04-28\u3002a-1.5 \u88ab removed \u4e8e 2027-05-01\u3002": [("acme/a-1.5", "2027-05-01")],
    "We will be removing Acme/Heron2-72B from serverless on May 1, 2027.": [("acme/Acme/Heron2-72B [deployment=serverless]", "2027-05-01")],
    "In notes published May 28, 2026, we said that `a-1` will be retired on May 1, 2027.": [("acme/a-1", "2027-05-01")],
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
    "The rumor that `a-1` is retired on May 1, 2027 is false.",
    "Claims that `a-1` was retired on May 1, 2027 are wrong.",
    "The plan to retire `a-1` on May 1, 2027 has been scrapped.",
    "The retirement of `a-1` on May 1, 2027 was cancelled.",
    "The retirement of `a-1.5` on May 1, 2027 is on hold.",
    "The retirement of `a-1` on May 1, 2027 has been postponed.",
    "We have cancelled the retirement of `a-1` that was scheduled for May 1, 2027.",
    "We reversed our decision to retire `a-1` on May 1, 2027.",
    "Imagine that `a-1` is shut down on May 1, 2027.",
    "Nobody said that `a-1` will be shut down on May 1, 2027.",
    "The company denied that `a-1` would be removed on May 1, 2027.",
    "If asked, they would retire `a-1` on May 1, 2027.",
    "We said that `b-2` would stay, and would retire `a-1` on May 1, 2027 only for cost.",
    "A 30-day sunset period of `a-1` begins on May 1, 2027.",
    "`a-1` was removed from rotation on May 1, 2027 while we restarted its hosts.",
    "Requests to `a-1` were rerouted to `b-2` on May 1, 2027 during the incident.",
    "`a-1` stopped working for some users on May 1, 2027.",
    "The guide names `a-1` and `b-2` (available from May 1, 2027), each with its retirement.",
    "On May 1, 2027 we launched `a-1` and announced that the legacy model names will be retired.",
    "Deprecations of older ones were announced in May 2027, with a clear end-of-life for `a-1`.",
    "My guess is that `a-1` is retired on May 1, 2027.",
    "I think `a-1` will be retired on May 1, 2027.",
    "We moved `a-1` out of preview on May 1, 2027 and removed its waitlist.",
    "In the event that `a-1` is discontinued on May 1, 2027, switch.",
    "Had `a-1` been retired on May 1, 2027, we would know.",
    "The page used to say that `a-1` shuts down on May 1, 2027.",
    "There is talk of retiring `a-1` on May 1, 2027.",
    "Once `a-1` is retired on, say, May 1, 2027, calls fail.",
    "`a-1` will not be retired before the talk on May 1, 2027.",
    "`a-1` will not be retired in Europe before May 1, 2027.",
    "We won't retire `a-1` before May 1, 2027.",
    "They moved to `a-1`, says Jane Doe, whose old helper was shut down on May 1, 2027.",
    "`a-1` will be unavailable on May 1, 2027 during the maintenance window.",
    "When the endpoint shuts off in May 2027, the gateway will not route your calls to `a-1`.",
    "`a-1` will be retired between May 1, 2027 and June 1, 2027.",
    "`a-1` will be retired two weeks before May 1, 2027.",
    "`a-1` will be retired 90 days after 2027-05-01.",
    "`a-1` will be retired within six months of May 1, 2027.",
    "`a-1` will be retired around May 1, 2027.",
    "`a-1` will be retired in the week of May 3, 2027.",
    "The company announced on May 1, 2026, the retirement of `a-1`.",
    "The retirement of `a-1` was announced on 28 May 2026.",
    "Retiring `a-1` and others: primary announcement \u00b7 Jan 29, 2026.",
    "The blog post on May 1, 2026 is about the shutdown of `a-1`.",
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
