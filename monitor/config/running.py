"""`[daemon]`, `[web]` and `[log]`: how the program runs and what it tells whoever runs it."""

from pathlib import Path
from urllib.parse import urlsplit

from monitor.config.convert import Table, converted
from monitor.config.redaction import REDACTED
from monitor.config.secrets import Env, absent, find_kept
from monitor.config.settings import DaemonSettings, LogSettings, WebSettings
from monitor.config.tables import DaemonTable, LogTable, PingTable, Reference, WebTable
from monitor.errors import ConfigError

LOG_VARIABLE = "MODELWATCH_LOG"
FORMATS = ("text", "json")
LAST_PORT = 65_535


def read_daemon(table: Table, near: Path, env: Env) -> DaemonSettings:
    """`[daemon]`; a secret's file is named from the folder *near*. Raises ConfigError, also for a ping that is not there."""
    given = converted(table, DaemonTable, "daemon")
    usual = DaemonSettings()
    ping = _ping(given.ping, near, env) if given.ping is not None else None
    return DaemonSettings(given.tick or usual.tick, given.lease or usual.lease, ping, given.ping_at_least)


def read_web(table: Table) -> WebSettings:
    """`[web]`: the host and port to listen on, "" for none."""
    listen = converted(table, WebTable, "web").listen
    if not listen:
        return WebSettings()
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > LAST_PORT:
        raise ConfigError("web.listen", 'expected an address and a port like "127.0.0.1:9464", or "" for none')
    return WebSettings(host.strip("[]"), int(port))


def read_log(table: Table, env: Env) -> LogSettings:
    """`[log]`, and the format that the environment names over it."""
    given = converted(table, LogTable, "log")
    said = env.get(LOG_VARIABLE, "").strip().casefold()
    if said and said not in FORMATS:
        raise ConfigError(LOG_VARIABLE, "expected text or json")
    return LogSettings(said or given.format, given.level)


def _ping(table: object, near: Path, env: Env) -> str:
    key = "daemon.ping"
    given = converted(table, PingTable, key)
    if sum(part is not None for part in (given.env, given.file, given.url)) != 1:
        raise ConfigError(key, 'expected one of { env = "VARIABLE" }, { file = "/path" } and { url = "https://…" }')
    place = Reference(given.env, given.file)
    address = given.url or find_kept(place, key, near, env)
    if not address:
        raise ConfigError(key, absent(place))
    REDACTED.keep_address(address)
    if not _is_web(address):
        raise ConfigError(key, "expected an address that begins with http:// or https://")
    return address


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
