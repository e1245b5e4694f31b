"""What surrounds a table."""

import pytest

from monitor.domain.when import When, read_value
from monitor.parsing.documents import Block, Items, Note, Paragraph, Section, Table, Text
from monitor.parsing.headings import heading_date, texts, told, topic


def section(title: str, *blocks: Block, path: tuple[str, ...] = ()) -> Section:
    return Section(Text(title), 3, blocks, path)


def test_the_texts_of_a_section_are_those_outside_its_tables() -> None:
    paragraph, items = Paragraph(Text("one")), Items((Text("two"), Text("three")))
    note, table = Note((Text("four"), Text("five"))), Table((Text("Model"),), ())
    assert list(texts((paragraph, table, items, note))) == [
        (paragraph, Text("one")),
        (items, Text("two")),
        (items, Text("three")),
        (note, Text("four")),
        (note, Text("five")),
    ]


@pytest.mark.parametrize(
    ("title", "path", "date", "words"),
    [
        ("2026-06-11: GPT-5 snapshots", (), "2026-06-11", "2026-06-11: GPT-5 snapshots"),
        ("May 7, 2026 - Fine-tuning", (), "2026-05-07", "May 7, 2026 - Fine-tuning"),
        ("Edit models", ("Past", "2023-07-06: GPT and edits"), "2023-07-06", "2023-07-06: GPT and edits"),
        ("Legacy snapshots (March 2026)", (), None, ""),
        ("Overview", ("Deprecations",), None, ""),
    ],
)
def test_a_section_takes_the_date_its_heading_or_the_one_above_begins_with(
    title: str, path: tuple[str, ...], date: str | None, words: str
) -> None:
    assert heading_date(section(title, path=path)) == (read_value(date) if date else None, words)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On May 7th, 2026, we notified developers.", [("2026-05-07", "On May 7th, 2026, we notified developers.")]),
        ("In September, 2025, we told everybody. More follows.", [("2025-09", "In September, 2025, we told everybody.")]),
        ("On May 7, 2026, we shipped it.", []),
        ("We notified developers on May 7, 2026.", []),
        ("On our side, May 7, 2026 is when we notified developers.", []),
        ("On many days we notified developers.", []),
    ],
)
def test_the_days_on_which_somebody_was_told(text: str, found: list[tuple[str, str]]) -> None:
    expected: list[tuple[When, str]] = [(read_value(date), sentence) for date, sentence in found]
    assert told(section("x", Paragraph(Text(text)))) == expected


def test_nobody_is_told_in_a_list() -> None:
    assert told(section("x", Items((Text("On May 7, 2026, we notified developers."),)))) == []


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("2026-06-03: Evals platform", "Evals platform"),
        ("Update to OpenAI’s self-serve fine-tuning", "self-serve fine-tuning"),
        ("2026-01-01 – A change to prompts", "prompts"),
        ("Agent Builder", "Agent Builder"),
        ("2026-01-01", ""),
    ],
)
def test_what_a_section_is_about(title: str, about: str) -> None:
    assert topic(section(title)) == about
