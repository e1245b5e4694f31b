"""Feeds (RSS, Atom, JSON Feed) as dated entries, each with its title, its link and its content as it was written."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import turbohtml

from monitor.domain.pages import Page
from monitor.domain.when import Precision, When
from monitor.parsing.dates import find_dates
from monitor.parsing.documents import clean_text, decode, is_json
from monitor.parsing.listings.json_pages import decoded
from monitor.parsing.news.feed_xml import begins_feed, read_xml

MOST_ENTRIES = 5_000
_START = 4096
_JSON_FEED = "jsonfeed.org/version/"
_ENCODING = re.compile(rb"\s*+<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_LINK = re.compile(r"https?://[\w.-]++(?::[0-9]{1,5})?(?:[/?#][^\x00-\x20\x7f-\xa0<>\"]*+)?", re.IGNORECASE)
_LONGEST_LINK, _LONGEST_DATE = 1500, 100


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry as it was written: *link* is an http(s) address or "", *dated* what it prints of its days, the first one first.

    *html* says whether its content is HTML; None where nothing says so but the content itself, and the title may be too.
    """

    title: str
    link: str
    dated: tuple[str | None, ...]
    content: str
    html: bool | None = None

    @property
    def published(self) -> When | None:
        """The first day that it prints, as it prints it: "Tue, 03 Mar 2026 23:30:00 -0800" is the third."""
        printed = (find_dates(text[:_LONGEST_DATE]) for text in self.dated if text)
        days = (date.when for dates in printed for date in dates if date.when.precision is Precision.DAY)
        return next((When(day.starts_on) for day in days), None)


def is_feed(page: Page) -> bool:
    """Whether a page begins like a feed."""
    start = page.body[:_START].decode("latin-1")
    return _JSON_FEED in start.replace("\\/", "/") if is_json(page.body) else begins_feed(start.removeprefix("\u00ef\u00bb\u00bf"))


def read_entries(page: Page) -> tuple[FeedEntry, ...] | str:
    """The entries of a feed in its order, or why it is none; one without entries is none. Raises Undecodable."""
    found = _items(page) if is_json(page.body) else _elements(page)
    if isinstance(found, str):
        return found
    if len(found) > MOST_ENTRIES:
        return f"a feed of more than {MOST_ENTRIES} entries"
    read = (_of_item(one, page.url) if isinstance(one, dict) else _of_entry(one, page.url) for one in found)
    return tuple(read) or "a feed without entries"


def _elements(page: Page) -> tuple[turbohtml.Entry, ...] | str:
    feed = read_xml(decode(page.body, _labelled(page)))
    return feed if isinstance(feed, str) else feed.entries


def _labelled(page: Page) -> str:
    """The content type, with the encoding that the document names where the type names none (RFC 7303, section 3)."""
    declared = _ENCODING.match(page.body)
    return page.content_type if "charset" in page.content_type.lower() or not declared else f"charset={declared[1].decode()}"


def _of_entry(entry: turbohtml.Entry, base: str) -> FeedEntry:
    content = entry.content or entry.summary
    written = content if isinstance(content, str) else ""  # Atom can hold an image
    return FeedEntry(entry.title or "", _link(base, entry.link), (entry.published, entry.updated), written)


def _items(page: Page) -> list[dict[str, Any]] | str:
    whole = decoded(page)
    if isinstance(whole, str):
        return whole
    items = whole.get("items") if isinstance(whole, dict) and _JSON_FEED in str(whole.get("version")) else None
    if not isinstance(items, list):
        return "JSON, not a feed"
    return [item for item in items if isinstance(item, dict)]


def _of_item(item: dict[str, Any], base: str) -> FeedEntry:
    fields = {name: clean_text(value) for name, value in item.items() if isinstance(value, str)}
    html = fields.get("content_html", "")
    link = _link(base, fields.get("url"), fields.get("external_url"))
    dated = (fields.get("date_published"), fields.get("date_modified"))
    return FeedEntry(fields.get("title", ""), link, dated, html or fields.get("content_text") or fields.get("summary", ""), bool(html))


def _link(base: str, *given: str | None) -> str:
    """The first address that can be opened in a browser and does nothing but show a page."""
    for text in filter(None, given):
        link = text.strip() if _LINK.match(text.strip()) else _joined(base, text.strip())
        if _LINK.fullmatch(link) and len(link) <= _LONGEST_LINK:
            return link
    return ""


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:  # "http://[": an address without end
        return ""
