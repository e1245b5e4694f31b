"""The settings as the program uses them: frozen, checked, secrets in place and kept out of every `repr`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.config.secrets import Place
from monitor.domain.claims import Authority
from monitor.domain.policy.watches import Watch

if TYPE_CHECKING:
    from monitor.parsing.declaration import Announcement
    from monitor.sources import Key, Source


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How pages are brought; *timeout* and *max_bytes* are per page. A proxy may hold a password. No user agent: the program's own.

    *allow* names the hosts, addresses and networks inside that may be fetched from.
    """

    proxy: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    timeout: timedelta = timedelta(seconds=30)
    max_bytes: int = 10 * 1024 * 1024
    user_agent: str = ""
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DaemonSettings:
    """How often the daemon looks for what is due, and how long a visit is its own before another daemon may take it over.

    *ping*, which may hold a secret, is an address called after each pass in which at least *ping_at_least* sources (all that are
    configured, if that is None) were read in full within their cadence.
    """

    tick: timedelta = timedelta(seconds=5)
    lease: timedelta = timedelta(seconds=60)
    ping: str | None = field(default=None, repr=False)
    ping_at_least: int | None = None


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where health and metrics are served; no *host*: nowhere."""

    host: str = ""
    port: int = 0

    @property
    def listen(self) -> str:
        """As the file writes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}" if host else ""


@dataclass(frozen=True, slots=True)
class LogSettings:
    """How the log is written, `text` or `json`, and from which level on."""

    format: str = "text"
    level: str = "info"


@dataclass(frozen=True, slots=True)
class RetentionSettings:
    """For how long the bodies of pages that prove nothing are kept, and every one of visits that only repeat each other."""

    pages: timedelta = timedelta(days=90)
    readings: timedelta = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """What a configuration says of a built-in source; *models* are those with a page of their own there."""

    enabled: bool = True
    models: tuple[str, ...] = ()
    cadence: timedelta | None = None


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page that a user watches by its address, read by the *reader* of a built-in source, as *rules* say where they are given.

    With *fill*, the reader's own address with its blank filled in, and so with its key, kept in *secret* or in the usual variable;
    without it *secret* is the user's own, sent to this address's own origin alone.
    """

    key: str
    url: str
    reader: "Source"
    provider: str
    cadence: timedelta
    authority: Authority
    fill: str = ""
    rules: "Announcement | None" = None
    secret: Place | None = None

    @property
    def source(self) -> "Source":
        """The reader as a source of this page: with the reader's own key only at the reader's own address."""
        if self.fill:
            return replace(self.reader, authority=self.authority).filled(self.fill)
        reading = self.reader.reading if self.rules else None
        parse = reading(self.rules) if reading and self.rules else self.reader.parse
        return replace(self.reader, authority=self.authority, secret=self._own_key, parse=parse)

    @property
    def _own_key(self) -> "Key | None":
        """Where a user's own secret goes: where the reader's would, else behind "Bearer"."""
        from monitor.sources import Key

        usual = self.reader.secret if isinstance(self.reader.secret, Key) else Key("")
        return usual if self.secret else None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything configured. *channels* are Apprise addresses by our own ids; both they and the database's address may hold secrets.

    *catalogue* says whether a database begins with what this release brings along.
    """

    database_url: str = field(repr=False)
    fetch: FetchSettings = FetchSettings()
    channels: Mapping[str, str] = field(default_factory=dict, repr=False)
    watches: tuple[Watch, ...] = ()
    sources: Mapping[str, SourceOptions] = field(default_factory=dict)
    pages: tuple[OwnPage, ...] = ()
    catalogue: bool = True
    daemon: DaemonSettings = DaemonSettings()
    web: WebSettings = WebSettings()
    log: LogSettings = LogSettings()
    retention: RetentionSettings = RetentionSettings()
