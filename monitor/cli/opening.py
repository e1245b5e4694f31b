"""A page from a file, from standard input or from an address."""

import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.domain.pages import Page, Request, Validators
from monitor.errors import Undecodable, UsageError

if TYPE_CHECKING:
    from monitor.fetch import Fetcher

GZIP = b"\x1f\x8b"
MOST_BYTES = 256 * 1024 * 1024


def open_page(request: Request, at: datetime | None) -> Page:
    """The page at an address or in a file; *at* is when it was brought, else its file's own time, else now. Compressed files are unpacked.

    Raises UsageError for no such file, Undecodable for a broken compressed one, FetchError for an address that brings none.
    """
    where = request.url
    if where.startswith(("http://", "https://")):
        return _fetched(request, at)
    path = Path(where)
    try:
        content = sys.stdin.buffer.read() if where == "-" else path.read_bytes()
        brought_at = at or (_now() if where == "-" else datetime.fromtimestamp(path.stat().st_mtime, UTC))
    except (OSError, ValueError) as error:
        raise UsageError(f"{where}: {getattr(error, 'strerror', None) or 'no such file'}") from error
    return Page(where, _unpacked(where, content), brought_at)


def _unpacked(where: str, content: bytes) -> bytes:
    if not content.startswith(GZIP):
        return content
    unpacking = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacking.decompress(content, MOST_BYTES)
    except zlib.error as error:
        raise Undecodable(f"{where}: cannot be unpacked: {error}") from error
    if not unpacking.eof:
        raise Undecodable(f"{where}: cannot be unpacked: cut off, or larger than {MOST_BYTES} bytes")
    return unpacked


def _fetched(request: Request, at: datetime | None) -> Page:
    from dataclasses import replace

    from monitor.fetch import Fetched

    with _fetcher() as fetcher:
        answer = fetcher.fetch(request, Validators())
    if not isinstance(answer, Fetched):
        raise UsageError(f"{request.url}: nothing was brought")
    return replace(answer.page, fetched_at=at) if at else answer.page


@contextmanager
def _fetcher() -> "Iterator[Fetcher]":
    """A fetcher as configured, for one page."""
    from monitor.bootstrap import fetcher_for
    from monitor.cli.apps import invocation
    from monitor.config import load_settings

    fetcher = fetcher_for(load_settings(invocation().config_path, os.environ))
    try:
        yield fetcher
    finally:
        fetcher.close()


def _now() -> datetime:
    from monitor.bootstrap import clock

    return clock()
