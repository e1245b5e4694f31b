"""Specs of one model from the lines of its page."""

import pytest

from monitor.domain.facts import Spec, SpecName
from monitor.parsing.details.specs import Found, Line, labelled, said, settled

Short = tuple[str, str, str]


def short(found: list[Found]) -> list[Short]:
    return [(item.spec.name.value, item.spec.value, item.quote) for item in found]


def read(*lines: str | tuple[str, ...]) -> list[Short]:
    return short(list(labelled([Line(line) if isinstance(line, str) else Line(" | ".join(line), line) for line in lines])))


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("Context window: 128K",), ("context_window", "128000", "Context window: 128K")),
        (("Context Window 1,047,576 tokens",), ("context_window", "1047576", "Context Window 1,047,576 tokens")),
        (("1,047,576 context window",), ("context_window", "1047576", "1,047,576 context window")),
        (("Context window", "16,385 tokens"), ("context_window", "16385", "Context window 16,385 tokens")),
        (("- **Max output**: 16K",), ("max_output", "16000", "- **Max output**: 16K")),
        (("4,096 max output tokens",), ("max_output", "4096", "4,096 max output tokens")),
        (("Max Response Size 32,768 tokens",), ("max_output", "32768", "Max Response Size 32,768 tokens")),
        (("Output limit: 8192",), ("max_output", "8192", "Output limit: 8192")),
        (("Training Data May 31, 2024",), ("knowledge_cutoff", "2024-05-31", "Training Data May 31, 2024")),
        (("Jun 01, 2024 knowledge cutoff",), ("knowledge_cutoff", "2024-06-01", "Jun 01, 2024 knowledge cutoff")),
        (("Knowledge cutoff", "May–June 2024"), ("knowledge_cutoff", "2024-05/2024-06", "Knowledge cutoff May–June 2024")),
        (("Input $0.40/MTok",), ("input_price", "0.4", "Input $0.40/MTok")),
        (("Cached input", "$0.10"), ("cached_input_price", "0.1", "Cached input $0.10")),
        ((("Output Price", "$3.2", "—"),), ("output_price", "3.2", "Output Price | $3.2")),
        ((("Cache Read", "$0.2"),), ("cached_input_price", "0.2", "Cache Read | $0.2")),
        (("Input modalities: text",), ("input_modality", "text", "Input modalities: text")),
        (("Outputs", "audio"), ("output_modality", "audio", "Outputs audio")),
        (("Image", "Input only"), ("input_modality", "image", "Image Input only")),
        (("Audio", "Output only"), ("output_modality", "audio", "Audio Output only")),
    ],
)
def test_a_label_and_its_value(lines: tuple[str | tuple[str, ...], ...], found: Short) -> None:
    assert read(*lines) == [found]


def test_a_direction_may_be_both() -> None:
    assert read("Text", "Input and output") == [
        ("input_modality", "text", "Text Input and output"),
        ("output_modality", "text", "Text Input and output"),
    ]


def test_a_pair_of_prices_above_its_labels() -> None:
    assert read("$0.4 • $1.6", "Input • Output") == [
        ("input_price", "0.4", "$0.4 • $1.6 Input • Output"),
        ("output_price", "1.6", "$0.4 • $1.6 Input • Output"),
    ]
    assert read("$0.4 • varies", "Input • Output") == [("input_price", "0.4", "$0.4 • varies Input • Output")]


@pytest.mark.parametrize(
    "lines",
    [
        ("Context window: large",),
        ("Input: good",),
        ("Input modalities: text generation",),
        ("Audio", "Not supported"),
        ("Text, image", "Input only"),
        ("Image Input $0",),
        ("Per 1M tokens",),
        ("A long line " * 20 + ": 128K",),
        ("Context window: " + "x" * 90 + " 128K",),
        ("Release date: Unknown",),
        (("only one cell",),),
        (),
    ],
)
def test_what_is_no_label_and_value(lines: tuple[str | tuple[str, ...], ...]) -> None:
    assert read(*lines) == []


def test_prices_of_other_tokens_stay_out_until_text_comes_again() -> None:
    found = read("Audio tokens", "Input", "$32.00", "Text tokens", "Input", "$4.00")
    assert found == [("input_price", "4", "Input $4.00")]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("It has a 128K context window.", [("context_window", "128000")]),
        ("It has a 1048K-token context window.", [("context_window", "1048000")]),
        ("The context window is 200,000 tokens.", [("context_window", "200000")]),
        ("A context window of over one million tokens — specifically 1,047,576 tokens.", [("context_window", "1047576")]),
        ("A context window of 0 tokens.", []),
        ("Input is $0.40 per million tokens and output is $1.60 per million tokens.", [("input_price", "0.4"), ("output_price", "1.6")]),
        ("With prompt caching, input drops to $0.10.", [("cached_input_price", "0.1")]),
        ("It costs $0.40/1M input and $1.60/1M output.", [("input_price", "0.4"), ("output_price", "1.6")]),
        ("It costs $0.10 per million tokens cached input.", [("cached_input_price", "0.1")]),
        ("Output costs $0.03 per 1K tokens.", [("output_price", "30")]),
        ("It accepts both text and image inputs.", [("input_modality", "text"), ("input_modality", "image")]),
        ("It handles inputs across images and files.", [("input_modality", "image"), ("input_modality", "file")]),
        ("It does not accept audio inputs.", []),
        ("It accepts strange inputs.", []),
        ("Input matters, and so does money: $5.", []),
        ("It has a 128K context window" + " and more" * 300 + ".", []),
    ],
)
def test_a_sentence_states(sentence: str, found: list[tuple[str, str]]) -> None:
    assert short(list(said(sentence))) == [(*spec, sentence) for spec in found]


def spec(name: SpecName, value: str, *, by_label: bool = True, rounded: bool = False) -> Found:
    return Found(Spec(name, value), "x", by_label, rounded)


def test_a_value_counts_once_labelled_ones_first() -> None:
    prose, label = spec(SpecName.INPUT_PRICE, "0.4", by_label=False), spec(SpecName.INPUT_PRICE, "0.4")
    other = spec(SpecName.INPUT_PRICE, "0.5", by_label=False)
    assert settled([prose, other, label]) == (label, other)


def test_a_rounded_count_gives_way_to_the_exact_one_it_shortens() -> None:
    exact, short_of_it = spec(SpecName.CONTEXT_WINDOW, "1047576"), spec(SpecName.CONTEXT_WINDOW, "1048000", rounded=True)
    other, output = spec(SpecName.CONTEXT_WINDOW, "128000", rounded=True), spec(SpecName.MAX_OUTPUT, "1048000", rounded=True)
    assert settled([short_of_it, exact, other, output]) == (exact, other, output)
