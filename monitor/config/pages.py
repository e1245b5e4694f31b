"""`[source.KEY]` and `[[sources]]`: what is configured of the built-in sources, and a user's own pages."""

from difflib import get_close_matches

from monitor.config.convert import Table, converted, unknown
from monitor.config.settings import OwnPage, SourceOptions
from monitor.config.tables import PageTable, SourceTable
from monitor.domain.claims import read_authority
from monitor.errors import ConfigError
from monitor.sources import SOURCES, Source


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


def read_pages(tables: list[object]) -> tuple[OwnPage, ...]:
    """A user's own pages, in their order."""
    taken = {source.key for source in SOURCES}
    pages = []
    for number, table in enumerate(tables):
        page = _page(converted(table, PageTable, f"sources[{number}]"), f"sources[{number}]")
        if page.key in taken:
            raise ConfigError(f"sources[{number}].key", f"{page.key!r} is the key of another source")
        taken.add(page.key)
        pages.append(page)
    return tuple(pages)


def _page(given: PageTable, key: str) -> OwnPage:
    reader = next((source for source in SOURCES if source.key == given.reader), None)
    if reader is None:
        near = get_close_matches(given.reader, [source.key for source in SOURCES], n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ConfigError(f"{key}.reader", f"no reader {given.reader!r}{hint}")
    provider = given.provider or reader.provider
    if not provider:
        raise ConfigError(f"{key}.provider", f"required: {reader.key} reads pages of any provider")
    authority = read_authority(given.authority) if given.authority else reader.authority
    return OwnPage(given.key, given.url, reader, provider, given.cadence or reader.cadence, authority)
