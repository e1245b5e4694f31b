"""`[source.KEY]` and `[[sources]]`: what is configured of the built-in sources, and a user's own pages."""

from dataclasses import replace
from pathlib import Path

from monitor.config.convert import Table, converted, unknown
from monitor.config.declared import reader_of, rules_of
from monitor.config.secrets import Env, absent, find_kept
from monitor.config.settings import OwnPage, SourceOptions
from monitor.config.tables import PageTable, Reference, SourceTable
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


def read_pages(tables: list[object], near: Path, env: Env) -> tuple[OwnPage, ...]:
    """A user's own pages, in their order; files of secrets lie *near*."""
    taken = {source.key for source in SOURCES}
    pages = []
    for number, table in enumerate(tables):
        key = f"sources[{number}]"
        given = converted(table, PageTable, key)
        if given.key in taken:
            raise ConfigError(f"{key}.key", f"{given.key!r} is the key of another source")
        taken.add(given.key)
        pages.append(_with_secret(_page(given, key), given, key, near, env))
    return tuple(pages)


def _page(given: PageTable, key: str) -> OwnPage:
    reader = reader_of(given, key)
    provider = given.provider or reader.provider
    if not provider:
        raise ConfigError(f"{key}.provider", f"required: {reader.key} reads pages of any provider")
    authority = read_authority(given.authority) if given.authority else reader.authority
    return OwnPage(given.key, given.url, reader, provider, given.cadence or reader.cadence, authority, rules_of(given, reader, key))


def _with_secret(page: OwnPage, given: PageTable, key: str, near: Path, env: Env) -> OwnPage:
    """The page with its secret; one whose secret is not there is not visited, which is no failure."""
    if given.secret is None:
        return page
    kept = converted(given.secret, Reference, f"{key}.secret")
    found = find_kept(kept, f"{key}.secret", near, env)
    return replace(page, secret=found) if found else replace(page, not_configured=absent(kept))
