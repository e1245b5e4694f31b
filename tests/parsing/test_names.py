"""Names in cells: ids, display names, what only links to a model, and what is none."""

import pytest

from monitor.parsing.documents import Text
from monitor.parsing.naming.names import is_display_name, named, recommended


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        (
            Text("gpt-4-0613 | gpt-4, gpt-4-completions", ("gpt-4-0613 | gpt-4", "gpt-4-completions")),
            ("gpt-4-0613", "gpt-4", "gpt-4-completions"),
        ),
        (Text("Mistral 7B ↗", links=(("Mistral 7B ↗", "/models/mistral-7b-0-1"),)), ("Mistral 7B",)),
        (Text("textembedding-gecko@003 *", ("textembedding-gecko@003 *",)), ("textembedding-gecko@003",)),
        (Text("claude-mythos-preview (gated research preview)"), ("claude-mythos-preview",)),
        (Text("heron-2 / -001, -002", ("heron-2", "-001", "-002")), ("heron-2", "heron-2-001", "heron-2-002")),
        (Text("-001", ("-001",)), ()),
        (Text("8"), ()),
        (Text("-", ("-",)), ()),
        (Text("—"), ()),
        (Text("a-1 - 2024-10-01", ("a-1", "2024-10-01")), ("a-1",)),
        (Text("`a-1, a-2"), ("a-1", "a-2")),
        (Text("a-1, and more", ("a-1", "one two three four five six seven eight nine ten eleven twelve")), ("a-1",)),
    ],
)
def test_a_model_cell_gives_its_names_without_marks_and_brackets(cell: Text, names: tuple[str, ...]) -> None:
    assert named(cell) == names


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        (Text("Cohere Command R+ 08-2024"), ("Cohere Command R+ 08-2024",)),
        (Text("Kimi K2.6 or MiniMax M3"), ("Kimi K2.6", "MiniMax M3")),
        (Text("Gemini 3.1 Flash-Lite or Gemma 4"), ("Gemini 3.1 Flash-Lite", "Gemma 4")),
        (Text("Codestral", links=(("Codestral", "https://docs.mistral.ai/models/codestral-25-08"),)), ("Codestral",)),
        (Text("Guide", links=(("Guide", "/docs/guide"),)), ()),
        (Text("冰糖", links=(("冰糖", "/models/x"),)), ()),
        (Text("Codestral"), ()),
        (Text("`-`", ("-",)), ()),
        (Text("sora-2 (2025-12-08)"), ("sora-2",)),
        (Text("DeepSeek V3.1 (deepseek-ai/DeepSeek-V3.1)", ("deepseek-ai/DeepSeek-V3.1",)), ("deepseek-ai/DeepSeek-V3.1",)),
        (Text("GLM 4.7 (zai-org/GLM-4.7), Kimi K2.5"), ("zai-org/GLM-4.7", "Kimi K2.5")),
        (Text("Llama 3.3 Instruct (70B)"), ("Llama 3.3 Instruct",)),
        (Text("gpt-oss 120b"), ("gpt-oss 120b",)),
        (Text("GLM-5.2、GLM-5.1、\nDeepSeek-V4-Flash"), ("GLM-5.2", "GLM-5.1", "DeepSeek-V4-Flash")),
        (Text("Kling v3.0"), ("Kling v3.0",)),
        (Text("gpt-4.1 version: 2025-04-14", ("gpt-4.1", "2025-04-14")), ("gpt-4.1",)),
        (Text("gpt-4.1, 2025-04-14"), ("gpt-4.1",)),
        (Text("`gpt-4.1"), ("gpt-4.1",)),
    ],
)
def test_a_replacement_cell_gives_what_has_the_form_of_a_name_or_links_to_a_model(cell: Text, names: tuple[str, ...]) -> None:
    assert recommended(cell) == names


def test_a_plus_may_end_a_word_of_a_display_name() -> None:
    assert is_display_name("Command R+ 08-2024")
    assert not is_display_name("see the docs")


@pytest.mark.parametrize("name", ["Kimi K2.5", "DeepSeek V3.1", "MiniMax M2", "Command R7B", "Qwen 3 A3B", "Kling v3.0 Turbo"])
def test_a_version_may_have_a_letter_before_its_number(name: str) -> None:
    assert is_display_name(name)


def test_the_title_of_a_task_is_no_model() -> None:
    assert not is_display_name("Create H3-Video Task")
