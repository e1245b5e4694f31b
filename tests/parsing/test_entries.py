"""What the entries of a feed state: each an announcement of its own day, in layouts of vendors that never were."""

from datetime import UTC, datetime

import pytest

from monitor.domain.facts import Deprecated
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.parsing.announcement import Announcement, Heading
from monitor.parsing.news.entries import read_feed
from tests.parsing.saying import short

AT = datetime(2027, 3, 1, tzinfo=UTC)
RULES = Announcement("acme", heading=Heading.EVIDENT)


def read(*entries: tuple[str, str, str], rules: Announcement = RULES) -> Parsed:
    """A feed of entries: title, day, content."""
    items = "".join(
        f"<item><title>{title}</title><pubDate>{day}</pubDate><link>/e/{at}</link><description><![CDATA[{content}]]></description></item>"
        for at, (title, day, content) in enumerate(entries)
    )
    body = f'<rss version="2.0"><channel>{items}</channel></rss>'
    return read_feed(Page("https://acme.example/feed", body.encode(), AT), rules)


def test_a_statement_is_said_on_the_day_of_its_entry_and_links_to_it() -> None:
    parsed = read(
        ("Heron-2 leaves", "Wed, 03 Mar 2027 17:00:00 GMT", "<p>heron-2 will be retired on June 30, 2027.</p>"),
        ("Egret-1 leaves", "Thu, 04 Mar 2027 17:00:00 GMT", "<p>egret-1 will be retired on July 31, 2027.</p>"),
    )
    said = [(one.key.model, one.said_on.value if one.said_on else "", one.link) for one in parsed.statements]
    assert said == [("heron-2", "2027-03-03", "https://acme.example/e/0"), ("egret-1", "2027-03-04", "https://acme.example/e/1")]
    assert parsed.rolling


def test_the_day_of_an_entry_deprecates_nothing_unless_the_entry_says_so() -> None:
    reminder = read(("Reminder", "3 Mar 2027", "<p>heron-2 will be retired on June 30, 2027.</p>"))
    told = read(
        (
            "News",
            "3 Mar 2027",
            "<p>On March 3, 2027, we notified developers that <code>heron-2</code> will be retired on June 30, 2027.</p>",
        )
    )
    assert not any(isinstance(said.fact, Deprecated) for said in reminder.statements)
    assert Deprecated in {type(said.fact) for said in told.statements}


@pytest.mark.parametrize(
    ("published", "found"),
    [("20 Jan 2027", [("acme/heron-2", "retires", "2027-02-20")]), ("20 Dec 2027", []), ("", [])],
)
def test_an_entry_gives_the_year_of_a_day_that_does_not_lie_before_it(published: str, found: list[object]) -> None:
    parsed = read(("Heron", published, "<p>As of February 20, heron-2 is no longer available.</p>"))
    assert [said[:3] for said in short(parsed.statements)] == found


def test_tables_notes_and_headings_inside_entries_are_read() -> None:
    table = "<table><tr><th>Model</th><th>Shutdown date</th></tr><tr><td>heron-1</td><td>2027-04-15</td></tr></table>"
    note = '<div class="admonition warning"><p>heron-3 will be shut down on May 1, 2027.</p></div>'
    parsed = read(("Heron-2 was retired on March 1, 2027", "3 Mar 2027", f"<p>Below.</p>{table}<h3>Also</h3>{note}"))
    assert {said[:3] for said in short(parsed.statements)} == {
        ("acme/Heron-2", "retires", "2027-03-01"),
        ("acme/Heron-2", "stage", "retired"),
        ("acme/heron-1", "retires", "2027-04-15"),
        ("acme/heron-3", "retires", "2027-05-01"),
    }


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Scheduled deprecation of &lt;code&gt;heron-2&lt;/code&gt; on June 30, 2027", "2027-06-30"),
        ("heron-2 deprecated on June 30, 2027", "2027-06-30"),
        ("&lt;p&gt;Deprecation of heron-2&lt;/p&gt;&lt;p&gt;on June 30, 2027&lt;/p&gt;", "2027-06-30"),
    ],
)
def test_a_title_may_be_html(title: str, day: str) -> None:
    parsed = read((title, "3 Mar 2027", ""))
    assert [said[2] for said in short(parsed.statements)] == [day]


def test_text_without_markup_is_read_as_text() -> None:
    parsed = read(("News", "3 Mar 2027", "Model | Retirement date\n--- | ---\nheron-2 | 2027-12-31\n"))
    assert [said[:3] for said in short(parsed.statements)] == [("acme/heron-2", "retires", "2027-12-31")]


def test_an_entry_that_promises_an_end_and_gives_none_is_named() -> None:
    parsed = read(("Sunset of heron-2 postponed", "3 Mar 2027", "Soon."), ("Sunset over the bay", "3 Mar 2027", "Photographs."))
    assert [(row.text, row.shape) for row in parsed.skipped] == [("Sunset of heron-2 postponed", "entry")]
    assert parsed.empty_state


def test_a_title_may_be_all_the_news() -> None:
    assert [said[:3] for said in short(read(("heron-2 EOL 2027-11-30", "3 Mar 2027", "See the docs.")).statements)] == [
        ("acme/heron-2", "retires", "2027-11-30")
    ]


@pytest.mark.parametrize(
    ("title", "content"),
    [
        ("[Scheduled] Removal of heron-2", "Scheduled for Aug 1, 2027. Heron-2 users must switch. Please migrate heron-2 to heron-3."),
        ("heron-2 EOL in late 2027", "See the docs."),
        ("heron-2 is going away", "On May 31, 2027."),
    ],
)
def test_a_replacement_alone_is_not_the_news_that_a_title_promises(title: str, content: str) -> None:
    parsed = read((title, "3 Mar 2027", content))
    assert [row.text for row in parsed.skipped] == [title]


def test_a_feed_of_other_things_is_in_order_and_one_without_entries_is_not() -> None:
    assert read(("An office", "3 Mar 2027", "It has a garden.")) == Parsed(empty_state=True, rolling=True)
    assert read().drift == "a feed without entries"


def test_one_entry_speaks_of_one_model_in_one_spelling_the_ids() -> None:
    content = (
        "<p><code>heron-2-instruct</code> will be removed on June 30, 2027. We recommend migrating to <code>heron-3-instruct</code>.</p>"
    )
    parsed = read(("Heron-2-Instruct end of life: June 30, 2027", "3 Mar 2027", content))
    assert [said[:3] for said in short(parsed.statements)] == [
        ("acme/heron-2-instruct", "retires", "2027-06-30"),
        ("acme/heron-2-instruct", "replaced_by", "heron-3-instruct"),
    ]
    assert parsed.statements[0].quote == "Heron-2-Instruct end of life: June 30, 2027"


def test_release_notes_whose_titles_are_days_are_read_as_headings() -> None:
    content = (
        "<h3>Deprecated</h3><p>The <code>heron-2</code> model will be shut down on January 8, 2028. Use <code>heron-4</code> instead.</p>"
    )
    parsed = read(("July 08, 2027", "8 Jul 2027", content))
    assert [said[:3] for said in short(parsed.statements)] == [
        ("acme/heron-2", "retires", "2028-01-08"),
        ("acme/heron-2", "deprecated", "2027-07-08"),
        ("acme/heron-2", "replaced_by", "heron-4"),
    ]


def test_lists_second_hand_words_and_floors_are_read_as_on_any_page() -> None:
    listed = (
        "<p>The following models will be retired on August 1, 2027:</p><ul><li><code>heron-1</code></li><li><code>heron-2</code></li></ul>"
    )
    parsed = read(
        ("Older models", "7 Jun 2027", listed),
        ("Rumours", "8 Jun 2027", "According to user reports heron-5 will be retired on September 3, 2027."),
        ("Heron 9", "9 Jun 2027", "heron-8 remains available until at least March 2028."),
    )
    assert [said[:3] for said in short(parsed.statements)] == [
        ("acme/heron-1", "retires", "2027-08-01"),
        ("acme/heron-2", "retires", "2027-08-01"),
        ("acme/heron-5", "retires", "2027-09-03"),
        ("acme/heron-8", "retires", "not_before:2028-03"),
    ]
    assert [said.authority.label for said in parsed.statements if said.authority] == ["report"]
