"""Whether a capitalised word with a number is a model: what a page has to show, and what is counted where it does not."""

from datetime import UTC, datetime

import pytest

from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.parsing.announcement import Announcement, read_announcement
from monitor.parsing.news.entries import read_feed
from monitor.parsing.prose.spoken import Spoken
from tests.parsing.saying import short

ENDS = "Heron 2 will be retired on May 1, 2027."
UNREAD = "a sentence with a lifecycle word, a day and a name, and no statement"


def parse(text: str) -> Parsed:
    return read_announcement(Page("https://acme.example", text.encode(), datetime(2027, 1, 1, tzinfo=UTC)), Announcement("acme"))


def ends(parsed: Parsed) -> list[tuple[str, str]]:
    return [(who, value) for who, fact, value, _ in short(parsed.statements) if fact == "retires"]


@pytest.mark.parametrize(
    "page",
    [
        f"{ENDS} Calls to `heron-2-large` fail from then on.",
        f"Our Heron language models get a successor.\n\n{ENDS}",
        f"# Models that leave\n\n{ENDS}",
        f"# Models\n\n## Spring\n\n{ENDS}",
        f"{ENDS} It was a model of its time: the models are Heron and Egret.",
        f"{ENDS}\n\n| Name | Price |\n| --- | --- |\n| heron-2 | $1 |\n",
        "The Heron 2 model will be retired on May 1, 2027.",
        "`Heron 2` will be retired on May 1, 2027.",
    ],
)
def test_a_page_that_speaks_of_models_shows_it(page: str) -> None:
    assert ends(parse(page)) == [("acme/Heron 2", "2027-05-01")]


def test_a_list_with_a_model_is_one_of_models() -> None:
    assert ends(parse("Egret-4o and Heron 2 will be retired on May 1, 2027.")) == [
        ("acme/Egret-4o", "2027-05-01"),
        ("acme/Heron 2", "2027-05-01"),
    ]
    assert ends(parse("Heron 2 was the last to use Egret-4o, which will be retired on May 1, 2027.")) == [("acme/Egret-4o", "2027-05-01")]


def test_an_api_is_called_as_its_models_are() -> None:
    assert ends(parse("Gemini 9 will be retired on May 1, 2027.")) == [("acme/Gemini 9", "2027-05-01")]


@pytest.mark.parametrize(
    "page",
    [
        ENDS,
        f"{ENDS} The building was old.",
        f"The Egret models are new.\n\n{ENDS}",
        f"See `us-east-1`.\n\n{ENDS}",
        "# Our models\n\nPhase 2 will be retired on May 1, 2027.",
        "Our models grow: Stage 3 was retired on May 1, 2027.",
    ],
)
def test_elsewhere_it_is_anything(page: str) -> None:
    parsed = parse(page)
    assert ends(parsed) == []


def test_what_nothing_shows_is_counted() -> None:
    assert [(one.text, one.reason, one.aside) for one in parse(ENDS).skipped] == [(ENDS, UNREAD, True)]


def test_all_entries_of_a_feed_show_it() -> None:
    items = (
        f"<item><title>Heron 2</title><description>{ENDS}</description></item>"
        "<item><title>News</title><description>The heron-2-large id is gone.</description></item>"
    )
    body = f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
    assert ends(read_feed(Page("https://acme.example", body, datetime(2027, 1, 1, tzinfo=UTC)), Announcement("acme"))) == [
        ("acme/Heron 2", "2027-05-01")
    ]


def test_a_page_is_asked_once_and_only_if_it_must() -> None:
    asked: list[int] = []

    def said() -> list[str]:
        asked.append(1)
        return ["heron-2"]

    spoken = Spoken(said)
    assert spoken.shows("GPT-9", "It ends.")
    assert not asked
    assert [spoken.shows(name, "It ends.") for name in ("Heron 2", "Egret 2", "New Heron 2.5 Large")] == [True, False, True]
    assert len(asked) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Am 13. Februar 2027 wird heron-2 abgeschaltet.",
        "Der Endpunkt heron-2 wird am 17. August 2027 abgeschaltet.",
        "Le mod\u00e8le heron-2 sera retir\u00e9 le 13 f\u00e9vrier 2027.",
        "El modelo heron-2 ser\u00e1 retirado el 13 de febrero de 2027.",
        "- heron-2 ser\u00e1 retirado el 13 de febrero.",
        "heron-2 \u306f2027\u5e742\u670813\u65e5\u306b\u7d42\u4e86\u3057\u307e\u3059\u3002",
        "heron-2 \u5c06\u4e8e2027\u5e742\u670813\u65e5\u4e0b\u7ebf\u3002",
        "heron-2 will be retired two weeks before May 1, 2027.",
        "heron-2 will be retired in 2027.",
    ],
)
def test_what_is_told_in_a_way_that_is_not_read_is_counted(sentence: str) -> None:
    parsed = parse(sentence)
    assert parsed.statements == ()
    assert [one.reason for one in parsed.skipped] == [UNREAD]


def test_other_languages_without_a_name_or_a_day_are_left_alone() -> None:
    parsed = parse("- Am 13. Februar 2027 wird alles abgeschaltet.\n- heron-2 wird abgeschaltet.\n\nheron-2 wird bald abgeschaltet.")
    assert parsed.skipped == ()
