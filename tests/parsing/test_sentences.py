"""Sentences and the lifecycle words in them."""

import pytest

from monitor.parsing.prose.sentences import partial_audience, second_hand, sentences, tells
from monitor.parsing.prose.verbs import Act, Verb, has_lifecycle_word, verbs


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ("One.", "Two!", "Three?")),
        ("GPT-4.1 mini is 4.5 times as fast. So.", ("GPT-4.1 mini is 4.5 times as fast.", "So.")),
        ("It ends at 9 a.m. on May 3, 2026.", ("It ends at 9 a.m. on May 3, 2026.",)),
        ("  white \n space  ", ("white space",)),
        ('He said "no." Then he left.', ('He said "no.', "Then he left.")),
        ("", ()),
    ],
)
def test_a_paragraph_falls_into_sentences(text: str, parts: tuple[str, ...]) -> None:
    assert sentences(text) == parts


def told(sentence: str) -> list[tuple[str, Act, bool, bool]]:
    """Each verb as it is written, what it says, whether it is done, whether it is passive."""
    return [(sentence[verb.start : verb.end], verb.act, verb.done, verb.passive) for verb in verbs(sentence)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("We retire gpt-4 on May 3.", [("retire", Act.END, False, False)]),
        ("gpt-4 will be retired.", [("retired", Act.END, False, True)]),
        ("gpt-4 was retired.", [("retired", Act.END, True, True)]),
        ("On May 1, 2026, gpt-4 was shut down.", [("shut down", Act.END, True, True)]),
        ("gpt-4 has been now removed.", [("removed", Act.END, True, True)]),
        ("gpt-4 is deprecated.", [("deprecated", Act.DEPRECATE, True, True)]),
        ("gpt-4 is retired in May.", [("retired", Act.END, False, True)]),
        ("gpt-4 is no longer available.", [("no longer available", Act.END, False, True)]),
        ("gpt-4 becomes unavailable.", [("becomes unavailable", Act.END, False, True)]),
        ("Requests are automatically redirected to gpt-5.", [("automatically redirected to", Act.REDIRECT, False, True)]),
        (
            "gpt-4 is deprecated and will be removed.",
            [("deprecated", Act.DEPRECATE, True, True), ("removed", Act.END, False, True)],
        ),
        ("gpt-4 will not be retired before May 3.", [("retired", Act.END, False, True)]),
        ("gpt-4 will not be retired before the next one is there.", []),
        ("gpt-4 is not deprecated.", []),
        ("There are no plans to retire gpt-4.", []),
        ("Preview models may be retired.", []),
        ("If a model is retired, calls fail.", []),
        ("It might be slow, but gpt-4 was retired.", [("retired", Act.END, True, True)]),
        ("Not sooner than May 3 will gpt-4 be retired.", [("retired", Act.END, False, True)]),
        ("All is well.", []),
    ],
)
def test_only_verbs_that_state_something_count(sentence: str, found: list[tuple[str, Act, bool, bool]]) -> None:
    assert told(sentence) == found


def test_a_verb_has_its_place() -> None:
    assert verbs("We retire it.") == (Verb(Act.END, 3, 9, done=False, passive=False),)


@pytest.mark.parametrize(
    ("test", "yes", "no"),
    [
        (has_lifecycle_word, "Its end-of-life is near.", "Its life goes on."),
        (second_hand, "According to community reports, it ends.", "According to our schedule, it ends."),
        (second_hand, "It will reportedly be gone.", "It is reported below."),
        (second_hand, "According to some early users it is slow.", "Users say nothing."),
        (tells, "we notified developers", "we wrote code"),
        (partial_audience, "organizations that have not run one", "every organization"),
        (partial_audience, "customers without a contract", "customers"),
    ],
)
def test_questions_about_a_sentence(test: object, yes: str, no: str) -> None:
    assert callable(test)
    assert (test(yes), test(no)) == (True, False)
