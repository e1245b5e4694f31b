"""Names in cells and sentences, told apart by their form."""

import pytest

from monitor.domain.identity import Kind
from monitor.parsing.documents import Text
from monitor.parsing.names import is_display_name, is_id, is_nothing, is_service, kind_of, named, recommended, without_brackets


@pytest.mark.parametrize("text", ["", " ", "-", "---", "—", "–", "N/A", "n/a", "None", "`null`", "**TBD**", "unknown"])
def test_a_cell_that_names_nothing(text: str) -> None:
    assert is_nothing(text)


@pytest.mark.parametrize("text", ["gpt-4", "nano", "0"])
def test_a_cell_that_names_something(text: str) -> None:
    assert not is_nothing(text)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("gpt-5.6-sol (reasoning.mode: pro)", "gpt-5.6-sol"),
        ("o3 [note 1] (beta)", "o3"),
        ("a (b (c) d)", "a"),
        ("qwen\uff08old\uff09", "qwen"),
        ("gpt-4.1*", "gpt-4.1"),
        ("claude-2†", "claude-2"),
        ("(only this)", ""),
        ("open (bracket", "open (bracket"),
    ],
)
def test_brackets_and_footnote_marks_are_dropped(text: str, bare: str) -> None:
    assert without_brackets(text) == bare


@pytest.mark.parametrize(
    "text",
    [
        "gpt-4",
        "o1",
        "gpt-4.1-mini-2025-04-14",
        "openai/gpt-4o",
        "multimodalembedding@001",
        "text-moderation-stable",
        "llama3",
        "ft:gpt-4o:acme::A1",
        "~a/b",
    ],
)
def test_the_form_of_an_id(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize(
    "text",
    ["", "x", "GPT", "ada", "GPT-4.1 mini", "2026", "1.5", "Text-Only", "a" * 119 + "-1", "gpt-4,", "gpt-4!", "1.2.3"],
)
def test_not_the_form_of_an_id(text: str) -> None:
    assert not is_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "/v1/engines",
        "v1/prompts",
        "OpenAI-Beta: realtime=v1",
        "Assistants API",
        "Evals platform",
        "Agent Builder",
        "fine-tuning",
        "legacy local shell tool",
    ],
)
def test_services_are_told_by_their_words(text: str) -> None:
    assert (is_service(text), kind_of(text)) == (True, Kind.SERVICE)


@pytest.mark.parametrize("text", ["gpt-4", "openai/gpt-4o", "Claude Sonnet 4", "sora-2"])
def test_models_are_no_services(text: str) -> None:
    assert (is_service(text), kind_of(text)) == (False, Kind.MODEL)


@pytest.mark.parametrize("text", ["GPT-4.1 mini", "Claude Sonnet 3.5", "Gemini 2.0 Flash", "Claude Opus", "Gemma 4", "o3-mini"])
def test_display_names(text: str) -> None:
    assert is_display_name(text)


@pytest.mark.parametrize("text", ["Claude", "the model", "January", "Use the new one", "A B C D E F G H I", "gpt-4", ""])
def test_no_display_names(text: str) -> None:
    assert not is_display_name(text)


def cell(plain: str, *codes: str) -> Text:
    return Text(plain, codes)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            cell("gpt-4-0613 | gpt-4, gpt-4-completions", "gpt-4-0613", "gpt-4", "gpt-4-completions"),
            ("gpt-4-0613", "gpt-4", "gpt-4-completions"),
        ),
        (cell("a-1 (including b-2, which points to it)", "a-1", "b-2"), ("a-1", "b-2")),
        (cell("a-1 | b-2", "a-1 | b-2"), ("a-1", "b-2")),
        (cell("a-1 a-1", "a-1", "a-1"), ("a-1",)),
        (cell("gpt-4.1*", "gpt-4.1*"), ("gpt-4.1",)),
        (cell('"a-1"', '"a-1"'), ("a-1",)),
        (cell("gpt-4o-realtime-preview"), ("gpt-4o-realtime-preview",)),
        (cell("a-1, b-2 and c-3"), ("a-1", "b-2", "c-3")),
        (cell("a-1\nb-2"), ("a-1", "b-2")),
        (cell("GPT-4.1 mini, Claude Opus 4"), ("GPT-4.1 mini", "Claude Opus 4")),
        (cell("OpenAI-Beta: realtime=v1"), ("OpenAI-Beta: realtime=v1",)),
        (cell("Assistants API"), ("Assistants API",)),
        (cell("Claude Opus 4.1 (gated)"), ("Claude Opus 4.1",)),
        (cell("Sora, the video model"), ("Sora, the video model",)),
        (cell("---"), ()),
        (cell(""), ()),
        (cell("---", "---"), ()),
        (cell("Run this", "one two three four"), ("Run this",)),
        (cell("x" * 130, "x" * 130), ("x" * 130,)),
        (cell("a-1, ---"), ("a-1",)),
    ],
)
def test_the_names_of_a_model_cell(text: Text, names: tuple[str, ...]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (cell("gpt-5 or gpt-4.1*", "gpt-5", "gpt-4.1*"), ("gpt-5", "gpt-4.1")),
        (cell("gpt-5.6-sol (reasoning.mode: pro)", "gpt-5.6-sol", "reasoning.mode: pro"), ("gpt-5.6-sol",)),
        (cell("a-1, b-2, or c-3"), ("a-1", "b-2", "c-3")),
        (cell("Gemini 3.1 Flash-Lite or Gemma 4"), ("Gemini 3.1 Flash-Lite", "Gemma 4")),
        (cell("Responses API and Conversations API"), ("Responses API", "Conversations API")),
        (cell("View transition guide"), ()),
        (cell("Read the API docs"), ()),
        (cell("Omit and use prompting to guide model behavior."), ()),
        (cell("the newest one"), ()),
        (cell("---"), ()),
        (cell(""), ()),
        (cell("word " * 40), ()),
        (cell("one of the many tools of our large platform"), ()),
        (cell("see (gpt-5)", "gpt-5"), ()),
    ],
)
def test_the_replacements_a_cell_names(text: Text, names: tuple[str, ...]) -> None:
    assert recommended(text) == names
