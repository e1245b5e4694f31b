from itertools import combinations

import pytest

from monitor.domain.lines import covers, fold, line_of, snapshot_base

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
    ["deepseek-v3", "deepseek-ai/DeepSeek-V3"],
    ["grok-4", "xai/grok-4-0709"],
    ["v1", "V1"],
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
    "claude-3-5-haiku",
    "claude-sonnet-4-5",
    "claude-sonnet-4",
    "claude-3-7-sonnet",
    "deepseek-v2",
    "deepseek-v3.1",
    "deepseek-chat-v3-0324",
    "gemini-1.5-pro",
    "gemini-1.5-pro-002",
    "gemini-2.5-flash",
    "gemini-2.5-flash-lite",
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
]


@pytest.mark.parametrize(("one", "other"), [pair for group in ONE_LINE for pair in combinations(group, 2)])
def test_spellings_of_one_model_join(one: str, other: str) -> None:
    assert line_of(one) == line_of(other)


@pytest.mark.parametrize(("one", "other"), list(combinations(APART, 2)))
def test_different_models_stay_apart(one: str, other: str) -> None:
    assert line_of(one) != line_of(other)


@pytest.mark.parametrize("name", [name for group in ONE_LINE for name in group] + APART)
def test_a_line_is_its_own_line(name: str) -> None:
    assert line_of(line_of(name)) == line_of(name)


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
