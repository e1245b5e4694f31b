"""The whole exception tree; every layer translates what it calls into one of these and keeps the cause.

ModelwatchError
├── UsageError                 the caller named something that does not exist              exit 2
├── ConfigError                a setting is wrong; names the key                           exit 3
├── FetchError                 a page could not be brought                                 exit 4
│   ├── Unreachable            no name, no route, no TLS, connection reset
│   ├── DeadlineExceeded       the total time of a fetch ran out
│   ├── FetchStopped           this program is stopping; says nothing about the source
│   ├── BodyTooLarge           more bytes than allowed, before or after decompression
│   ├── BadEncoding            a content coding that was not asked for, or a broken one
│   ├── InsideAddress          leads inside (this machine, its networks) and is not allowed to
│   ├── BadRedirect            too many hops, off the host, or to something that is not http(s)
│   └── BadStatus              an answer that is no page
│       └── RateLimited        429 or 503 that asks to come back later
├── ReadError                  a page could not be read                                    exit 4
│   ├── Undecodable            bytes that are no text
│   └── UnreadableDate         a date outside the grammar; refused, never guessed
├── LeaseLost                  another process has taken a visit over                      exit 1
├── StoreError                 the database refused or is of another version               exit 6
│   └── SchemaMismatch         the database's revision is not this program's
└── DeliveryError              a channel did not take an alert                             exit 5
    ├── DeliveryRefused        it never will: repeating is pointless
    │   └── MessageRefused     it will not take this message in this form; others it may
    ├── DeliveryPostponed      it takes nothing for a while
    └── DeliveryUnclear        it may or may not have arrived
"""

from datetime import datetime


class ModelwatchError(Exception):
    """The root: everything this program raises on purpose."""


class UsageError(ModelwatchError):
    """The caller named a source, model, file or instant that does not exist."""


class ConfigError(ModelwatchError):
    """A setting is wrong; *key* is its dotted name, as it stands in the file or the environment."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key = key
        self.problem = problem


class FetchError(ModelwatchError):
    """A page could not be brought."""


class Unreachable(FetchError):
    """No name, no route, no TLS, or the connection was reset."""


class DeadlineExceeded(FetchError):
    """The total time allowed for one fetch, redirects and retries included, ran out."""


class FetchStopped(FetchError):
    """This program is stopping and ended the fetch; it says nothing about the source and is never recorded."""


class BodyTooLarge(FetchError):
    """More bytes than allowed, counted while decompressing."""


class BadEncoding(FetchError):
    """The body has a content coding that was not asked for, or a broken one."""


class InsideAddress(FetchError):
    """An address, or a name behind which one stands, that leads to this machine or its networks and is not in `fetch.allow`."""


class BadRedirect(FetchError):
    """Too many hops, off the host of a source with a key, or to something that is not http(s)."""


class BadStatus(FetchError):
    """An answer that is no page; *status* is the HTTP status code."""

    def __init__(self, status: int, url: str) -> None:
        super().__init__(f"HTTP {status} from {url}")
        self.status = status
        self.url = url


class RateLimited(BadStatus):
    """429 or 503; *retry_at* is the aware UTC instant the server asked for, already capped, or None."""

    def __init__(self, status: int, url: str, retry_at: datetime | None) -> None:
        super().__init__(status, url)
        self.retry_at = retry_at


class ReadError(ModelwatchError):
    """A page could not be read."""


class Undecodable(ReadError):
    """The bytes are no text in the encoding they claim."""


class UnreadableDate(ReadError):
    """A text is no date of the grammar; refused, never guessed."""


class StoreError(ModelwatchError):
    """The database refused, is locked, is full, or cannot be opened."""


class SchemaMismatch(StoreError):
    """The database's revision is not the one this program was written for."""


class LeaseLost(ModelwatchError):
    """Another process has taken a visit over; what this one brought must not be written."""


class DeliveryError(ModelwatchError):
    """A channel did not take an alert; worth another try."""


class DeliveryRefused(DeliveryError):
    """The target never will take it (gone, bad token, malformed): repeating is pointless."""


class MessageRefused(DeliveryRefused):
    """The target will not take this message in this form (too long, a layout it does not know); it may take others."""


class DeliveryPostponed(DeliveryError):
    """The target takes nothing for a while; *retry_after* is what it said about how long (RFC 9110, section 10.2.3), "" for nothing."""

    def __init__(self, reason: str, retry_after: str = "") -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class DeliveryUnclear(DeliveryError):
    """The target may have taken it before it went silent: repeat with the same visible id."""
