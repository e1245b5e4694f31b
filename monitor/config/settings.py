"""The settings as the program uses them: frozen, checked, secrets in place and kept out of every `repr`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from monitor.domain.claims import Authority
from monitor.domain.pages import Request
from monitor.domain.policy import Watch
from monitor.parsing.declaration import Announcement
from monitor.sources import Key, Source


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How pages are brought; *timeout* and *max_bytes* are per page. A proxy may hold a password. No user agent: the program's own."""

    proxy: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    timeout: timedelta = timedelta(seconds=30)
    max_bytes: int = 10 * 1024 * 1024
    user_agent: str = ""


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """What a configuration says of a built-in source; *models* are those with a page of their own there."""

    enabled: bool = True
    models: tuple[str, ...] = ()
    cadence: timedelta | None = None


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page that a user watches by its address, read by the *reader* of a built-in source, as *rules* say where they are given.

    *secret* is sent to its own address alone; *not_configured* says what is missing for a visit.
    """

    key: str
    url: str
    reader: Source
    provider: str
    cadence: timedelta
    authority: Authority
    rules: Announcement | None = None
    secret: str = field(default="", repr=False)
    not_configured: str = ""

    @property
    def source(self) -> Source:
        """The reader as a source of this page: never with the reader's own key, which belongs to the reader's own address."""
        reading = self.reader.reading if self.rules else None
        parse = reading(self.rules) if reading and self.rules else self.reader.parse
        return replace(self.reader, authority=self.authority, secret=None, parse=parse)

    @property
    def request(self) -> Request:
        """What to ask for; a secret goes where the reader's would, else behind "Bearer"."""
        if not self.secret:
            return Request(self.url)
        place = self.reader.secret or Key("")
        return Request(self.url, (*self.reader.headers, (place.header, place.prefix + self.secret)), keyed=True)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything configured. *channels* are Apprise addresses by our own ids; both they and the database's address may hold secrets."""

    database_url: str = field(repr=False)
    fetch: FetchSettings = FetchSettings()
    channels: Mapping[str, str] = field(default_factory=dict, repr=False)
    watches: tuple[Watch, ...] = ()
    sources: Mapping[str, SourceOptions] = field(default_factory=dict)
    pages: tuple[OwnPage, ...] = ()
