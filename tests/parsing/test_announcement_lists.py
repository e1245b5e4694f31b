"""Lists under their leads, dated blocks, headings by what the page shows that they mean, and what stays unread."""

from datetime import UTC, datetime

import pytest

from monitor.domain.claims import Skipped
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.parsing.announcement import Announcement, Heading, read_announcement
from tests.parsing.saying import short

AT = datetime(2026, 9, 1, tzinfo=UTC)
PLAIN = Announcement("acme")


def parsed(markdown: str, rules: Announcement = PLAIN) -> Parsed:
    return read_announcement(Page("https://example.org", markdown.encode(), AT), rules)


def said(markdown: str, rules: Announcement = PLAIN) -> list[tuple[str, str, str]]:
    return [(who, fact, value) for who, fact, value, _ in short(parsed(markdown, rules).statements)]


def test_a_lead_gives_its_day_to_every_name_below_it() -> None:
    page = "On May 1, 2026, the following models will be shut down:\n\n- `a-1` (and its alias `a`)\n- `b-1` (see `c-1`)\n- Model 3 Pro\n\nThe end of `d-1`."  # noqa: E501 - a page in one line
    assert said(page) == [(f"acme/{name}", "retires", "2026-05-01") for name in ("a-1", "a", "b-1", "Model 3 Pro")]


def test_a_lead_without_a_day_takes_the_one_given_before() -> None:
    page = "Several models leave; they are deprecated as of May 1, 2026.\n\nDeprecated models:\n\n- `a-1`\n\nRemoved models:\n\n- `b-1`"
    assert said(page) == [("acme/a-1", "deprecated", "2026-05-01"), ("acme/b-1", "retires", "2026-05-01")]


def test_a_table_behind_the_items_of_a_list_is_more_of_the_same_list() -> None:
    page = "On May 1, 2026, the following models will be shut down:\n\n- `a-1`\n\n| Model | Size |\n|---|---|\n| `b-1` | 7B |\n"
    assert said(page) == [("acme/a-1", "retires", "2026-05-01"), ("acme/b-1", "retires", "2026-05-01")]


def test_a_lead_may_be_a_heading_of_nouns() -> None:
    assert said("Deprecations as of May 1, 2026:\n\n- `a-1`") == [("acme/a-1", "deprecated", "2026-05-01")]


def test_a_step_of_a_timeline_without_a_day_is_skipped() -> None:
    page = "## 2026-02-01: The Evals API\n\n| Date | Update |\n|---|---|\n| soon | The Evals API will be shut down. |\n"
    assert [skipped.shape for skipped in parsed(page).skipped] == ["timeline: a step that ends nothing"]


def test_a_list_under_a_lead_without_any_day_states_nothing() -> None:
    assert said("The following models will be shut down:\n\n- `a-1`") == []
    assert said("The following models are new since May 1, 2026:\n\n- `a-1`") == []


def test_a_lead_that_says_how_it_is_gives_its_list_that_stage() -> None:
    page = "The following models are now deprecated. Please move to the suggested ones with enhanced features:\n\n"
    items = "- Acme-Nemo users should transition to b-2503.\n- a-2411 users should transition to b-2505."
    assert said(page + items) == [
        ("acme/Acme-Nemo", "stage", "deprecated"),
        ("acme/a-2411", "stage", "deprecated"),
        ("acme/Acme-Nemo", "replaced_by", "b-2503"),
        ("acme/a-2411", "replaced_by", "b-2505"),
    ]
    assert said("The following models have been retired:\n\n- `a-1`") == [("acme/a-1", "stage", "retired")]
    assert said("The following models are deprecated and will be removed soon:\n\n- `a-1`") == [("acme/a-1", "stage", "deprecated")]
    assert said("The following models are deprecated.\n\nBuilt May 1, 2026. Deprecated models:\n\n- `a-1`") == []


def test_a_clause_in_a_list_of_services_names_none() -> None:
    page = "On May 1, 2026 the following models will be shut down. Use others for more features:\n\n- a-1 users should transition to b-1.\n"
    assert said(page) == [("acme/a-1", "retires", "2026-05-01"), ("acme/a-1", "replaced_by", "b-1")]
    page = "On May 1, 2026, the following features will be shut down:\n\n- Batch editing\n- They will be missed"
    assert said(page) == [("acme/Batch editing", "retires", "2026-05-01")]


def test_what_says_of_which_models_a_list_is_names_none_of_them() -> None:
    assert said("On May 1, 2026, the following Gemini 1.5 models will be shut down:\n\n- `g-1.5-pro`") == [
        ("acme/g-1.5-pro", "retires", "2026-05-01")
    ]
    assert said("## September 29, 2025\n\n- The following Gemini 1.5 models are now shut down: `g-1.5-pro`, `g-1.5-flash`.") == [
        ("acme/g-1.5-pro", "retires", "2025-09-29"),
        ("acme/g-1.5-pro", "stage", "retired"),
        ("acme/g-1.5-flash", "retires", "2025-09-29"),
        ("acme/g-1.5-flash", "stage", "retired"),
    ]


def test_what_an_entry_tells_as_redirected_was_so_from_its_day() -> None:
    page = "## May 20, 2025\n\n- The `a-1` model is now redirected to `b-1`.\n"
    assert said(page) == [("acme/a-1", "redirects", "2025-05-20"), ("acme/a-1", "replaced_by", "b-1")]


def test_dates_tracked_as_the_earliest_are_floors() -> None:
    page = "The announced earliest shutdown dates are tracked on this page.\n\n" + TABLE.format("2026-06-17")
    assert short(parsed(page).statements)[0][:3] == ("acme/a-1", "retires", "not_before:2026-06-17")


def test_a_list_below_the_section_that_gives_its_day_says_which_models_are_meant() -> None:
    page = "## Some models leave\n\nSeveral models will be retired on May 1, 2026.\n\n"
    assert said(page + "### Affected models\n\n- `a-1`\n- Model 3 Pro\n") == [
        ("acme/a-1", "retires", "2026-05-01"),
        ("acme/Model 3 Pro", "retires", "2026-05-01"),
    ]
    assert said(page + "### What to do\n\n- `a-1` → `b-1`\n- `c-1` → `c-2 max`\n- `d-1` (use `e-1`)\n") == [
        ("acme/a-1", "retires", "2026-05-01"),
        ("acme/d-1", "retires", "2026-05-01"),
        ("acme/a-1", "replaced_by", "b-1"),
        ("acme/d-1", "replaced_by", "e-1"),
    ]
    assert said(page + "### New models\n\n- `a-1`\n") == []
    assert said(page + "## Affected models\n\n- `a-1`\n") == []


def test_what_leaves_one_deployment_goes_on_in_others() -> None:
    assert said("Starting May 1, 2026, `a-1` is no longer available on Acme public endpoints.") == [
        ("acme/a-1 [deployment=public]", "retires", "2026-05-01")
    ]
    assert said("The following serverless models will be removed on May 1, 2026:\n\n- `a-1`") == [
        ("acme/a-1 [deployment=serverless]", "retires", "2026-05-01")
    ]


def test_the_surface_of_the_lead_holds_for_the_list() -> None:
    rules = Announcement("acme", surfaces=(("Codex", "codex"),))
    assert said("On May 1, 2026, these models were removed from Codex:\n\n- `a-1`", rules) == [("codex/a-1", "retires", "2026-05-01")]


def test_endpoints_and_parameters_are_services() -> None:
    page = "As of May 1, 2026 these end.\n\nRemoved from service as of May 1, 2026:\n\n- `/v1/edit`\n- `/v1/chat` parameters: `top_k`, `seed`\n- `a-1`"  # noqa: E501 - a page in one line
    kinds = [(str(statement.key), statement.kind.value) for statement in parsed(page).statements]
    assert kinds == [("acme//v1/edit", "service"), ("acme/top_k", "service"), ("acme/seed", "service"), ("acme/a-1", "service")]


def test_advice_in_groups_goes_to_the_models_it_names() -> None:
    page = (
        "On May 1, 2026, the following models will be retired:\n\n- `embed-1`\n- `chat-1`\n\nPlease migrate to one of these:\n\n"
        "- Embedding alternatives:\n- `embed-2`\n- Other alternatives:\n- `chat-2`\n- `chat-1`\n- No name at all, only words."
    )
    assert said(page)[2:] == [("acme/embed-1", "replaced_by", "embed-2"), ("acme/chat-1", "replaced_by", "chat-2")]


def test_an_announced_section_dates_the_deprecation_of_its_list() -> None:
    page = "## 2026-02-01: Old ones\n\nOn May 1, 2026, the following models will be retired:\n\n- `a-1`"
    assert said(page) == [("acme/a-1", "retires", "2026-05-01"), ("acme/a-1", "deprecated", "2026-02-01")]
    assert said(page, Announcement("acme", heading=Heading.NOTHING)) == [("acme/a-1", "retires", "2026-05-01")]


TABLE = "| Model | Shutdown date |\n| --- | --- |\n| `a-1` | {} |\n"


def test_a_heading_is_the_end_where_the_page_shows_it() -> None:
    rules = Announcement("acme", heading=Heading.EVIDENT)
    page = (
        "## 2026-05-01: a-1\n\n"
        + TABLE.format("2026-05-01")
        + "\n## 2026-06-01: b-1\n\n"
        + TABLE.format("2026-06-03").replace("a-1", "b-1")
    )
    assert said(page, rules) == [
        ("acme/a-1", "retires", "2026-05-01"),
        ("acme/b-1", "retires", "2026-06-03"),
        ("acme/b-1", "retires", "2026-06-01"),
    ]


def test_a_heading_is_the_announcement_where_nothing_shows_that_it_is_the_end() -> None:
    rules = Announcement("acme", heading=Heading.EVIDENT)
    assert said("## 2026-02-01: a-1\n\n" + TABLE.format("2026-05-01"), rules) == [
        ("acme/a-1", "retires", "2026-05-01"),
        ("acme/a-1", "deprecated", "2026-02-01"),
    ]


def test_a_section_may_say_that_its_heading_is_the_announcement_after_all() -> None:
    rules = Announcement("acme", heading=Heading.RETIRES)
    page = "## 2026-02-01: a-1\n\nOn February 1, 2026, we announced the end.\n\n" + TABLE.format("2026-05-01")
    assert said(page, rules) == [("acme/a-1", "retires", "2026-05-01"), ("acme/a-1", "deprecated", "2026-02-01")]


def test_who_was_told_in_the_middle_of_a_sentence_was_told_that_day() -> None:
    page = "## May 1, 2026: a-1\n\nIn line with our plans, on March 1, 2026, we emailed users.\n\n" + TABLE.format("2026-05-01")
    assert ("acme/a-1", "deprecated", "2026-03-01") in said(page, Announcement("acme", heading=Heading.RETIRES))
    page = page.replace("In line with our plans, on", "When we launched it on").replace(", we emailed", ", we emailed and told")
    assert ("acme/a-1", "deprecated", "2026-03-01") not in said(page, Announcement("acme", heading=Heading.RETIRES))


def test_a_yearless_day_of_telling_takes_the_headings_year_unless_it_lies_behind_it() -> None:
    rules = Announcement("acme", heading=Heading.RETIRES)
    page = "## May 1, 2026: a-1\n\nOn {}, we deprecated it.\n\n" + TABLE.format("2026-05-01")
    assert ("acme/a-1", "deprecated", "2026-03-01") in said(page.format("March 1st"), rules)
    assert [fact for _, fact, _ in said(page.format("July 1st"), rules)] == ["retires"]


def test_beside_a_table_prose_adds_redirects_releases_and_favours() -> None:
    page = (
        TABLE.format("2026-05-01")
        + "\nAs of April 1, 2026, `a-1` is redirected to `a-2`. We dropped `a-1` for good, removed in favor of `a-3`. "
        "On March 1, 2026, we released `a-3`. `z-1` will be removed on June 1, 2026. For GPT-4o we recommend using GPT-5."
    )
    assert said(page)[1:] == [
        ("acme/a-1", "redirects", "2026-04-01"),
        ("acme/a-1", "replaced_by", "a-3"),
        ("acme/a-3", "released", "2026-03-01"),
    ]


def test_these_models_are_those_of_the_table() -> None:
    page = TABLE.format("2026-05-01") + "\nThese models were retired.\n\nThese models were removed May 1, 2026.\n\nThese models are fast."
    assert said(page) == [("acme/a-1", "retires", "2026-05-01"), ("acme/a-1", "stage", "retired")]


def test_a_table_of_redirects_names_what_answers_instead() -> None:
    page = "| Model being retired | Redirect target after May 15 |\n|---|---|\n| `a-1` | `b-1` with `low` reasoning effort |\n"
    assert said(page) == [("acme/a-1", "replaced_by", "b-1")]
    assert said(page.replace("Model being retired", "Model")) == []


def test_a_column_of_state_words_is_a_status_whatever_its_header() -> None:
    page = "| Model Name | Description |\n|---|---|\n| `a-1` | Deprecated |\n| `b-1` | |\n| `c-1` |\n"
    assert said(page) == [("acme/a-1", "stage", "deprecated")]
    assert said(page.replace("Deprecated", "A fine model, never deprecated")) == []


def test_a_tier_limits_what_the_section_says() -> None:
    page = TABLE.format("2026-05-01") + "\nThis applies to free and developer-tier usage.\n"
    assert said(page) == [("acme/a-1 [tier=developer;free]", "retires", "2026-05-01")]
    assert said(page.replace("free and developer-tier usage", "everyone")) == [("acme/a-1", "retires", "2026-05-01")]


def test_a_page_kept_current_gives_its_newest_year_to_later_days() -> None:
    page = "`a-1` was discontinued on May 25, 2026.\n\n`b-1` is no longer offered to anybody (full sunset on {})."
    current = Announcement("acme", current=True)
    assert said(page.format("August 31"), current)[-1] == ("acme/b-1", "retires", "2026-08-31")
    assert said(page.format("February 1"), current) == [("acme/a-1", "retires", "2026-05-25")]
    assert said(page.format("August 31")) == [("acme/a-1", "retires", "2026-05-25")]
    assert said("`b-1` meets its sunset on August 31.", current) == []


def test_an_item_with_news_that_states_nothing_is_skipped() -> None:
    assert parsed("- `a-1` might be retired on May 1, 2026\n- fine weather on May 1, 2026").skipped == (
        Skipped("a-1 might be retired on May 1, 2026", "a list item with a date, and no statement", "item"),
        Skipped("fine weather on May 1, 2026", "a list item with a date, and no statement", "item", aside=True),
    )


@pytest.mark.parametrize("size", [3000, 300])
def test_a_wall_of_text_is_no_list(size: int) -> None:
    wall = "On May 1, 2026, the following models will be retired:\n" + "\n".join(f"`m-{number}`" for number in range(size))
    assert said(wall) == []


def test_a_page_that_says_the_same_of_all_its_models_thousands_of_times_is_read_in_time() -> None:
    rows = "".join(f"| `m-{number}` | 2027-01-01 |\n" for number in range(200))
    page = f"| Model | Shutdown date |\n| --- | --- |\n{rows}\n" + "These models were retired on May 3, 2026.\n\n" * 3000
    assert len({fact for _, fact, _ in said(page)}) == 2


def test_what_to_use_instead_is_not_what_shuts_down() -> None:
    assert said("otter-small-2024: shuts down 2027-07-01, use otter-small-2026") == [("acme/otter-small-2024", "retires", "2027-07-01")]


def test_a_heading_long_before_the_ends_below_it_only_announces_them() -> None:
    row = "| Model | Shutdown date |\n| --- | --- |\n| `{}` | {} |\n\n"
    page = f"## May 1, 2026: one\n\n{row.format('a-1', 'May 1, 2026')}## July 1, 2026: other\n\n{row.format('b-2', 'September 1, 2026')}"
    assert said(page, Announcement("acme", heading=Heading.EVIDENT)) == [
        ("acme/a-1", "retires", "2026-05-01"),
        ("acme/b-2", "retires", "2026-09-01"),
        ("acme/b-2", "deprecated", "2026-07-01"),
    ]
