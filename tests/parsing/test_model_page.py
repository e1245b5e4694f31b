"""Pages that describe one model."""

from datetime import UTC, datetime

import pytest

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.parsing.details.model_page import ModelPage, read_model_page
from tests.parsing.saying import Said, short

SPEC = "Context window: 128K\n\n"
CONTEXT = ("context_window", "128000", "Context window: 128K")


def parse(text: str, rules: ModelPage | None = None) -> Parsed:
    return read_model_page(Page("https://example.org", text.encode(), datetime(2026, 9, 1, tzinfo=UTC)), "openai", rules or ModelPage())


def read(text: str, rules: ModelPage | None = None) -> list[Said]:
    return short(parse(text, rules).statements)


@pytest.mark.parametrize(
    ("head", "model"),
    [
        ("Model ID: gpt-4o\n\n", "gpt-4o"),
        ("API name `gpt-4o`\n\n", "gpt-4o"),
        ("Model slug: openai/gpt-4o\n\n", "openai/gpt-4o"),
        ('model: "openai/gpt-4o",\n\n', "openai/gpt-4o"),
        ("Model name: GPT\n\nmodel = 'gpt-4o'\n\n", "gpt-4o"),
        ('---\nurl: "https://example.org/docs/models/gpt-4o"\n---\n\n', "gpt-4o"),
        ('---\ncanonical_url: "https://example.org/model/gpt-4o.md"\n---\n\n', "gpt-4o"),
        ('---\nurl: "https://example.org/docs/models/all"\n---\n\ngpt-4o\n\n', "gpt-4o"),
        ("---\ntitle: GPT-4o mini\n---\n\nWelcome\n\n", "GPT-4o mini"),
        ("# GPT-4o mini\n\n", "GPT-4o mini"),
        ("Welcome\n\nClaude Opus\n\ngpt-4o\n\n", "gpt-4o"),
    ],
)
def test_the_model_is_named_by_id_then_address_then_title(head: str, model: str) -> None:
    assert read(head + SPEC) == [(f"openai/{model}", *CONTEXT)]


@pytest.mark.parametrize(
    ("text", "drift"),
    [
        ("Onion soup\n\n" + SPEC, "no page that describes one model: it names none"),
        ("GPT-4o mini\n\nIs nice.", "no page that describes one model: no property of GPT-4o mini"),
        ("", "no page that describes one model: it names none"),
    ],
)
def test_a_page_that_names_no_model_or_gives_no_property_does_not_fit(text: str, drift: str) -> None:
    assert parse(text) == Parsed(drift=drift)


def test_a_page_without_its_markers_does_not_fit() -> None:
    rules = ModelPage(markers=("acme", "snapshots", "gpt"))
    assert parse("gpt-4o\n\n" + SPEC, rules).drift == "not the page expected: no acme and no snapshots"
    assert parse("gpt-4o by ACME: Snapshots\n\ngpt-4o\n\n" + SPEC, rules).drift == ""


def test_the_list_of_snapshots_gives_alias_and_listing() -> None:
    page = "Model ID: gpt-4o\n\n" + SPEC + "Snapshots\n\ngpt-4o\n\ngpt-4o-2024-11-20\n\ngpt-4o-2024-08-06\n\no1-2024-12-17\n"
    assert read(page, ModelPage(listed=True))[1:] == [
        ("openai/gpt-4o", "alias_of", "gpt-4o-2024-11-20", "gpt-4o gpt-4o-2024-11-20"),
        ("openai/gpt-4o", "listed", "", "gpt-4o"),
        ("openai/gpt-4o-2024-11-20", "listed", "", "gpt-4o-2024-11-20"),
        ("openai/gpt-4o-2024-08-06", "listed", "", "gpt-4o-2024-08-06"),
    ]
    assert [said[1] for said in read(page)] == ["context_window", "alias_of"]


def test_without_snapshots_there_is_no_alias() -> None:
    page = "Model ID: gpt-4o\n\n" + SPEC + "Snapshots\n\ngpt-4o\n"
    assert read(page, ModelPage(listed=True))[1:] == [("openai/gpt-4o", "listed", "", "gpt-4o")]


def test_the_first_sentence_that_says_when_it_was_released() -> None:
    page = SPEC + "gpt-4o\n\nIn 2020 nothing was released. GPT-4o was released in May 2024. It was launched on June 3, 2025.\n"
    assert read(page)[1:] == [("openai/gpt-4o", "released", "2024-05", "GPT-4o was released in May 2024.")]


def test_what_a_page_says_of_its_models_end_by_surface_and_authority() -> None:
    page = (
        "Model ID: gpt-4.1-mini\n\n"
        + SPEC
        + (
            "- GPT-4.1 Mini will reportedly be retired from ChatGPT on February 13, 2026.\n"
            "- gpt-4.1-mini-2025-04-14 will be retired on January 14, 2027.\n"
            "- GPT-4o was retired on February 13, 2026.\n"
        )
    )
    assert read(page)[1:] == [
        ("chatgpt/GPT-4.1 Mini", "retires", "2026-02-13", "GPT-4.1 Mini will reportedly be retired from ChatGPT on February 13, 2026."),
        ("openai/gpt-4.1-mini", "retires", "2027-01-14", "gpt-4.1-mini-2025-04-14 will be retired on January 14, 2027."),
    ]
    assert [said.authority for said in parse(page).statements[1:]] == [Authority.REPORT, None]


def test_notes_and_tables_and_wrapped_lines_are_read() -> None:
    page = (
        "# gpt-4o\n\n<Note>\nInput is $2.50 per million tokens.\n</Note>\n\n| Metric | Value |\n| --- | --- |\n| Output Price | $10 |\n\n"
        "It has a 128K\ncontext window.\nNothing else"
    )
    assert read(page) == [
        ("openai/gpt-4o", "output_price", "10", "Output Price | $10"),
        ("openai/gpt-4o", "input_price", "2.5", "Input is $2.50 per million tokens."),
        ("openai/gpt-4o", "context_window", "128000", "It has a 128K context window."),
    ]


def test_data_in_json_is_no_page_of_a_model() -> None:
    page = Page("https://acme.example/models", b'[{"id": "alpha-1"}]', datetime(2026, 3, 1, tzinfo=UTC))
    assert read_model_page(page, "acme", ModelPage()).drift == "JSON, not a page that describes one model"


def test_an_alias_apart_from_its_snapshot_quotes_the_snapshot_alone() -> None:
    page = f"GPT-4o\n\n{SPEC}\n\nSnapshots\n\ngpt-4o\n\nThe pointer.\n\ngpt-4o-2024-11-20\n"
    [said] = [said for said in read(page) if said[1] == "alias_of"]
    assert said[2:] == ("gpt-4o-2024-11-20", "gpt-4o-2024-11-20")


def test_the_page_of_an_api_describes_no_model() -> None:
    assert parse("# HTTP T2A API\n\nThis API is powered by Heron-2 and supports video generation.\n").drift
