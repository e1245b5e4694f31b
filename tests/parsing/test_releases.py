"""Release notes: entries titled with what came out."""

from datetime import UTC, datetime

import pytest

from monitor.domain.pages import Page
from monitor.parsing.declaration import Announcement
from monitor.parsing.news.releases import read_releases
from tests.parsing.saying import short

AT = datetime(2026, 9, 1, tzinfo=UTC)


def said(title: str, below: str = "") -> list[tuple[str, str]]:
    page = f"# News\n\n## May 1, 2026\n\n{title}\n\n{below}\n\n## May 2, 2026\n"
    parsed = read_releases(Page("https://example.org", page.encode(), AT), Announcement("acme"))
    return [(who, value) for who, _, value, _ in short(parsed.statements)]


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Nova-3", ["Nova-3"]),
        ("Nova-3 Series", ["Nova-3"]),
        ("Nova-3-fast / Nova-3-hd", ["Nova-3-fast", "Nova-3-hd"]),
        ("Nova-3 (Beta)", ["Nova-3 (Beta)"]),
        ("Nova2.5+", ["Nova2.5+"]),
        ("A new console", []),
        ("Nova Agent-3", []),
        ("We are glad to tell you about Nova-3 and more", []),
    ],
)
def test_a_title_names_models(title: str, names: list[str]) -> None:
    assert said(title) == [(f"acme/{name}", "2026-05-01") for name in names]


def test_the_text_below_may_spell_the_name_as_an_id() -> None:
    assert said("Nova 3", "Released Nova-3, the newest.") == [("acme/Nova-3", "2026-05-01")]
    assert said("Nova 3", "Released Nova-3-fast, the newest.") == [("acme/Nova 3", "2026-05-01")]


def test_a_page_of_another_kind_drifts() -> None:
    page = Page("https://example.org", b"# Nothing new", AT)
    assert read_releases(page, Announcement("acme")).drift == "no dated entry with a model's name on this page"
    assert read_releases(page, Announcement("acme", markers=(("acme",),))).drift == "not the page expected: no acme"
