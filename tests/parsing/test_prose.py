"""Prose that ties a model, a surface and a date."""

import pytest

from monitor.domain.claims import Authority
from monitor.domain.when import read_value
from monitor.parsing.documents import Text
from monitor.parsing.prose import MOST_MARKS, Prose, Sentence, names_in, read_prose
from monitor.parsing.sentences import LONGEST
from tests.parsing.saying import Said, short

RULES = Prose("openai", {"ChatGPT": "chatgpt", "Azure": "azure"})


def read(plain: str, *codes: str, rules: Prose = RULES) -> list[Said]:
    return short(read_prose(Text(plain, codes), rules))


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("We will retire GPT-4.1 Mini from ChatGPT on February 13, 2026.", [("chatgpt/GPT-4.1 Mini", "retires", "2026-02-13")]),
        ("gpt-4-0314 will be shut down on May 3, 2026.", [("openai/gpt-4-0314", "retires", "2026-05-03")]),
        (
            "On May 3, 2026, gpt-4-0314 was retired.",
            [("openai/gpt-4-0314", "retires", "2026-05-03"), ("openai/gpt-4-0314", "stage", "retired")],
        ),
        ("gpt-4-0314 is deprecated.", [("openai/gpt-4-0314", "stage", "deprecated")]),
        (
            "gpt-4-0314 is deprecated as of February 23, 2026 and will be shut down on August 23, 2026.",
            [
                ("openai/gpt-4-0314", "deprecated", "2026-02-23"),
                ("openai/gpt-4-0314", "stage", "deprecated"),
                ("openai/gpt-4-0314", "retires", "2026-08-23"),
            ],
        ),
        ("gpt-4-0314 will be redirected to gpt-4o on May 3, 2026.", [("openai/gpt-4-0314", "redirects", "2026-05-03")]),
        ("gpt-4-0314 will be redirected to gpt-4o.", []),
        ("From May 3, 2026 calls are rerouted to gpt-4o.", []),
        (
            "On May 3, 2026 we retire gpt-4-0314 and gpt-4-0613.",
            [(f"openai/gpt-4-{day}", "retires", "2026-05-03") for day in ("0314", "0613")],
        ),
        ("gpt-4-0314 will be retired.", []),
        ("The old model will be retired on May 3, 2026.", []),
        ("gpt-4-0314 learned a lot on May 3, 2026.", []),
        ("gpt-4-0314 may be retired on May 3, 2026.", []),
        (
            "In the Azure portal, gpt-4-0314 ends: it will be retired in Azure on May 3, 2026.",
            [("azure/gpt-4-0314", "retires", "2026-05-03")],
        ),
        ("Deprecated on May 3, 2026: gpt-4-0314", [("openai/gpt-4-0314", "deprecated", "2026-05-03")]),
    ],
)
def test_a_sentence_states(sentence: str, facts: list[tuple[str, str, str]]) -> None:
    found = read(sentence)
    assert [said[:3] for said in found] == facts
    assert {said[3] for said in found} <= {sentence}


def test_the_next_sentence_may_name_the_replacement() -> None:
    assert read("gpt-4-0314 will be retired on May 3, 2026. Please use gpt-4o, which is better than gpt-4-0613. Bye.") == [
        ("openai/gpt-4-0314", "retires", "2026-05-03", "gpt-4-0314 will be retired on May 3, 2026."),
        ("openai/gpt-4-0314", "replaced_by", "gpt-4o", "Please use gpt-4o, which is better than gpt-4-0613."),
    ]


def test_the_same_sentence_may_name_the_replacement_but_never_the_model_itself() -> None:
    found = read("gpt-4-0314 was retired on May 3, 2026 and replaced by gpt-4-0314 and gpt-4o.")
    assert [said[1:3] for said in found] == [("retires", "2026-05-03"), ("stage", "retired"), ("replaced_by", "gpt-4o")]


def test_without_a_statement_before_it_a_replacement_is_nobodys() -> None:
    assert read("Please use gpt-4o instead.") == []


def test_an_id_in_code_behind_a_title_stands_for_it() -> None:
    found = read("Claude Mythos Preview 1 (claude-mythos-preview) is deprecated.", "claude-mythos-preview")
    assert [said[0] for said in found] == ["openai/claude-mythos-preview"]


def test_services_in_code_are_no_models() -> None:
    assert read("The /v1/edits endpoint was retired on May 3, 2026.", "/v1/edits") == []


def test_code_may_be_an_id_without_digits() -> None:
    assert [said[0] for said in read("text-moderation-stable was retired on May 3, 2026.", "text-moderation-stable")] == [
        "openai/text-moderation-stable"
    ] * 2


def test_the_same_statement_counts_once() -> None:
    assert len(read("We retire gpt-4-0314 on May 3, 2026. We retire gpt-4-0314 on May 3, 2026.")) == 1


@pytest.mark.parametrize(
    ("sentence", "first_hand", "authority"),
    [
        ("According to community reports, gpt-4 0314 GPT-4.1 mini will be retired on May 3, 2026.", True, Authority.REPORT),
        ("OpenAI announced that GPT-4.1 mini will be retired on May 3, 2026.", False, Authority.REPORT),
        ("OpenAI announced that GPT-4.1 mini will be retired on May 3, 2026.", True, None),
        ("GPT-4.1 mini will be retired on May 3, 2026.", False, None),
    ],
)
def test_second_hand_words_are_a_report(sentence: str, first_hand: bool, authority: Authority | None) -> None:  # noqa: FBT001
    rules = Prose("openai", {}, first_hand=first_hand)
    assert {said.authority for said in read_prose(Text(sentence), rules)} == {authority}


def test_the_day_of_the_announcement_goes_with_the_statement() -> None:
    rules = Prose("openai", {}, said_on=read_value("2026-01-01"))
    assert [said.said_on for said in read_prose(Text("We retire gpt-4-0314 on May 3, 2026."), rules)] == [read_value("2026-01-01")]


def test_a_page_may_give_the_year() -> None:
    assert read("We retire gpt-4-0314 on May 3.") == []
    assert [said[2] for said in read("We retire gpt-4-0314 on May 3.", rules=Prose("openai", {}, year=2026))] == ["2026-05-03"]


def test_a_quote_ends_where_an_address_interrupts_the_page() -> None:
    text = Text(
        "We tell you here: gpt-4-0314 will be retired on May 3, 2026, see the guide.",
        links=(("tell you", "x"), ("the guide", "y"), ("", "z")),
    )
    assert [said[3] for said in short(read_prose(text, RULES))] == ["here: gpt-4-0314 will be retired on May 3, 2026, see the guide"]


@pytest.mark.parametrize(("start", "end", "quote"), [(0, 3, "one"), (4, 7, "two three"), (8, 13, "two three"), (14, 18, "four")])
def test_a_quote_is_the_longest_run_between_seams(start: int, end: int, quote: str) -> None:
    assert Sentence("one two three four", seams=(3, 13)).quote(start, end) == quote


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Use GPT-4.1 mini or gpt-4o.", [("GPT-4.1 mini", 4, 16), ("gpt-4o", 20, 26)]),
        ("On May 3, 2026 it ends.", []),
        ("By October 23, 2026 GPT-5 ends.", [("GPT-5", 20, 25)]),
        ("Claude Opus is a name without a number.", []),
        ("Call v1/edits or /v1/x2.", []),
    ],
)
def test_the_names_in_a_sentence(sentence: str, names: list[tuple[str, int, int]]) -> None:
    assert list(names_in(sentence)) == names


def test_what_is_too_long_for_a_sentence_is_data() -> None:
    sentence = "We retire gpt-4-0314 on May 3, 2026 " + "and so on " * (LONGEST // 10)
    assert read(sentence) == []
    assert len(read(f"{sentence}. We retire gpt-4-0314 on May 3, 2026.")) == 1


def test_a_paragraph_of_links_is_navigation() -> None:
    text = Text("We retire gpt-4-0314 on May 3, 2026.", links=(("We", "x"),) * (MOST_MARKS + 1))
    assert read_prose(text, RULES) == ()
