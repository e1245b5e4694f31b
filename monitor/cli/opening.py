"""A page from a file, from standard input or from an address."""

import gzip
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

from monitor.domain.pages import Page, Request, Validators
from monitor.errors import Undecodable, UsageError

GZIP = b"\x1f\x8b"


def open_page(where: str, at: datetime | None) -> Page:
    now = at or datetime.now(UTC)  # noqa: TID251
    if where.startswith(("http://", "https://")):
        raise UsageError("later")
    return Page(where, _unpacked(where, _content(where)), now)


def _content(where: str) -> bytes:
    if where == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(where).read_bytes()
    except OSError as error:
        raise UsageError(f"{where}: {error.strerror}") from error


def _unpacked(where: str, content: bytes) -> bytes:
    if not content.startswith(GZIP):
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise Undecodable(f"{where}: not to be decompressed: {error}") from error
