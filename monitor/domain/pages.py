"""What is asked of the network and what comes back, as values."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property


@dataclass(frozen=True, slots=True)
class HeaderSecret:
    """A key that goes into *header* behind *prefix*; *read* brings its present value when a request is sent, or raises ConfigError."""

    header: str
    prefix: str
    read: Callable[[], str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class AwsKeys:
    """Who signs for AWS; the token is "" but for credentials that expire."""

    access_key: str
    secret_key: str = field(repr=False)
    session_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AwsSecret:
    """What signs a request to an AWS *service* in *region*; *read* as in HeaderSecret."""

    service: str
    region: str
    read: Callable[[], AwsKeys] = field(repr=False)


Secret = HeaderSecret | AwsSecret


@dataclass(frozen=True, slots=True)
class Request:
    """One address to fetch; *keyed* marks a request that carries a secret, or *secret* itself, and must not leave its host."""

    url: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    keyed: bool = False
    secret: Secret | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "has it changed?" (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Page:
    """One fetched document; *fetched_at* is aware UTC."""

    url: str
    body: bytes
    fetched_at: datetime
    content_type: str = ""

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of the body in hexadecimal: the page's name in the store."""
        return hashlib.sha256(self.body).hexdigest()
