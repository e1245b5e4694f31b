"""Sentences of news and change logs: who ends where and when, and what a careful reader leaves alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.claims import Authority
from monitor.domain.identity import Kind
from monitor.domain.when import read_value
from monitor.parsing.dates import Order
from monitor.parsing.documents import Text, read_document
from monitor.parsing.headings import texts
from monitor.parsing.prose.paragraphs import Prose, Told, names_in, read_prose
from tests.parsing.saying import short

SURFACES = {"ChatGPT": "chatgpt", "Codex": "codex", "API": "openai"}
PLAIN = Prose("acme", SURFACES)
ENTRY = Prose(
    "acme", SURFACES, said_on=read_value("2026-03"), said_in="March 2026", label=read_value("2026-03"), near=read_value("2026-03")
)


def said(markdown: str, rules: Prose = PLAIN) -> list[tuple[str, str, str]]:
    """(who, fact, value) of everything a few paragraphs of Markdown state."""
    told = Told()
    statements = [
        statement
        for section in read_document(markdown.encode()).sections
        for _, text in texts(section.blocks)
        for statement in read_prose(text, rules, told)
    ]
    return [(who, fact, value) for who, fact, value, _ in short((*statements, *told.weak))]


def test_what_retires_on_a_day_stands_before_it() -> None:
    text = "When `a-1` version 2024-05-13 retires on **2026-12-09**, the service automatically upgrades it to b-5.6 in each region."
    assert said(text) == [
        ("acme/a-1 [version=2024-05-13]", "retires", "2026-12-09"),
        ("acme/a-1 [version=2024-05-13]", "redirects", "2026-12-09"),
        ("acme/a-1 [version=2024-05-13]", "replaced_by", "b-5.6"),
    ]
    assert said("We will retire on May 1, 2027 the models `a-1` and `b-1`.") == [
        ("acme/a-1", "retires", "2027-05-01"),
        ("acme/b-1", "retires", "2027-05-01"),
    ]


def test_requests_to_an_api_go_to_its_model() -> None:
    assert said("After May 25th 2027, your requests to Llama 3.1 70B will be redirected automatically to the Llama 3.3 70B API.") == [
        ("acme/Llama 3.1 70B", "redirects", "2027-05-25"),
        ("acme/Llama 3.1 70B", "replaced_by", "Llama 3.3 70B"),
    ]


def test_only_what_leaves_the_app_leaves_it() -> None:
    news = (
        "On February 13, 2026, alongside the previously announced retirement of GPT-5 (Instant and Thinking), we will retire GPT-4o, "
        "GPT-4.1, GPT-4.1 mini and OpenAI o4-mini from ChatGPT. In the API, there are no changes at this time."
    )
    assert said(news) == [(f"chatgpt/{name}", "retires", "2026-02-13") for name in ("GPT-4o", "GPT-4.1", "GPT-4.1 mini", "o4-mini")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We shut down three M-2 model endpoints on May 1, 2026: m-2-a1, m-2-b1 and m-2-c1.", [
            ("acme/m-2-a1", "retires", "2026-05-01"),
            ("acme/m-2-b1", "retires", "2026-05-01"),
            ("acme/m-2-c1", "retires", "2026-05-01"),
        ]),
        ("On Friday, October 10th, 2026, `m-1` will be removed.", [("acme/m-1", "retires", "2026-10-10")]),
        ("Meanwhile GPT-4o will be removed on May 1, 2026.", [("acme/GPT-4o", "retires", "2026-05-01")]),
        ("Retiring GPT-4.5 from Codex on July 1, 2026.", [("codex/GPT-4.5", "retires", "2026-07-01")]),
        ("In Codex, GPT-5 is no longer available as of May 1, 2026.", [("codex/GPT-5", "retires", "2026-05-01")]),
        ("GPT-4o will be retired on May 1, 2026, while GPT-5 stays.", [("acme/GPT-4o", "retires", "2026-05-01")]),
        ("We will retire `m-1` and `m-2` on May 1, 2026, while `m-3` stays.", [
            ("acme/m-1", "retires", "2026-05-01"),
            ("acme/m-2", "retires", "2026-05-01"),
        ]),
        ("`m-1` was removed on May 1, 2026 in favor of `M-1`.", [("acme/m-1", "retires", "2026-05-01")]),
        ("The Model 3 model (`model-3`) will be shut down on May 1, 2026.", [("acme/model-3", "retires", "2026-05-01")]),
        ("Unlike GPT-5, `gpt-4o-2` will be removed on May 1, 2026.", [("acme/gpt-4o-2", "retires", "2026-05-01")]),
        ("`m-1` and `m-2` have been deprecated and removed on May 1, 2026.", [
            ("acme/m-1", "retires", "2026-05-01"),
            ("acme/m-2", "retires", "2026-05-01"),
        ]),
        ("As of May 1, 2026, `m-1` has been deprecated and removed.", [
            ("acme/m-1", "deprecated", "2026-05-01"),
            ("acme/m-1", "retires", "2026-05-01"),
        ]),
        ("`m-1` was retired on May 1, 2026.", [("acme/m-1", "retires", "2026-05-01"), ("acme/m-1", "stage", "retired")]),
        ("`m-1` is deprecated.", [("acme/m-1", "stage", "deprecated")]),
        ("From May 1, 2026, `m-1` is redirected to `m-2`.", [
            ("acme/m-1", "redirects", "2026-05-01"),
            ("acme/m-1", "replaced_by", "m-2"),
        ]),
        ("`m-1` is redirected to `m-2`.", [("acme/m-1", "replaced_by", "m-2")]),
        ("On May 1, 2026 we released `m-9`.", [("acme/m-9", "released", "2026-05-01")]),
        ("GPT-4o (`gpt-4o-2024-05-13`) will be shut down on May 1, 2026.", [("acme/gpt-4o-2024-05-13", "retires", "2026-05-01")]),
        ("Plans mean the removal of `m-1` on May 1, 2026.", [("acme/m-1", "retires", "2026-05-01")]),
        ("`m-1` will be removed for Free and Plus users on May 1, 2026.", [("acme/m-1 [tier=free;plus]", "retires", "2026-05-01")]),
        ("`m-1` will be removed from serverless on May 1, 2026.", [("acme/m-1 [deployment=serverless]", "retires", "2026-05-01")]),
        ("Models fine-tuned with `m-1` are retired on May 1, 2026.", [("acme/m-1 [feature=fine-tuning]", "retires", "2026-05-01")]),
        ("The `a_b` and `top_k` parameters will be removed from `m-1` on May 1, 2026.", [
            ("acme/a_b", "retires", "2026-05-01"),
            ("acme/top_k", "retires", "2026-05-01"),
        ]),
    ],
)  # fmt: skip
def test_a_sentence_states(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "`m-1` may be retired on May 1, 2026.",
        "Several widely used GPT-4o and GPT-4.1 versions will be retired on May 1, 2026.",
        "We have removed the GPT-4 preset on May 1, 2026.",
        "On Friday, October 10th, 2026 the old ones will be removed.",
        "It will be retired in early June 2026.",
        "`m-1` will not be retired on May 1, 2026.",
        "`m-1` is no longer available to new customers since May 1, 2026.",
        "`m-1` leaves the picker, retirement in summer, says the note of May 1, 2026.",
        "The M-2 model family will be retired on May 1, 2026.",
        "Requests to retired model names fail since May 1, 2026, says `m-1`.",
        "We have released `m-9`.",
        "On May 1, 2026 we released an updated version of `m-9`.",
        "`m-1` will be retired on August 31.",
        "On May 1 things change for `m-1`.",
        "We improved `m-1` on May 1, 2026.",
        "v2 will be retired on May 1, 2026.",
        "We're retiring the long context beta for `m-1` and `m-2` on May 1, 2026.",
        "It will be shut down on May 1, 2026.",
        "Available until May 1, 2026.",
        "",
    ],
)
def test_a_sentence_states_nothing(sentence: str) -> None:
    assert said(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "after"),
    [
        ("`a-1`: **June 17, 2026** Discontinued (Recommend: `a-2`)", ["a-2"]),
        ("`a-1` \u2013 June 17, 2026 discontinued (use `a-2`)", ["a-2"]),
        ("June 17, 2026: Discontinued `a-1` (use `a-2`)", ["a-2"]),
        ("`a-1` | June 17, 2026 | sunset \u2192 `a-2`", []),
        ("`a-1`: retired on June 17, 2026. Recommended: `a-2`", ["a-2"]),
    ],
)
def test_what_an_aside_or_an_arrow_points_to_is_not_what_ends(sentence: str, after: list[str]) -> None:
    found = said(sentence)
    assert ("acme/a-1", "retires", "2026-06-17") in found
    assert [value for _, fact, value in found if fact == "replaced_by"] == after
    assert not any(who == "acme/a-2" for who, _, _ in found)


def test_the_old_model_is_none_that_an_aside_names() -> None:
    assert said("We discontinued (see `x-1` for details) the old model on June 17, 2026.") == []


def test_what_a_dated_entry_tells_as_done_took_place_on_its_day() -> None:
    assert said("`m-1` has been retired. Use `m-2` instead.", ENTRY) == [
        ("acme/m-1", "retires", "2026-03"),
        ("acme/m-1", "stage", "retired"),
        ("acme/m-1", "replaced_by", "m-2"),
    ]
    assert said("**Deprecated `m-1`**", ENTRY) == [("acme/m-1", "deprecated", "2026-03")]
    assert said("Update: `m-1` has been removed.", ENTRY) == []


def test_what_is_coming_was_announced_on_the_day_of_the_entry() -> None:
    assert said("`m-1` will be removed on May 1, 2026.", ENTRY) == [
        ("acme/m-1", "retires", "2026-05-01"),
        ("acme/m-1", "deprecated", "2026-03"),
    ]


def test_a_day_without_a_year_lies_behind_the_entry() -> None:
    assert said("As of April 14, `m-1` will be removed.", ENTRY)[0] == ("acme/m-1", "retires", "2026-04-14")
    assert said("As of February 14, `m-1` was removed.", ENTRY)[:1] == [("acme/m-1", "retires", "2026-03")]


def test_what_followed_takes_act_and_year_from_before() -> None:
    news = "As of March 20, 2026, `a-1` was removed. `b-1` followed on April 1, along with `c-1`. Then came summer, and `d-1` followed on May 1."  # noqa: E501 - a page in one line
    assert said(news)[1:3] == [("acme/b-1", "retires", "2026-04-01"), ("acme/c-1", "retires", "2026-04-01")]
    assert said("`b-1` followed on April 1, 2026.") == []


def test_these_models_are_those_of_the_sentence_before() -> None:
    news = "We keep `a-1` and `a-2` until December 20, 2024. At that time, requests to these model IDs will automatically upgrade to newer ones."  # noqa: E501 - a page in one line
    assert said(news) == [("acme/a-1", "redirects", "2024-12-20"), ("acme/a-2", "redirects", "2024-12-20")]
    assert said("At that time, requests to these model IDs will be redirected to newer ones.") == []


def test_the_topic_stands_for_a_subject_left_out() -> None:
    assert said("Same price, available until May 1, 2026.", Prose("acme", {}, topic="Model-9")) == [
        ("acme/Model-9", "retires", "2026-05-01")
    ]


def test_replacements_of_several_are_told_apart_by_respectively() -> None:
    assert said("`a-1` and `a-2` are deprecated in favor of `b-1` and `b-2` respectively.")[2:] == [
        ("acme/a-1", "replaced_by", "b-1"),
        ("acme/a-2", "replaced_by", "b-2"),
    ]


def test_replacements_said_per_model_in_brackets_are_left_to_the_table() -> None:
    assert said("`a-1` was removed on May 1, 2026. We recommend migrating to `b-1` (for A 1) and `b-2` (for A 2).") == [
        ("acme/a-1", "retires", "2026-05-01")
    ]


def test_records_in_a_row_keep_their_days() -> None:
    rows = "Heron 2 - deprecated May 1, 2026, retired June 1, 2026 Heron 3 models - deprecated May 2, 2026 Heron 4: retired July 1, 2026"
    assert said(rows) == [
        ("acme/Heron 2", "deprecated", "2026-05-01"),
        ("acme/Heron 2", "retires", "2026-06-01"),
        ("acme/Heron 3", "deprecated", "2026-05-02"),
        ("acme/Heron 4", "retires", "2026-07-01"),
    ]


def test_no_model_replaces_itself_in_another_spelling() -> None:
    assert said("The Grok 9.3 model was removed on May 1, 2026 in favor of `grok-9.3`.") == [("acme/Grok 9.3", "retires", "2026-05-01")]


def test_what_is_ruled_out_is_no_replacement() -> None:
    news = "`m-1` was removed on May 1, 2026, and you should migrate to `m-2`, not the latest `m-3`."
    assert said(news) == [("acme/m-1", "retires", "2026-05-01"), ("acme/m-1", "replaced_by", "m-2")]


def test_advice_for_one_kind_reaches_only_that_kind() -> None:
    news = "`chat-1` and `embed-1` were removed on May 1, 2026. For chat models, we recommend using `chat-2`."
    assert said(news)[2:] == [("acme/chat-1", "replaced_by", "chat-2")]


def test_names_that_only_capitals_show_are_replacements_before_models() -> None:
    assert said("`a-1` was removed on May 1, 2026. Please switch to our newer Sonar or Sonar Pro models.")[1:] == [
        ("acme/a-1", "replaced_by", "Sonar"),
        ("acme/a-1", "replaced_by", "Sonar Pro"),
    ]
    assert said("`a-1` was removed on May 1, 2026. Please switch to our Sonar or Sonar2 models.")[1:] == [
        ("acme/a-1", "replaced_by", "Sonar"),
        ("acme/a-1", "replaced_by", "Sonar2"),
    ]
    assert said("`a-1` was removed on May 1, 2026. Please switch to models in the Llama-3 family.")[1:] == []


def test_a_model_nobody_ended_gets_no_replacement_from_advice() -> None:
    assert said("If you are using `a-1`, we recommend migrating to `b-1`.") == []


def test_a_redirect_of_the_models_above_is_for_those_with_no_replacement_of_their_own() -> None:
    told = Told()
    assert short(read_prose(Text("`a-1` was removed on May 1, 2026.".replace("`", ""), ("a-1",)), PLAIN, told))
    assert read_prose(Text("Requests to the models above will be redirected to b-1.", ("b-1",)), PLAIN, told) == ()
    assert [(who, value) for who, _, value, _ in short(told.weak)] == [("acme/a-1", "b-1")]


def test_a_series_stands_for_its_members_on_the_page() -> None:
    rules = Prose("acme", {}, listed=("kimi-k2-0905", "kimi-k2-fast", "kimi-k2.6"))
    assert [who for who, *_ in said("The `kimi-k2` series was discontinued on May 1, 2026.", rules)] == [
        "acme/kimi-k2-0905",
        "acme/kimi-k2-fast",
    ]
    assert [who for who, *_ in said("The `kimi-k2` series was discontinued on May 1, 2026.")] == ["acme/kimi-k2"]


def test_second_hand_words_are_a_report() -> None:
    rumour = read_prose(Text("According to a leak, GPT-9 will be shut down on May 1, 2030."), PLAIN)
    assert read_prose(Text("I heard that GPT-9 goes away on May 1, 2030."), PLAIN)[0].authority is Authority.REPORT
    attributed = read_prose(Text("Acme announced that GPT-9 will be shut down on May 1, 2030."), Prose("acme", {}, first_hand=False))
    assert [statement.authority for statement in (*rumour, *attributed)] == [Authority.REPORT, Authority.REPORT]
    assert said("We released GPT-9 on May 1, 2030.", Prose("acme", {}, first_hand=False)) == []


def test_the_order_of_numbers_is_the_pages() -> None:
    assert said("`m-1` was removed on 8/5/2024.", Prose("acme", {}, order=Order.MDY)) == [("acme/m-1", "retires", "2024-08-05")]
    assert said("`m-1` was removed on 8/5/2024.") == []


def test_a_link_between_keeps_the_quote_to_its_side() -> None:
    document = read_document(b"Gone on May 1, 2026: [the list](https://example.org) says `m-1` was removed. See [GPT OSS 120B](/m).")
    statements = [said for section in document.sections for _, text in texts(section.blocks) for said in read_prose(text, PLAIN)]
    assert all("](" not in statement.quote for statement in statements)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Kimi K2.5 and DeepSeek V3.1 were removed.", ["Kimi K2.5", "DeepSeek V3.1"]),
        ("`@cf/meta/llama-3-8b-instruct` was removed.", ["@cf/meta/llama-3-8b-instruct"]),
        ("Acme Text 2 - Express models were removed.", ["Acme Text 2 - Express"]),
        ("heron-2 was removed in us-east-1, eu-west-3 and europe-west4.", ["heron-2"]),
        ("NVIDIA A100 instances and Amazon S3 were removed.", []),
        ("Following the Kimi K3 launch, heron-2 was removed.", ["heron-2"]),
        ("**Heron v1 removal**: The `heron_v1` model was removed.", ["heron_v1"]),
        ("Heron 2 (`heron-2`) was removed.", ["heron-2"]),
    ],
)
def test_names_are_told_from_regions_machines_and_occasions(sentence: str, names: list[str]) -> None:
    (section,) = read_document(sentence.encode()).sections
    ((_, text),) = texts(section.blocks)
    assert [name for name, *_ in names_in(text.plain, text.codes)] == names


def test_names_are_given_with_their_places() -> None:
    assert names_in("the GPT-4o and Qwen3 235B A22B Instruct 2507 of May 2026, May 15") == (
        ("GPT-4o", 4, 10),
        ("Qwen3 235B A22B Instruct 2507", 15, 44),
    )


def test_of_whom_some_are_meant_is_named_all_the_same() -> None:
    assert [name for name, _, _ in names_in("Several GPT-4 users really do love models.")] == ["GPT-4"]


def test_services_are_no_models() -> None:
    told = read_prose(Text("The top_k parameter will be removed on May 1, 2026.", ("top_k",)), PLAIN)
    assert [statement.kind for statement in told] == [Kind.SERVICE]


def test_data_is_no_prose() -> None:
    assert read_prose(Text("m-1 was removed on May 1, 2026 " * 100, ("m-1",)), PLAIN) == ()
    assert read_prose(Text("m-1 was removed on May 1, 2026.", ("m-1",) * 300), PLAIN) == ()


WORDS = st.sampled_from(
    ["the", "our", "GPT-4o", "`m-1`", "Sonar", "or", "and", ",", ".", "will be", "retired", "removed", "deprecated", "redirect to", "models",  # noqa: E501 - a page in one line
     "on May 1, 2026", "May 14", "in favor of", "respectively", "(", ")", "fine-tuning for", "parameter", "series", "above", "followed on", ":"]  # noqa: E501 - a page in one line
)  # fmt: skip


@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_any_words_are_read_without_fail(words: str) -> None:
    assert isinstance(said(words, ENTRY), list)


@pytest.mark.parametrize(
    "word",
    ["the ", "Aa ", "the Aa ", "Aa, ", "and or ", "`a-1` ", "to use ", "May 1, 2026 ", "retired ", "(", "fine-tuned with ", "for the "],
)
def test_hostile_repetition_takes_no_time(word: str) -> None:
    start = time.perf_counter()
    read_prose(Text(("our " + word * 2000)[:2000] + " models retired May 1, 2026"), ENTRY)
    assert time.perf_counter() - start < 2
