"""The words by which vendors say that a model's service ends, and those that only sound like it."""

import pytest

from monitor.parsing.documents import Text
from monitor.parsing.prose.paragraphs import Prose, read_prose
from tests.parsing.saying import short


def ends(sentence: str) -> list[tuple[str, str]]:
    """(model, day) of every end a sentence states."""
    said = short(read_prose(Text(sentence), Prose("acme", {})))
    return [(who.removeprefix("acme/"), value) for who, fact, value, _ in said if fact == "retires"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Effective June 1, 2027, heron-2 will stop responding to requests.",
        "We will stop serving heron-2 on June 1, 2027.",
        "heron-2 will no longer be served after June 1, 2027.",
        "heron-2 reaches its end of support on June 1, 2027.",
        "End of support for heron-2: June 1, 2027.",
        "heron-2 is EOL on June 1, 2027.",
        "Support for heron-2 ends on June 1, 2027.",
        "Access to the heron-2 will end on June 1, 2027.",
        "We are dropping support for heron-2 on June 1, 2027.",
        "We will end support for heron-2 on June 1, 2027.",
        "heron-2 expires on June 1, 2027.",
        "heron-2 will be terminated on June 1, 2027.",
        "heron-2 will be disabled on June 1, 2027.",
        "heron-2 is going away on June 1, 2027.",
        "The last day to use heron-2 is June 1, 2027.",
    ],
)
def test_an_end_in_other_words(sentence: str) -> None:
    assert ends(sentence) == [("heron-2", "2027-06-01")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Free access to heron-2 ends on June 1, 2027.",
        "heron-2 will stop accepting new fine-tuning jobs on June 1, 2027.",
        "We added support for heron-2 on June 1, 2027.",
        "Thinking has been disabled by default in heron-2 since June 1, 2027.",
    ],
)
def test_what_is_no_end(sentence: str) -> None:
    assert ends(sentence) == []


def test_several_lose_their_support_on_one_day() -> None:
    assert ends("Support for heron-2 and egret-1 will end on June 1, 2027.") == [("heron-2", "2027-06-01"), ("egret-1", "2027-06-01")]


@pytest.mark.parametrize(
    "rest",
    ["in a future release", "soon", "later this year", "six months later", "at a later date", "in about 3 months", ""],
)
def test_the_day_of_a_deprecation_is_not_that_of_an_end_to_come(rest: str) -> None:
    sentence = f"heron-2 was deprecated on May 1, 2027 and will be removed {rest}".strip() + "."
    assert [said[:3] for said in short(read_prose(Text(sentence), Prose("acme", {})))] == [("acme/heron-2", "deprecated", "2027-05-01")]


def test_entering_legacy_status_is_a_deprecation() -> None:
    sentence = "heron-2 entered legacy status on May 1, 2027 and will reach end-of-life on June 1, 2027."
    assert [said[:3] for said in short(read_prose(Text(sentence), Prose("acme", {})))] == [
        ("acme/heron-2", "deprecated", "2027-05-01"),
        ("acme/heron-2", "retires", "2027-06-01"),
    ]


def test_an_alias_to_another_model_is_a_redirect() -> None:
    sentence = "Requests to heron-2 will be automatically aliased to heron-3 on May 1, 2027."
    assert [said[:3] for said in short(read_prose(Text(sentence), Prose("acme", {})))] == [
        ("acme/heron-2", "redirects", "2027-05-01"),
        ("acme/heron-2", "replaced_by", "heron-3"),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "heron-2 is deprecated since May 1, 2027. EOL: June 1, 2027. Replacement: heron-3",
            [("deprecated", "2027-05-01"), ("stage", "deprecated"), ("retires", "2027-06-01"), ("replaced_by", "heron-3")],
        ),
        ("heron-2 is nice. Removed on June 1, 2027.", [("retires", "2027-06-01")]),
        ("heron-2 is nice. Retired models fail from June 1, 2027.", []),
        ("EOL: June 1, 2027.", []),
        (
            "heron-2 will be removed on May 5, 2027. Use Heron 3 397B instead.",
            [("retires", "2027-05-05"), ("replaced_by", "Heron 3 397B")],
        ),
    ],
)
def test_a_label_and_a_day_are_of_what_was_spoken_of_before(words: str, expected: list[tuple[str, str]]) -> None:
    said = short(read_prose(Text(words), Prose("acme", {})))
    assert [(fact, value) for who, fact, value, _ in said if who == "acme/heron-2"] == expected
