"""What is asked of the network and what comes back, as values."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Request:
    """One address to fetch; *keyed* marks a request that carries a secret and must not leave its host."""

    url: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    keyed: bool = False


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
