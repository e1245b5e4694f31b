"""`[source.KEY]` and `[[sources]]`: what is configured of the built-in sources, and a user's own pages."""

import re
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from monitor.config.convert import Table, converted, unknown
from monitor.config.secrets import Place
from monitor.config.settings import OwnPage, SourceOptions
from monitor.config.tables import PageTable, Reference, SourceTable
from monitor.domain.claims import read_authority
from monitor.errors import ConfigError
from monitor.sources import SOURCES, AwsKey, Source

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")  # no dot, slash or colon: the host stays the vendor's


def read_sources(table: Table) -> dict[str, SourceOptions]:
    """The options of built-in sources by key."""
    by_key = {source.key: source for source in SOURCES}
    return {key: _options(by_key, key, options) for key, options in table.items()}


def _options(by_key: dict[str, Source], key: str, table: object) -> SourceOptions:
    if key not in by_key:
        raise unknown(f"source.{key}", by_key)
    given = converted(table, SourceTable, f"source.{key}")
    if given.models and not by_key[key].per_model:
        raise ConfigError(f"source.{key}.models", "this source does not have a page per model")
    return SourceOptions(given.enabled, tuple(dict.fromkeys(given.models)), given.cadence)


def read_pages(tables: list[object], near: Path) -> tuple[OwnPage, ...]:
    """A user's own pages, in their order; files of secrets are named from the folder *near*."""
    taken = {source.key for source in SOURCES}
    pages = []
    for number, table in enumerate(tables):
        page = _page(converted(table, PageTable, f"sources[{number}]"), f"sources[{number}]", near)
        if page.key in taken:
            raise ConfigError(f"sources[{number}].key", f"{page.key!r} is the key of another source")
        taken.add(page.key)
        pages.append(page)
    return tuple(pages)


def _page(given: PageTable, key: str, near: Path) -> OwnPage:
    reader = next((source for source in SOURCES if source.key == given.reader), None)
    if reader is None:
        alike = get_close_matches(given.reader, [source.key for source in SOURCES], n=1)
        hint = f"; did you mean {alike[0]!r}?" if alike else ""
        raise ConfigError(f"{key}.reader", f"no reader {given.reader!r}{hint}")
    provider = given.provider or reader.provider
    if not provider:
        raise ConfigError(f"{key}.provider", f"required: {reader.key} reads pages of any provider")
    authority = read_authority(given.authority) if given.authority else reader.authority
    url, fill = _address(given, reader, key)
    page = OwnPage(given.key, url, reader, provider, given.cadence or reader.cadence, authority, fill)
    return replace(page, secret=_place(given.secret, page, f"{key}.secret", near)) if given.secret else page


def _address(given: PageTable, reader: Source, key: str) -> tuple[str, str]:
    """The address and what it was filled in with."""
    if given.fill is None:
        if given.url is None:
            hint = f", or fill = {{ {reader.blank} = … }} for the reader's own" if reader.blank else ""
            raise ConfigError(f"{key}.url", f"required: an address{hint}")
        return given.url, ""
    if given.url is not None:
        raise ConfigError(f"{key}.fill", "either url or fill, not both")
    if not reader.blank:
        raise ConfigError(f"{key}.fill", f"the address of {reader.key!r} has nothing to fill in; give url")
    for name in given.fill.keys() - {reader.blank}:
        raise unknown(f"{key}.fill.{name}", (reader.blank,))
    fill = given.fill.get(reader.blank, "")
    if not isinstance(fill, str) or not _LABEL.fullmatch(fill):
        raise ConfigError(f"{key}.fill.{reader.blank}", "expected one part of a host name: lower-case letters, digits and hyphens")
    return reader.filled(fill).address, fill


def _place(given: Reference, page: OwnPage, key: str, near: Path) -> Place:
    if not page.fill:
        raise ConfigError(key, "only with fill: a key belongs to the reader's own address")
    if isinstance(page.reader.secret, AwsKey):
        raise ConfigError(key, f"requests are signed, with {page.reader.secret.variable} and its companions")
    if (given.env is None) is (given.file is None):
        raise ConfigError(key, 'expected one of { env = "VARIABLE" } and { file = "/path" }')
    return Place(given.env) if given.env else Place(file=near / (given.file or ""))
