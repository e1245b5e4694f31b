"""The file and the environment → settings, table by table, so that every error names its key."""

import tomllib
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType

from monitor.alerts.targets import read_target
from monitor.config.convert import Table, converted, named, unknown
from monitor.config.redaction import REDACTED
from monitor.config.running import read_daemon, read_log, read_web
from monitor.config.secrets import Env, absent, config_places, default_database_url, find_kept, find_secret
from monitor.config.settings import FetchSettings, OwnPage, RetentionSettings, Settings, SourceOptions
from monitor.config.tables import FetchTable, Id, Reference, RetentionTable, Secret
from monitor.config.watching import read_health, read_watches
from monitor.domain.policy.channels import LOG
from monitor.errors import ConfigError

DATABASE_VARIABLE = "MODELWATCH_DATABASE_URL"
CONFIG_VARIABLE = "MODELWATCH_CONFIG"
CATALOGUE_VARIABLE = "MODELWATCH_CATALOGUE"
SWITCH = {"true": True, "on": True, "1": True, "false": False, "off": False, "0": False}
TABLES = ("database_url", "catalogue", "daemon", "web", "log", "retention", "fetch", "channels", "watch", "health", "source", "sources")


def find_config(path: Path | None, env: Env) -> Path | None:
    """The file to load: the one named, else MODELWATCH_CONFIG, else the first that exists; None for none."""
    if path or env.get(CONFIG_VARIABLE):
        return path or Path(env[CONFIG_VARIABLE])
    return next((place for place in config_places(env) if place.is_file()), None)


def load_settings(path: Path | None, env: Env) -> Settings:
    """The settings of a file (found as `find_config` does; the defaults if there is none) and the environment.

    Raises ConfigError naming the key.
    """
    path = find_config(path, env)
    tables = _read_toml(path) if path else {}
    for key in tables.keys() - set(TABLES):
        raise unknown(key, TABLES)
    near = path.parent if path else Path()
    channels = _channels(_table(tables, "channels"), near, env)
    return Settings(
        database_url=_database_url(tables, env),
        fetch=_fetch(_table(tables, "fetch"), near, env),
        channels=MappingProxyType(channels),
        watches=read_watches(_list(tables, "watch"), tuple(channels)),
        health=read_health(_table(tables, "health"), tuple(channels)),
        sources=MappingProxyType(_sources(_table(tables, "source"))),
        pages=_pages(_list(tables, "sources"), near),
        catalogue=_catalogue(tables, env),
        daemon=read_daemon(_table(tables, "daemon"), near, env),
        web=read_web(_table(tables, "web")),
        log=read_log(_table(tables, "log"), env),
        retention=_retention(_table(tables, "retention")),
    )


def _read_toml(path: Path) -> Table:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise ConfigError(str(path), error.strerror or "cannot be read") from None
    except RecursionError:
        raise ConfigError(str(path), "nested too deeply") from None
    except ValueError as error:  # TOML's own errors, bytes that are no UTF-8, integers without end
        raise ConfigError(str(path), f"no TOML: {error}") from None


def _table(tables: Table, key: str) -> Table:
    value = tables.get(key, {})
    if not isinstance(value, dict):
        raise ConfigError(key, f"expected a table, [{key}]")
    return value


def _list(tables: Table, key: str) -> list[object]:
    value = tables.get(key, [])
    if not isinstance(value, list):
        raise ConfigError(key, f"expected a list of tables, [[{key}]]")
    return value


def _database_url(tables: Table, env: Env) -> str:
    own = converted(tables.get("database_url", ""), str, "database_url")
    address = find_secret(env, DATABASE_VARIABLE) or own or default_database_url(env)
    if "@" in address:
        REDACTED.keep_address(address)
    return address


def _retention(table: Table) -> RetentionSettings:
    given = converted(table, RetentionTable, "retention")
    usual = RetentionSettings()
    return RetentionSettings(given.pages or usual.pages, given.readings or usual.readings)


def _sources(table: Table) -> dict[str, SourceOptions]:
    if not table:
        return {}
    from monitor.config.pages import read_sources

    return read_sources(table)


def _pages(tables: list[object], near: Path) -> tuple[OwnPage, ...]:
    if not tables:
        return ()
    from monitor.config.pages import read_pages

    return read_pages(tables, near)


def _check_allowance(names: list[str]) -> None:
    if names:
        from monitor.fetch.inside import read_allowance

        read_allowance(names)


def _catalogue(tables: Table, env: Env) -> bool:
    own = converted(tables.get("catalogue", True), bool, "catalogue")
    said = env.get(CATALOGUE_VARIABLE, "").strip().casefold()
    if said and said not in SWITCH:
        raise ConfigError(CATALOGUE_VARIABLE, "expected on or off")
    return SWITCH[said] if said else own


def _fetch(table: Table, near: Path, env: Env) -> FetchSettings:
    given = converted(table, FetchTable, "fetch")
    said = {field.name: getattr(given, field.name) for field in fields(FetchSettings)}
    said["proxy"] = _secret(given.proxy, "fetch.proxy", near, env) if given.proxy else None
    if said["proxy"]:
        REDACTED.keep_address(said["proxy"])
    said["allow"] = tuple(given.allow)
    _check_allowance(given.allow)
    said["ca_file"] = str(near / given.ca_file) if given.ca_file else None
    return FetchSettings(**{name: value for name, value in said.items() if value is not None})


def _channels(table: Table, near: Path, env: Env) -> dict[str, str]:
    channels = {}
    for name, value in table.items():
        key = f"channels.{name}"
        converted(name, Id, key)
        if name == LOG:
            raise ConfigError(key, "reserved: this channel is always there and writes to the program's own log")
        channels[name] = _secret(value if isinstance(value, str) else converted(value, Reference, key), key, near, env)
        REDACTED.keep_address(channels[name])
        with named(key):
            read_target(channels[name])
    return channels


def _secret(given: Secret, key: str, near: Path, env: Env) -> str:
    if isinstance(given, Reference):
        found = find_kept(given, key, near, env)
        if not found:
            raise ConfigError(key, absent(given))
        return found
    return given
