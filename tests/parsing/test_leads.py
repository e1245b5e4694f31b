"""Leads that stand apart from their lists and tables."""

from datetime import UTC, datetime

import pytest

from monitor.domain.pages import Page
from monitor.parsing.announcement import Announcement, read_announcement
from tests.parsing.saying import short


def read(text: str) -> list[tuple[str, str, str]]:
    """(model, fact, value) of everything a page of Markdown states."""
    page = Page("https://example.org", text.encode(), datetime(2027, 9, 1, tzinfo=UTC))
    return [
        (who.removeprefix("acme/"), fact, value) for who, fact, value, _ in short(read_announcement(page, Announcement("acme")).statements)
    ]


def test_a_heading_opens_the_list_below_it() -> None:
    page = """# News

## Models deprecated on May 30, 2027

- `@acme/heron-2` --> `@acme/heron-3`
- `@acme/egret-1`

## Variants that remain active

- `@acme/heron-2-fast`
"""
    assert read(page) == [
        ("@acme/heron-2", "deprecated", "2027-05-30"),
        ("@acme/egret-1", "deprecated", "2027-05-30"),
        ("@acme/heron-2", "replaced_by", "@acme/heron-3"),
    ]


def test_a_heading_that_names_its_model_or_begins_with_its_day_opens_none() -> None:
    assert read("## heron-2 retired on May 30, 2027\n\n- `egret-1`\n- `teal-3`\n") == [("heron-2", "retires", "2027-05-30")]
    assert read("## 2027-05-30: Deprecations\n\n- `egret-1`\n- `teal-3`\n") == []


def test_headings_that_are_days_open_lists_where_the_page_says_so() -> None:
    page = """# Schedule

The following models will be retired after 23:59 on the listed dates.

## 2027-07-17

- `heron-2` / `heron-2-pro`
- `egret-1` → `egret-2` / `egret-3`

## 2027-07-23

- `teal-3`
"""
    assert read(page) == [
        ("heron-2", "retires", "2027-07-17"),
        ("heron-2-pro", "retires", "2027-07-17"),
        ("egret-1", "retires", "2027-07-17"),
        ("egret-1", "replaced_by", "egret-2"),
        ("egret-1", "replaced_by", "egret-3"),
        ("teal-3", "retires", "2027-07-23"),
    ]
    assert read("# Schedule\n\nModels are retired on the listed dates.\n\n## Notes\n\n- `teal-3`\n") == []
    assert read("# Schedule\n\nWe meet on the listed dates.\n\n## 2027-07-17\n\n- `teal-3`\n") == []


def test_a_sentence_points_to_a_table_of_the_next_section() -> None:
    lead = "We will be {} the models listed below on June 19, 2027 (UTC). You have 15 days.\n\n## Impacted models\n\nSee the table.\n\n"
    table = "| Deprecated model | Recommended alternative |\n| --- | --- |\n| `heron-2` | `heron-3` |\n"
    assert read(lead.format("deprecating") + table) == [("heron-2", "replaced_by", "heron-3"), ("heron-2", "deprecated", "2027-06-19")]
    assert read(lead.format("retiring") + table) == [("heron-2", "replaced_by", "heron-3"), ("heron-2", "retires", "2027-06-19")]
    assert read(lead.format("retiring") + "| Model | Size |\n| --- | --- |\n| `heron-2` | 7B |\n") == [("heron-2", "retires", "2027-06-19")]


def test_what_points_below_holds_for_one_table_and_only_with_a_day() -> None:
    table = "| Deprecated model | Recommended alternative |\n| --- | --- |\n| `{}` | `heron-9` |\n\n"
    page = (
        "We will retire the models below on June 19, 2027.\n\n## One\n\n" + table.format("heron-2") + "## Two\n\n" + table.format("heron-3")
    )
    assert ("heron-3", "retires", "2027-06-19") not in read(page)
    assert read("We will retire the models below soon.\n\n## One\n\n" + table.format("heron-2")) == [("heron-2", "replaced_by", "heron-9")]


def test_these_models_are_those_of_the_table_that_follows() -> None:
    page = """## Gone

These models will stop serving requests on June 1, 2027.

| Model | Snapshots affected |
| --- | --- |
| `heron-1` | All |
| `heron-2` | `heron-2-2027-03-07` |

## Reduced

These models will continue to serve fewer languages.

| Model | Languages |
| --- | --- |
| `egret-1` | it, nl |
"""
    assert read(page) == [("heron-1", "retires", "2027-06-01"), ("heron-2-2027-03-07", "retires", "2027-06-01")]


def test_a_heading_tells_the_end_that_its_text_gives_no_day_for() -> None:
    page = (
        "## July 9, 2027 — Heron 2 and Heron 2 Pro retired July 8, 2027\n\nHeron 2 (heron-2), Heron 2 Pro (heron-2-pro) are not offered.\n"
    )
    assert read(page) == [("heron-2", "retires", "2027-07-08"), ("heron-2-pro", "retires", "2027-07-08")]
    page = "## June 4, 2027 — Heron 2 retiring June 17, 2027\n\nThe Heron 2 model will be shut down on June 17, 2027 at 12:00 UTC.\n"
    assert [said for said in read(page) if said[1] == "retires"] == [("Heron 2", "retires", "2027-06-17")]
    assert read("## Heron 2 will retire\n\nMore on June 17, 2027.\n") == []


def test_a_callout_beside_a_table_adds_what_the_table_does_not_say() -> None:
    page = """| Model | EOL date |
| --- | --- |
| `egret-1` | 14th November, 2027 |

<Message type="note">
  Heron 3.1 70B is now deprecated.
  After May 25th 2027, your requests to Heron 3.1 70B will be redirected automatically to Heron 3.3 70B.
</Message>

Heron 2 is nice.
"""
    assert read(page) == [
        ("egret-1", "retires", "2027-11-14"),
        ("Heron 3.1 70B", "stage", "deprecated"),
        ("Heron 3.1 70B", "redirects", "2027-05-25"),
        ("Heron 3.1 70B", "replaced_by", "Heron 3.3 70B"),
    ]


def test_a_list_without_a_day_gives_its_pairs_and_is_meant_by_the_deprecated_models() -> None:
    page = """* The following models are being deprecated and replaced with newer versions:
  * Chat models:
    * `heron-2` → replaced with `heron-3`
    * `egret-1` → replaced with `egret-2`
  * After 2027-03-20, the deprecated models will no longer be available.
"""
    assert sorted(read(page)) == [
        ("egret-1", "replaced_by", "egret-2"),
        ("egret-1", "retires", "2027-03-20"),
        ("heron-2", "replaced_by", "heron-3"),
        ("heron-2", "retires", "2027-03-20"),
    ]


def test_a_list_without_a_day_leaves_the_days_beside_its_names() -> None:
    page = "The following models are being retired:\n\n- `heron-2` will be retired on May 1, 2027\n- `egret-1` (retired on June 1, 2027)\n"
    assert read(page) == [("heron-2", "retires", "2027-05-01"), ("egret-1", "retires", "2027-06-01")]


def test_that_date_is_the_day_of_the_sentence_before() -> None:
    page = "heron-2 will be removed on July 9, 2027. On that date, any agents using heron-2 will be automatically migrated to heron-3.\n"
    assert read(page) == [
        ("heron-2", "retires", "2027-07-09"),
        ("heron-2", "redirects", "2027-07-09"),
        ("heron-2", "replaced_by", "heron-3"),
    ]


def test_a_column_of_names_is_of_models_whatever_its_header_says() -> None:
    page = """| Shutdown date | What shuts down | Recommended replacement |
| --- | --- | --- |
| 1 Dec 2027 | `heron-2`, `heron-2.5` (and `-2027-02-16`) | `heron-3` |
| 2 Dec 2027 | `egret-1` | — |
"""
    assert read(page) == [
        ("heron-2", "retires", "2027-12-01"),
        ("heron-2", "replaced_by", "heron-3"),
        ("heron-2.5", "retires", "2027-12-01"),
        ("heron-2.5", "replaced_by", "heron-3"),
        ("heron-2.5-2027-02-16", "retires", "2027-12-01"),
        ("heron-2.5-2027-02-16", "replaced_by", "heron-3"),
        ("egret-1", "retires", "2027-12-02"),
    ]
    assert read("| Shutdown date | What |\n| --- | --- |\n| 1 Dec 2027 | The office |\n") == []


@pytest.mark.parametrize("line", ["On April 14, 2026,", "April 14, 2026", "On April 14, 2026, Acme", "Heron 2, Egret 1,"])
def test_where_a_page_breaks_off_a_day_is_no_model_below_a_lead(line: str) -> None:
    page = f"### 2026-04-14: Heron models\n\n<Note>\nThese models were retired June 15, 2026.\n</Note>\n\n{line}"
    assert [name for name, fact, _ in read(page) if fact == "retires"] == []
