"""Whose reader reads a page that is named on the command line: a built-in source's, or that of one of the user's own pages."""

import os
from dataclasses import dataclass, replace
from difflib import get_close_matches
from urllib.parse import urlsplit

import click

from monitor.domain.pages import Page, Request
from monitor.errors import ConfigError, UsageError
from monitor.parsing.documents import Table, is_json, read_document
from monitor.parsing.news.feeds import is_feed
from monitor.sources import SOURCES, Source

KINDS = {"generic_page": "announcement", "generic_feed": "feed", "generic_listing": "listing", "model_pages": "model_page"}


@dataclass(frozen=True, slots=True)
class Reader:
    """A source that reads a page, whose models the page speaks of, and what a user's own page of it is fetched with."""

    key: str
    source: Source
    provider: str
    own: Request | None = None
    missing: str = ""

    def request_for(self, page: str) -> Request:
        """The request for an address; with the secret of the user's own page only where that page lives too.

        Raises ConfigError for a secret that is not there.
        """
        if self.own and _origin(page) == _origin(self.own.url):
            if self.missing:
                raise ConfigError(self.key, self.missing)
            return replace(self.own, url=page)
        return Request(page)


def find_reader(key: str, provider: str) -> Reader:
    """The reader of that key; raises UsageError for none, or where it takes a provider that nobody named."""
    from monitor.cli.apps import invocation
    from monitor.config import load_settings, own_visit

    built_in = next((source for source in SOURCES if source.key == key), None)
    if built_in is not None:
        if not (provider or built_in.provider or built_in.per_entry):
            raise click.UsageError(f"{key} reads pages of any provider: say whose with --provider")
        return Reader(key, built_in, provider or built_in.provider)
    pages = {page.key: page for page in load_settings(invocation().config_path, os.environ).pages}
    if key not in pages:
        near = get_close_matches(key, [*pages, *(source.key for source in SOURCES)], n=1)
        hint = f"did you mean {near[0]!r}?" if near else "`modelwatch sources` lists them"
        message = f"no source {key!r}; {hint}"
        raise UsageError(message)
    page = pages[key]
    visit = own_visit(page, os.environ)
    return Reader(key, page.source, provider or page.provider, next(iter(visit.requests), Request(page.url)), visit.not_configured)


def ready_to_paste(reader: Reader, page: str) -> str:
    """What to put into the configuration to watch an address that was read well; "" for anything but a reader of anybody's pages."""
    if reader.own or reader.source.key not in KINDS or not page.startswith(("http://", "https://")):
        return ""
    host = urlsplit(page).hostname or "page"
    lines = {
        "key": "".join(char if char.isalnum() and char.isascii() else "_" for char in host)[:64].strip("_") or "page",
        "url": page,
        "kind": KINDS[reader.source.key],
        "provider": reader.provider,
    }
    block = "\n".join(f"{name} = {_quoted(value)}" for name, value in lines.items())
    return f"\nTo watch this page, add to modelwatch.toml:\n\n[[sources]]\n{block}"


def unknown_columns(reader: Reader, page: Page) -> str:
    """The headers of a page's tables, for a user who may say what they mean; "" where there are none, or nobody can be told."""
    if reader.source.reading is None or is_json(page.body) or is_feed(page):
        return ""
    blocks = (block for section in read_document(page.body, page.content_type).sections for block in section.blocks)
    headers = dict.fromkeys(cell.plain for block in blocks if isinstance(block, Table) for cell in block.header if cell.plain)
    if not headers:
        return ""
    return f"Its tables have the columns {', '.join(map(_quoted, headers))}; [[sources]] columns can say what they mean."


def _quoted(text: str) -> str:
    """A TOML string (its escapes are those of JSON)."""
    import msgspec

    return msgspec.json.encode(text).decode()


def _origin(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return "", url, None
