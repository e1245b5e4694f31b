"""Spec sheets: labelled values and sentences of one model."""

from datetime import UTC, datetime

from monitor.domain.facts import fact_name, fact_value
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.parsing.announcement import Announcement
from monitor.parsing.details.spec_sheet import read_spec_sheets

RULES = Announcement("vertex", markers=(("model",),))


def read(text: str) -> Parsed:
    return read_spec_sheets(Page("https://example.org", text.encode(), datetime(2026, 9, 1, tzinfo=UTC)), RULES)


def said(text: str) -> list[str]:
    return [f"{statement.key.model} {fact_name(statement.fact)} {fact_value(statement.fact)}" for statement in read(text).statements]


def test_a_sentence_about_the_model_of_its_heading_dates_it() -> None:
    assert said(
        """# Models

## Jamba 1.5

Jamba 1.5 was deprecated on May 1, 2025 and has been shut down on August 1, 2025. It was first shown on May 1, 2024.

> Jamba 1.5 is not Jamba 2.

Model ID

`jamba-1.5`
"""
    ) == ["jamba-1.5 deprecated 2025-05-01", "jamba-1.5 stage deprecated", "jamba-1.5 retires 2025-08-01", "jamba-1.5 stage retired"]


def test_a_sentence_about_another_model_says_nothing_of_this_one() -> None:
    assert said("## Jamba 1.5\n\nClaude 3 is deprecated as of May 1, 2025.\n\nThis model is deprecated.\n\nModel ID\n\n`jamba-1.5`\n") == [
        "jamba-1.5 stage deprecated"
    ]


def test_the_id_may_stand_in_another_section() -> None:
    assert said(
        """# Nova, a model

- **Model launch date:** May 23, 2025
- **EOL no sooner than:** May 23, 2026
- **Model EOL date:** No sooner than 6/23/2026
- **Legacy period:** at least 6 months
- **Note:**

## Use

| Endpoint | Model ID |
| --- | --- |
| runtime | amazon.nova-v1:0 |
| mantle |
| other | Not supported |
"""
    ) == ["amazon.nova-v1:0 released 2025-05-23", "amazon.nova-v1:0 retires 2026-06-23"]


def test_a_table_of_labels_and_values_is_a_sheet_too() -> None:
    assert said(
        """## Claude 3.5 Sonnet v2

Claude 3.5 Sonnet v2 is **deprecated as of August 20, 2025** and will be **shut down on February 19, 2026** .

<table><tbody>
<tr><th>Model ID</th><td><code>claude-3-5-sonnet-v2</code></td></tr>
<tr><th>Launch stage</th><td>GA</td></tr>
<tr><th>Versions</th><td><code>claude-3-5-sonnet-v2</code>
<ul><li>Launch stage: Generally available</li><li>Release date: October 22, 2024</li></ul></td></tr>
<tr><th>Alone</th></tr>
</tbody></table>

## Jamba

| Model ID | `jamba-1.5` |
| --- | --- |
| Launch stage | Preview |
"""
    ) == [
        "claude-3-5-sonnet-v2 deprecated 2025-08-20",
        "claude-3-5-sonnet-v2 stage deprecated",
        "claude-3-5-sonnet-v2 retires 2026-02-19",
        "claude-3-5-sonnet-v2 stage active",
        "claude-3-5-sonnet-v2 released 2024-10-22",
        "jamba-1.5 stage preview",
    ]


def test_a_later_floor_takes_the_place_of_an_earlier_and_a_date_that_of_both() -> None:
    head = "# A model\n\nModel ID\n\n`nova-1`\n\n- EOL no sooner than: May 23, 2026\n- Model EOL date: No sooner than June 23, 2026\n"
    assert said(head) == ["nova-1 retires 2026-06-23"]
    assert said(head + "- Retirement date: July 1, 2026\n") == ["nova-1 retires 2026-07-01"]


def test_what_cannot_be_read_or_placed_is_skipped_with_its_reason() -> None:
    parsed = read(
        """# Models

## One

Model ID

`one-1`

- Release date: May 1, 2025 or May 2, 2025
- Launch stage: Unclear

## Two

Model ID

`two-1`

Launch stage

GA

## Three

- Release date: May 3, 2025
"""
    )
    assert [item.shape for item in parsed.skipped] == ["released: unreadable date", "no model"]
    assert [f"{statement.key.model} {fact_value(statement.fact)}" for statement in parsed.statements] == ["two-1 active"]


def test_tables_of_lifecycles_beside_the_sheets_are_read_too() -> None:
    parsed = read(
        """# Models

## Jamba 1.5

Jamba 1.5 is deprecated as of May 1, 2025.

| Model ID | `jamba-1.5` |
| --- | --- |

## Others

| Model ID | Shutdown date |
| --- | --- |
| `claude-3-haiku` | August 23, 2026 |
| `claude-3-opus` | soon, in 2026-08 |

| Model ID | Shutdown date |
| --- | --- |
| `claude-4` | August 24, 2026 |
| `claude-5` | Aug"""
    )
    assert [f"{statement.key.model} {fact_value(statement.fact)}" for statement in parsed.statements] == [
        "claude-3-haiku 2026-08-23",
        "claude-4 2026-08-24",
        "jamba-1.5 2025-05-01",
        "jamba-1.5 deprecated",
    ]
    assert [item.shape for item in parsed.skipped] == ["retires: unreadable date", "cut"]
    assert parsed.cut


def test_a_table_of_many_ids_is_no_sheet_of_one_model() -> None:
    ids = "\n".join(f"| model-{number} |" for number in range(30))
    parsed = read(f"# Models\n\n- Release date: May 3, 2025\n\n| Model ID |\n| --- |\n{ids}\n")
    assert (parsed.statements, [item.shape for item in parsed.skipped]) == ((), ["no model"])


def test_a_page_without_sheets_or_of_something_else_drifts() -> None:
    assert read("# A model\n\nNothing.\n").drift == "no model with an id and a fact of its life on this page"
    assert read("# Nothing\n").drift == "not the page expected: no model"
