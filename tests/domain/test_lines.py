import csv
import re
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.domain.lines import LONGEST, covers, fold, line_of, snapshot_base
from monitor.domain.spellings import BEGIN, SAME, TAIL

HERE = Path(__file__).parent


def pairs(name: str) -> list[tuple[str, str]]:
    """The pairs of a table of names seen in the captures, judged by hand; where each was seen and why stand beside them."""
    with (HERE / name).open(encoding="utf-8") as lines:
        return [(row[0], row[1]) for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if not row[0].startswith("#")]


JOIN, KEEP_APART = pairs("pairs_join.tsv"), pairs("pairs_apart.tsv")
ONE_LINE = [
    ["gpt-4.1-mini", "GPT-4.1 mini", "GPT\u20114.1 Mini", "openai/gpt-4.1-mini", "openai/gpt-4.1-mini:free", "gpt-4.1-mini-2025-04-14"],
    ["gpt-4", "GPT-4", "gpt-4-0613"],
    ["gpt-4o", "gpt-4o-2024-05-13", "openai/gpt-4o-2024-11-20", "openai/gpt-4o:extended"],
    ["gpt-3.5-turbo", "gpt-35-turbo", "gpt-3.5-turbo-0125"],
    ["gpt-3.5-turbo-16k", "gpt-35-turbo-16k"],
    ["gpt-oss-120b", "openai.gpt-oss-120b-1:0", "openai/gpt-oss-120b:exacto"],
    [
        "Claude 3.5 Sonnet",
        "claude-3-5-sonnet-20241022",
        "claude-3-5-sonnet@20240620",
        "claude-3-5-sonnet-v2@20241022",
        "anthropic.claude-3-5-sonnet-20241022-v2:0",
        "us.anthropic.claude-3-5-sonnet-20240620-v1:0",
        "anthropic/claude-3.5-sonnet:beta",
        "Claude Sonnet 3.5",
    ],
    ["claude-opus-4-1-20250805", "Claude Opus 4.1", "anthropic/claude-opus-4.1", "claude-opus-4-1@20250805"],
    ["claude-opus-4-20250514", "Claude Opus 4", "anthropic.claude-opus-4-20250514-v1:0"],
    ["claude-2.1", "anthropic.claude-v2:1", "Claude 2.1"],
    ["claude-2", "anthropic.claude-v2", "anthropic.claude-v2:0:18k"],
    ["nova-pro", "amazon.nova-pro-v1:0", "amazon/nova-pro-v1", "us.amazon.nova-pro-v1:0:300k"],
    ["gemini-1.0-pro", "gemini-1.0-pro@001", "models/gemini-1.0-pro", "google/gemini-1.0-pro@latest"],
    ["command-r-plus", "command-r-plus-08-2024"],
    ["deepseek-r1", "DeepSeek R1", "deepseek/deepseek-r1-0528", "deepseek/deepseek-r1:free"],
    ["deepseek-v3", "deepseek-ai/DeepSeek-V3", "deepseek-chat-v3-0324"],
    ["grok-4", "xai/grok-4-0709"],
    ["v1", "V1"],
    [
        "llama-3.1-8b-instruct",
        "@cf/meta/llama-3.1-8b-instruct-fp8",
        "@cf/meta/llama-3.1-8b-instruct-awq",
        "llama3.1:8b-instruct-q4_K_M",
        "meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo",
        "Meta Llama 3.1 8B Instruct",
        "hf:meta-llama/Llama-3.1-8B-Instruct",
    ],
    ["newvendor/bright-2", "newvendor.bright-2-v1:0", "us-gov.newvendor.bright-2-v1:0:200k", "global.newvendor.bright-2-v1:0"],
    ["claude-sonnet-4-5", "claude-sonnet-4-5[1m]", "Anthropic: Claude Sonnet 4.5", "anthropic.claude-sonnet-4-5-20250929-v1:0"],
    ["gpt-5.4", "OpenAI: GPT-5.4", "GPT-5.4 (2026-03-05)", "azureml://registries/azure-openai/models/gpt-5.4/versions/2026-03-05"],
    ["claude-3-5-haiku", "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-5-haiku-20241022-v1:0"],
    ["gemini-2.5-flash-lite", "publishers/google/models/gemini-2.5-flash-lite", "projects/p/models/gemini-2.5-flash-lite"],
    ["dall-e-3", "DALL·E 3", "DALL-E 3"],
    ["doubao-seed-1-6", "doubao-seed-1-6-250615"],
    ["gpt-oss-20b", "gpt-oss:20b", "openai/gpt-oss-20b-fp8"],
]
APART = [
    *([group[0] for group in ONE_LINE]),
    "gpt-4.1",
    "gpt-4.1-nano",
    "gpt-4-32k",
    "gpt-4-turbo",
    "gpt-4-1106-preview",
    "gpt-realtime",
    "gpt-realtime-2.1",
    "o1",
    "o1-mini",
    "o3",
    "claude-3-haiku",
    "claude-sonnet-4",
    "claude-3-7-sonnet",
    "deepseek-v2",
    "deepseek-v3.1",
    "gemini-1.5-pro",
    "gemini-1.5-pro-preview-0514",
    "gemini-2.5-flash",
    "mistral-7b-instruct-v0.1",
    "mistral.mistral-7b-instruct-v0:2",
    "mistral-large-2407",
    "mistral-large-2411",
    "amazon.titan-embed-text-v1",
    "amazon.titan-embed-text-v2:0",
    "text-embedding-3-large",
    "text-embedding-3-small",
    "moonshot-v1-8k",
    "moonshot-v1-32k",
    "moonshot-v1",
    "ft:gpt-4o-mini-2024-07-18:org::id",
    "ft:gpt-4o-mini-2024-07-18:org::other",
    "~openai/gpt-latest",
    "~openai/gpt-mini-latest",
    "llama-3.1-8b",
    "llama-3.1-70b-instruct",
]


@pytest.mark.parametrize(("one", "other"), [pair for group in ONE_LINE for pair in combinations(group, 2)])
def test_spellings_of_one_model_join(one: str, other: str) -> None:
    assert line_of(one) == line_of(other)


@pytest.mark.parametrize(("one", "other"), list(combinations(APART, 2)))
def test_different_models_stay_apart(one: str, other: str) -> None:
    assert line_of(one) != line_of(other)


@pytest.mark.parametrize(("one", "other"), JOIN)
def test_names_of_one_model_in_the_captures_join(one: str, other: str) -> None:
    assert line_of(one) == line_of(other)


@pytest.mark.parametrize(("one", "other"), KEEP_APART)
def test_names_of_two_models_in_the_captures_stay_apart(one: str, other: str) -> None:
    assert line_of(one) != line_of(other)


def test_the_tables_are_large_and_say_where_each_pair_was_seen_and_why() -> None:
    for name in ("pairs_join.tsv", "pairs_apart.tsv"):
        rows = [line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        assert len(rows) >= 250
        assert len({frozenset(row[:2]) for row in rows}) == len(rows)
        assert all(len(row) == 4 and all(row) for row in rows)


@pytest.mark.parametrize("name", [name for group in ONE_LINE for name in group] + APART + [name for pair in JOIN for name in pair])
def test_a_line_is_its_own_line(name: str) -> None:
    assert line_of(line_of(name)) == line_of(name)


@given(st.text("abv01.:-@/ ()~+pGL4o", max_size=40))
@example("")
@example("/")
@example("models/")
@example("-: ")
@example("()")
def test_every_name_has_a_line_and_case_and_dashes_make_no_other(name: str) -> None:
    assert line_of(name) == line_of(name.upper()) == line_of(name.replace("-", "\u2011"))


@given(st.data())
@pytest.mark.parametrize("rule", SAME, ids=[pattern.pattern for _, pattern, _ in SAME])
def test_what_a_rule_is_asked_of_first_is_in_all_that_it_fits(rule: tuple[str, re.Pattern[str], str], data: st.DataObject) -> None:
    needed, pattern, _ = rule
    assert needed in data.draw(st.from_regex(pattern))


@given(st.from_regex(TAIL.pattern.replace(BEGIN, "")))
def test_every_tail_begins_as_is_asked_first(name: str) -> None:
    slow = re.compile(TAIL.pattern.replace(BEGIN, ""))
    assert TAIL.sub("", name) == slow.sub("", name) != name


HOSTILE = [
    "a.",
    "a",
    "(",
    "(a",
    "-v1",
    "-2024-01-01",
    "a/",
    ": ",
    "a: ",
    "1-",
    "-preview-01-01",
    "~",
    ":8b",
    "meta-",
    "-",
    "1p",
    "-q4-1",
    "us.",
    "1.1",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_name_made_to_be_slow_is_a_line_in_no_time(piece: str) -> None:
    for length in (LONGEST, 10_000, 1_000_000):  # a pattern that tried again from each letter would need minutes for the last
        assert isinstance(line_of(f"x{piece * (length // len(piece))}!"), str)


def test_folding_takes_every_dash_and_space_for_one() -> None:
    assert fold("  GPT\u20114.1\u00a0 Mini ") == "gpt-4.1-mini"


def test_a_snapshot_has_a_base_and_a_plain_name_is_its_own() -> None:
    assert snapshot_base("GPT-4.1 mini-2025-04-14") == "gpt-4.1-mini"
    assert snapshot_base("babbage-002") == "babbage-002"


@pytest.mark.parametrize(
    ("family", "name"),
    [
        ("gpt-realtime", "gpt-realtime-2025-08-28"),
        ("gpt-realtime", "gpt-realtime-mini"),
        ("gpt-4", "gpt-4-0613"),
        ("gpt-4", "gpt-4-1106-preview"),
        ("gpt-4o-audio", "gpt-4o-audio-preview-2024-12-17"),
        ("GPT-4o audio", "gpt-4o-audio-preview"),
        ("claude-3-haiku", "claude-3-haiku-20240307"),
        ("claude-3-haiku", "claude-3-haiku@20240307"),
        ("gemini-1.5-pro", "gemini-1.5-pro-002"),
        ("textembedding-gecko", "textembedding-gecko@003"),
        ("gemini-2.5-flash-preview", "gemini-2.5-flash-preview-05-20"),
        ("command-r", "command-r-08-2024"),
        ("doubao-seed-1.6", "doubao-seed-1.6-250615"),
        ("Claude 3 Haiku", "claude-3-haiku-20240307"),
    ],
)
def test_a_family_covers_what_continues_its_name(family: str, name: str) -> None:
    assert covers(family, name, [])


@pytest.mark.parametrize(
    ("family", "name"),
    [
        ("gpt-realtime", "gpt-realtime"),
        ("gpt-realtime", "gpt-realtime-2.1"),
        ("gpt-realtime", "gpt-realtime-2"),
        ("gpt-realtime", "gpt-realtime2-mini"),
        ("gpt-4", "gpt-4-32k"),
        ("gpt-4", "gpt-4o"),
        ("gpt-4o-audio", "gpt-4o-mini-audio"),
        ("gpt-4", "gpt-4.1"),
        ("claude-3", "claude-3-5-sonnet-20241022"),
        ("o1", "o10-mini"),
        ("mistral-small", "mistral-small-2503"),
        ("llama-3", "llama-3.1-8b-instruct"),
        ("gpt-image-1", "gpt-image-1.5"),
        ("", "gpt-4"),
    ],
)
def test_a_family_covers_neither_itself_nor_a_numbered_sibling_nor_another_name(family: str, name: str) -> None:
    assert not covers(family, name, [])


def test_a_family_does_not_cover_its_replacement() -> None:
    assert not covers("gpt-realtime", "gpt-realtime-mini", ["gpt-realtime-mini"])
    assert not covers("gpt-realtime", "gpt-realtime-mini-2025-10-06", ["GPT realtime mini"])
    assert covers("gpt-realtime", "gpt-realtime-2025-08-28", ["gpt-realtime-mini"])


def test_a_replacement_with_a_shorter_name_or_the_familys_own_takes_nothing_away() -> None:
    assert covers("gpt-realtime-mini", "gpt-realtime-mini-2025-10-06", ["gpt-realtime"])
    assert covers("gpt-realtime", "gpt-realtime-2025-08-28", ["gpt-realtime"])


WORD = st.sampled_from(["gpt", "realtime", "mini", "audio", "flash", "pro", "claude", "4o", "3"])
FAMILIES = st.lists(WORD, min_size=1, max_size=3).map("-".join)
DAYS = st.dates(date(2020, 1, 1), date(2029, 12, 31))
SIBLINGS = st.from_regex(r"[2-9](\.[0-9])?(-mini)?", fullmatch=True)


@given(FAMILIES, DAYS)
def test_a_family_covers_its_snapshots_of_any_day_in_any_spelling(family: str, on: date) -> None:
    for day in (f"{on:%Y-%m-%d}", f"{on:%Y%m%d}", f"{on:%m%d}", f"{on:%m-%d}", f"{on:%m-%Y}"):
        assert covers(family, f"{family}-{day}", [])
        assert covers(family.upper(), f"{family}-{day}-mini".replace("-", "\u2011"), [])


@given(FAMILIES, SIBLINGS, st.lists(FAMILIES, max_size=3))
def test_a_family_never_covers_itself_or_a_numbered_sibling_whatever_replaces_it(family: str, number: str, others: list[str]) -> None:
    assert not covers(family, family, others)
    assert not covers(family, f"{family}-{number}", others)
    assert not covers(family, f"{family}{number}", others)


@given(FAMILIES, WORD.filter(lambda word: not word[0].isdigit()), DAYS)
def test_a_family_covers_a_named_sibling_until_it_becomes_the_replacement(family: str, word: str, on: date) -> None:
    for name in (f"{family}-{word}", f"{family}-{word}-{on:%Y-%m-%d}"):
        assert covers(family, name, [])
        assert not covers(family, name, [f"{family}-{word}"])
        assert covers(family, name, [f"{family}-other"])
