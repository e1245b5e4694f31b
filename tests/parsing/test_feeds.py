"""Feeds of all three families as entries; a differential oracle reads the same ones."""

import json
import re
from datetime import UTC, datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.pages import Page
from monitor.parsing.news.feeds import MOST_ENTRIES, FeedEntry, is_feed, read_entries

AT = datetime(2027, 3, 1, tzinfo=UTC)
HOME = "https://vendor.example/news/feed"


def page(body: str | bytes, content_type: str = "") -> Page:
    return Page(HOME, body if isinstance(body, bytes) else body.encode(), AT, content_type)


def entries(body: str | bytes, content_type: str = "") -> tuple[FeedEntry, ...]:
    found = read_entries(page(body, content_type))
    assert not isinstance(found, str), found
    return found


def why(body: str | bytes) -> str:
    found = read_entries(page(body))
    assert isinstance(found, str)
    return found


def rss(items: str, version: str = "2.0") -> str:
    return f'<?xml version="1.0"?><rss version="{version}"><channel><title>News</title>{items}</channel></rss>'


def item(title: str = "a", **fields: str) -> str:
    return f"<item><title>{title}</title>{''.join(f'<{name}>{value}</{name}>' for name, value in fields.items())}</item>"


def day(entry: FeedEntry) -> str:
    return entry.published.value if entry.published else ""


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0", "2.0.1"])
def test_an_rss_item_has_title_link_day_and_content(version: str) -> None:
    body = rss(
        item("One &amp; two", link="https://a.example/1?x=1&amp;y=2", pubDate="Tue, 03 Mar 2026 10:00:00 +0000", description="Hi"), version
    )
    (entry,) = entries(body)
    assert entry.title == "One & two"
    assert (entry.link, day(entry), entry.content) == ("https://a.example/1?x=1&y=2", "2026-03-03", "Hi")


def test_rss_need_not_name_its_version() -> None:
    assert [entry.title for entry in entries("<rss ><channel><item><title>a</title></item></channel></rss>")] == ["a"]


def test_the_whole_content_is_preferred_to_the_summary_and_cdata_is_kept() -> None:
    body = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>a</title>'
    body += "<description>short</description><content:encoded><![CDATA[<p>long &nbsp; &amp;</p>]]></content:encoded></item></channel></rss>"
    assert entries(body)[0].content == "<p>long &nbsp; &amp;</p>"


def test_an_atom_entry_is_dated_by_its_publication_then_by_its_last_change() -> None:
    one = "<entry><title>a</title><published>2026-03-01T23:59:00-08:00</published><updated>2026-04-01T00:00:00Z</updated></entry>"
    two = "<entry><title>b</title><updated>2026-04-01T00:00:00Z</updated></entry><entry><title>c</title></entry>"
    assert [day(entry) for entry in entries(f'<feed xmlns="http://www.w3.org/2005/Atom">{one}{two}</feed>')] == [
        "2026-03-01",
        "2026-04-01",
        "",
    ]


def test_an_image_in_an_atom_entry_is_no_content() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a</title><content type="image/png">iVBORw0KGgo=</content></entry></feed>'
    )
    assert entries(body)[0].content == ""


def test_rss_1_is_read_with_its_dublin_core_dates() -> None:
    head = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    body = f"<rdf:RDF {head}><item rdf:about='u'><title>a</title><link>https://a.example/1</link><dc:date>2026-03-01</dc:date></item></rdf:RDF>"
    assert [(entry.link, day(entry)) for entry in entries(body)] == [("https://a.example/1", "2026-03-01")]


def test_a_json_feed_is_read_whatever_its_items_lack() -> None:
    items: list[object] = [
        {
            "title": "a",
            "url": "https://a.example/1",
            "date_published": "2026-03-01T09:00:00-07:00",
            "content_html": "<p>x</p>",
            "content_text": "y",
        },
        {"external_url": "https://b.example/2", "date_modified": "2026-03-02", "summary": "s"},
        {"id": 3, "title": None, "content_text": "z"},
        "no item",
    ]
    found = entries(json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}))
    assert [(entry.title, entry.link, day(entry), entry.content, entry.html) for entry in found] == [
        ("a", "https://a.example/1", "2026-03-01", "<p>x</p>", True),
        ("", "https://b.example/2", "2026-03-02", "s", False),
        ("", "", "", "z", False),
    ]


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("  HTTP://A.example:8080/x ", "HTTP://A.example:8080/x"),
        ("/changelog/1", "https://vendor.example/changelog/1"),
        ("//b.example/1", "https://b.example/1"),
        ("https://a.example/the-world’s-largest", "https://a.example/the-world’s-largest"),
        ("javascript:alert(1)", ""),
        ("JavaScript&#58;alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("ftp://a.example/x", ""),
        ("http://[", ""),
        ("https://a.example/a b", ""),
        ("https://a.example/" + "x" * 2000, ""),
        ("", ""),
    ],
)
def test_a_link_is_an_address_of_the_web_or_none(written: str, link: str) -> None:
    assert entries(rss(item(link=written)))[0].link == link


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Q &amp; A", "Q & A"),
        ("Q & A", "Q & A"),
        ("caf&eacute;&nbsp;1", "caf\u00e9\u00a01"),
        ("&lol9;", "&lol9;"),
        ("&#8217;&#x2019;", "’’"),
        ("AT&T; &", "AT&T; &"),
        ("&lt;b&gt;", "<b>"),
    ],
)
def test_ampersands_are_mended_as_people_write_them(text: str, title: str) -> None:
    assert entries(rss(item(text)))[0].title == title


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel>é</channel></rss>'.encode("latin-1"), ""),
        (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>é</channel></rss>'.encode("latin-1"),
            "text/xml; charset=ISO-8859-1",
        ),
        ('\ufeff<?xml version="1.0"?><rss version="2.0"><channel>é</channel></rss>'.encode(), "application/rss+xml"),
    ],
)
def test_the_encoding_is_what_the_header_says_then_what_the_document_says(body: bytes, content_type: str) -> None:
    coding = "utf-8" if body.startswith(b"\xef") else "latin-1"
    whole = body.replace("é".encode(coding), "<item><title>é</title></item>".encode(coding))
    assert entries(whole, content_type)[0].title == "é"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<html><body><p>Not a feed.</p></body></html>", "not a feed"),
        ("<!DOCTYPE html><html></html>", "not a feed"),
        ("# Deprecations", "not a feed"),
        ("", "not a feed"),
        (rss(""), "a feed without entries"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title></feed>', "a feed without entries"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', "a feed without entries"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": {}}', "JSON, not a feed"),
        ('{"items": [{"title": "a"}]}', "JSON, not a feed"),
        ('[{"version": "https://jsonfeed.org/version/1.1"}]', "JSON, not a feed"),
        ('{"version": ', "not JSON"),
        ("<rdf><channel/></rdf>", "XML that is no feed"),
        ("<rss", "not well-formed XML"),
        (rss("<item><title>a</b></item>"), "not well-formed XML"),
        (rss(item())[:-20], "not well-formed XML"),
        (rss("<item/>" * (MOST_ENTRIES + 1)), f"more than {MOST_ENTRIES} entries"),
    ],
)
def test_what_is_no_feed_or_has_no_entry_says_why(body: str, reason: str) -> None:
    assert reason in why(body)


@pytest.mark.parametrize(
    ("body", "feed"),
    [
        (rss(item()), True),
        ('<?xml-stylesheet href="x"?><!-- <html> --><feed xmlns="http://www.w3.org/2005/Atom"/>', True),
        ('<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "https://a.example/rss.dtd"><rss version="0.91"/>', True),
        ('\ufeff<a:feed xmlns:a="http://www.w3.org/2005/Atom"/>', True),
        ('{"version": "https:\\/\\/jsonfeed.org\\/version\\/1", "items": []}', True),
        ('{"data": []}', False),
        ("<html><rss></rss></html>", False),
        ("<feedback/>", False),
        ("A page about <rss>.", False),
    ],
)
def test_a_feed_is_told_by_how_it_begins(body: str, *, feed: bool) -> None:
    assert is_feed(page(body)) is feed


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp"]), max_size=40)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def bare(title: str) -> str:
    return " ".join(re.sub(r"[^\w]", " ", title).split())


@given(st.lists(st.tuples(texts, st.integers(1, 28), st.integers(1, 999)), min_size=1, max_size=5))
def test_the_oracle_reads_the_same_titles_links_and_days(rows: list[tuple[str, int, int]]) -> None:
    items = (
        item(f"t{escaped(title)}", link=f"https://a.example/{number}?a=1&amp;b=2", pubDate=f"{day:02} Mar 2026 10:00:00 GMT")
        for title, day, number in rows
    )
    body = rss("".join(items))
    oracle = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    found = entries(body)
    assert [(entry.link, day(entry)) for entry in found] == [
        (other.link, "{:04}-{:02}-{:02}".format(*other.published_parsed[:3])) for other in oracle.entries
    ]
    assert [bare(entry.title) for entry in found] == [bare(f"t{title}") for title, _, _ in rows]


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_no_bytes_behind_the_head_of_a_feed_raise_anything_of_the_parsers(tail: bytes) -> None:
    from monitor.errors import Undecodable

    try:
        found = read_entries(page(b'<rss version="2.0"><channel><item><title>a</title>' + tail))
    except Undecodable:
        return
    assert isinstance(found, str | tuple)
