"""Pages that announce: sections, tables, callouts and prose."""

from datetime import UTC, datetime

import pytest

from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.parsing.announcement import Announcement, Heading, read_announcement
from tests.parsing.saying import Said, short

RULES = Announcement("acme")


def parse(text: str, rules: Announcement = RULES) -> Parsed:
    return read_announcement(Page("https://example.org", text.encode(), datetime(2026, 9, 1, tzinfo=UTC)), rules)


def read(text: str, rules: Announcement = RULES) -> list[Said]:
    return short(parse(text, rules).statements)


def table(*rows: str, header: str = "Shutdown date | Model") -> str:
    columns = header.count("|") + 1
    return "\n".join([f"| {header} |", "|" + " --- |" * columns, *(f"| {row} |" for row in rows)]) + "\n\n"


def test_a_feed_is_no_page() -> None:
    assert (
        parse('<rss version="2.0"><channel><item><title>a-1 was retired on May 3, 2026.</title></item></channel></rss>').drift
        == "a feed, not a page"
    )


def test_a_page_without_its_markers_does_not_fit() -> None:
    rules = Announcement("acme", markers=(("acme", "acme corp"), ("shutdown", "shut down")))
    assert parse("# Soup\n", rules) == Parsed(drift="not the page expected: no acme/acme corp and no shutdown/shut down")
    assert parse("ACME: Shut down\n\n" + table("2026-10-23 | `a-1`"), rules).drift == ""


def test_a_page_that_states_nothing_does_not_fit_unless_it_says_so() -> None:
    assert parse("# Soup\n\nOnions.") == Parsed(drift="no statement about a model's life on this page")
    assert parse("There are no upcoming model retirements.") == Parsed(empty_state=True)
    assert not parse("There are no upcoming retirements.\n\n" + table("2026-10-23 | `a-1`")).empty_state


def test_a_declaration_serves_another_provider() -> None:
    assert [said[0] for said in read(table("2026-10-23 | `a-1`"), RULES.of("else"))] == ["else/a-1"]


def test_a_headings_date_is_the_announcement_where_it_is_the_pages_habit() -> None:
    page = "## 2026-06-11: Old\n\n" + table("2026-10-23 | `a-1`")
    assert [said[1:3] for said in read(page)] == [("retires", "2026-10-23"), ("deprecated", "2026-06-11")]
    assert [said[1:3] for said in read(page, Announcement("acme", heading=Heading.NOTHING))] == [("retires", "2026-10-23")]


def test_a_second_day_of_announcement_contradicts_the_heading_but_its_month_does_not() -> None:
    page = "## 2026-06-11: Old\n\nOn June 15, 2026, we notified developers.\n\nIn June 2026 we told everybody.\n\n"
    assert [said[1:] for said in read(page + table("2026-10-23 | `a-1`"))] == [
        ("retires", "2026-10-23", "2026-10-23 | a-1"),
        ("deprecated", "2026-06-11", "2026-06-11: Old"),
        ("deprecated", "2026-06-15", "On June 15, 2026, we notified developers."),
    ]


def test_a_section_without_a_date_takes_the_day_somebody_was_told() -> None:
    page = "## Old\n\nOn June 15, 2026, we notified developers.\n\n" + table("2026-10-23 | `a-1`")
    assert [said[1:] for said in read(page)] == [
        ("retires", "2026-10-23", "2026-10-23 | a-1"),
        ("deprecated", "2026-06-15", "On June 15, 2026, we notified developers."),
    ]


def test_a_timeline_without_an_announcement_takes_the_day_somebody_was_told() -> None:
    page = "## Evals\n\nOn June 15, 2026, we notified developers.\n\n" + table("Nov 30, 2026 | It will be removed.", header="Date | Update")
    assert [said[:3] for said in read(page)] == [("acme/Evals", "retires", "2026-11-30"), ("acme/Evals", "deprecated", "2026-06-15")]


def test_a_fine_tuning_section_speaks_of_that_use_alone() -> None:
    assert [said[0] for said in read("## Fine-tuning models\n\n" + table("2026-10-23 | `a-1`"))] == ["acme/a-1 [feature=fine-tuning]"]


@pytest.mark.parametrize(
    ("note", "added"),
    [
        ("These models were retired October 28, 2026.", [("retires", "2026-10-28"), ("stage", "retired")]),
        ("This model will be retired on October 28, 2026.", [("retires", "2026-10-28")]),
        ("Both models were retired.", [("stage", "retired")]),
        ("These models were deprecated on July 6, 2026 and will be retired on October 28, 2026.", [("retires", "2026-10-28")]),
        ("These models are deprecated as of May 3, 2026.", []),
        ("All other models were retired October 28, 2026.", []),
    ],
)
def test_what_is_said_of_these_models_is_said_of_each_in_the_table(note: str, added: list[tuple[str, str]]) -> None:
    page = f"<Note>\n  {note}\n</Note>\n\n" + table("2026-10-23 | `a-1`", "2026-10-23 | /v1/a")
    first = [("acme/a-1", "retires", "2026-10-23", "2026-10-23 | a-1"), ("acme//v1/a", "retires", "2026-10-23", "2026-10-23 | /v1/a")]
    assert read(page) == [*first, *(("acme/a-1", *fact, note) for fact in added)]


def test_a_date_said_with_and_without_its_clock_is_said_with_it() -> None:
    page = "<Note>\nThis model was retired October 23, 2026, at 9AM PT.\n</Note>\n\n" + table("October 23, 2026 | `a-1`")
    first = parse(page).statements[0]
    assert (short([first])[0][2:], getattr(getattr(first.fact, "on", None), "at", None)) == (
        ("2026-10-23", "This model was retired October 23, 2026, at 9AM PT."),
        datetime(2026, 10, 23, 16, tzinfo=UTC),
    )


def test_a_statement_made_twice_counts_once() -> None:
    assert len(read(table("2026-10-23 | `a-1`") + table("2026-10-23 | `a-1`"))) == 1


def test_beside_a_table_only_callouts_are_prose_of_their_own() -> None:
    callouts = "".join(f"<Note>\n{name} was retired on May 3, 2026.\n</Note>\n\n" for name in ("`b-2`", "d-4"))
    page = f"`c-3` was retired on May 3, 2026.\n\n{callouts}<Note>\nHeron 9 is new.\n</Note>\n\n"
    assert {said[0] for said in read(page + table("2026-10-23 | `a-1`"))} == {"acme/a-1", "acme/b-2", "acme/d-4"}
    assert {said[0] for said in read(page)} == {"acme/b-2", "acme/c-3", "acme/d-4"}


def test_a_list_item_that_promises_news_and_gives_none_is_skipped() -> None:
    page = (
        table("2026-10-23 | `a-1`")
        + "## More\n\n- On May 3, 2027 we may retire b-2.\n- We may retire c-3.\n- d-4 is new.\n- On May 3, 2027 we may retire.\n"
    )
    assert [(skipped.text, skipped.aside) for skipped in parse(page).skipped] == [
        ("On May 3, 2027 we may retire b-2.", False),
        ("We may retire c-3.", True),
        ("On May 3, 2027 we may retire.", True),
    ]
    assert parse("- On May 3, 2027 we may retire b-2 " + "and more " * 300).skipped == ()


def test_a_note_on_the_page_makes_every_date_a_floor() -> None:
    page = "The dates in the table indicate the earliest possible dates.\n\n" + table("2026-10-23 | `a-1`")
    assert [said[2] for said in read(page)] == ["not_before:2026-10-23"]


def test_floors_promise_where_it_is_the_pages_habit() -> None:
    page = table("Not before 2026-10-23 | `a-1`")
    assert [said[2] for said in read(page, Announcement("acme", promises=True))] == ["promise:2026-10-23"]
    assert [said[2] for said in read(page)] == ["not_before:2026-10-23"]


def test_prose_names_the_surface() -> None:
    assert [said[:3] for said in read("GPT-4.1 mini will be retired from ChatGPT on February 13, 2026.")] == [
        ("chatgpt/GPT-4.1 mini", "retires", "2026-02-13")
    ]


def test_a_page_that_breaks_off_in_a_row_says_so() -> None:
    parsed = parse("# Old\n\n| Shutdown date | Model |\n| --- | --- |\n| 2026-10-23 | `a-1` |\n| 2026-10-2")
    assert (parsed.cut, [said[0] for said in short(parsed.statements)]) == (True, ["acme/a-1"])


def test_data_in_json_is_no_announcement() -> None:
    page = Page("https://acme.example/models", b'{"data": [{"id": "alpha-1"}]}', datetime(2026, 3, 1, tzinfo=UTC))
    assert read_announcement(page, Announcement("acme")).drift == "JSON, not a page"


DEPRECATIONS = table("2027-10-23 | `a-1`", header="Deprecation date | Model")


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("Calls that name the deprecated model will fail after the deprecation date.", "retires"),
        ("* **Deprecated**: The model is no longer accessible.", "retires"),
        ("1. **Deprecation date**\n   * The model's id becomes inactive and returns an error for all requests.", "retires"),
        ("Acme will decommission certain models on **October 23, 2027**. They are listed below:", "retires"),
        ("Acme will decommission certain models on **October 24, 2027**.", "deprecated"),
        ("* **Deprecated**: The model is no longer available to new customers.", "deprecated"),
        ("* **Deprecated**: The model still answers.\n* **Retired**: Requests fail.", "deprecated"),
        ("1. **Deprecation date**\n   * A banner is shown.", "deprecated"),
    ],
)
def test_what_a_deprecation_date_is_by_the_pages_own_words(words: str, fact: str) -> None:
    assert [said[1:3] for said in read(f"{words}\n\n{DEPRECATIONS}")] == [(fact, "2027-10-23")]


def test_a_column_of_ends_leaves_the_deprecation_date_alone() -> None:
    page = "Calls fail after the deprecation date.\n\n" + table("May 1, 2027 | June 1, 2027 | `a-1`", header="Deprecated | Retired | Model")
    assert sorted(said[1:3] for said in read(page)) == [("deprecated", "2027-05-01"), ("retires", "2027-06-01")]


def test_a_day_on_which_some_models_were_told_of_deprecates_no_others() -> None:
    page = (
        "On March 3, 2026 we announced that a-1 would be retired on May 11, 2026. b-2 will be retired on June 11, 2026.\n\n"
        "On March 4, 2026 we notified everybody. c-3 will be retired on June 12, 2026."
    )
    assert [said[:3] for said in read(page)] == [
        ("acme/a-1", "retires", "2026-05-11"),
        ("acme/b-2", "retires", "2026-06-11"),
        ("acme/c-3", "retires", "2026-06-12"),
    ]
    assert [said[:3] for said in read(page.split("\n\n")[1])] == [
        ("acme/c-3", "retires", "2026-06-12"),
        ("acme/c-3", "deprecated", "2026-03-04"),
    ]


def test_a_change_that_applies_to_an_app_is_not_narrowed_to_those_who_pay_for_it() -> None:
    page = "a-1 will be retired on May 11, 2026. It is available to paid users only, and the change applies to the app alone."
    assert [said[:3] for said in read(page)] == [("acme/a-1", "retires", "2026-05-11")]
    page = "a-1 will be retired on May 11, 2026. The change applies to paid users."
    assert [said[:3] for said in read(page)] == [("acme/a-1 [tier=paid]", "retires", "2026-05-11")]


def test_where_the_api_stays_it_is_the_apps_models_that_end() -> None:
    rules = Announcement("openai", surfaces=(("ChatGPT", "chatgpt"), ("Codex", "codex"), ("API", "openai")))
    ends = "GPT-4o will be retired on May 11, 2026."
    assert [said[:3] for said in read(f"{ends} There are no changes to the API, only to ChatGPT.", rules)] == [
        ("chatgpt/GPT-4o", "retires", "2026-05-11")
    ]
    assert read(f"{ends} The API is unaffected. ChatGPT and Codex change.", rules) == []
    assert read(f"{ends} In the API it ends on May 12, 2026. The API remains unchanged till then.", rules) == []
    assert [said[:3] for said in read(f"{ends} The API is fast. ChatGPT is, too.", rules)] == [("openai/GPT-4o", "retires", "2026-05-11")]
