"""Saved pages as a source's past: a folder of files whose names say the instant they stand for."""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.domain.pages import Page, Request, Validators
from monitor.errors import FetchError, UsageError
from monitor.fetch import Fetched, NotModified

_INSTANT = re.compile(r"(?<!\d)(20\d\d)-?(\d\d)-?(\d\d)(?:T(\d\d)-?:?(\d\d)-?:?(\d\d)Z?)?(?!\d)")
SAME_DAY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved page and the aware UTC instant it is replayed at; *url* where its source has several pages."""

    at: datetime
    path: Path
    url: str = ""


def saved_pages(folder: Path) -> tuple[Saved, ...]:
    """The files of a folder in the order of the instants in their names; of one day, `_tn` first, then by name, an hour apart.

    Raises UsageError for a folder that is none, or a file whose name says no day.
    """
    if not folder.is_dir():
        message = f"no folder {folder}"
        raise UsageError(message)
    pages = [Saved(instant_of(path.name), path) for path in folder.iterdir() if path.is_file()]
    if not pages:
        message = f"no files in {folder}"
        raise UsageError(message)
    return in_order(pages)


def in_order(pages: list[Saved]) -> tuple[Saved, ...]:
    """The pages of one source in the order of their instants, no two at one; those of one day that differ only by name an hour apart."""
    saved: list[Saved] = []
    for page in sorted(pages, key=lambda page: (page.at, "_tn" not in page.path.name, page.path.name, page.path)):
        saved.append(Saved(max(page.at, saved[-1].at + SAME_DAY) if saved else page.at, page.path, page.url))
    return tuple(saved)


def instant_of(name: str) -> datetime:
    """The day or instant that a name says, aware UTC; raises UsageError for none."""
    found = _INSTANT.search(name)
    try:
        parts = [int(part) for part in found.groups() if part] if found else []
        return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]  # three parts or six, or it raises
    except (TypeError, ValueError) as error:
        message = f"{name}: no date in the name of a saved page"
        raise UsageError(message) from error


class SavedPages:
    """Brings the saved pages of one source instead of the network's: at each address the one that is up."""

    def __init__(self) -> None:
        self._up: dict[str, Saved] = {}

    @property
    def requests(self) -> tuple[Request, ...]:
        """The addresses at which a page is up."""
        return tuple(map(Request, self._up))

    def put_up(self, saved: Saved, url: str) -> None:
        """The page that is fetched at *url* from now on."""
        self._up[url] = saved

    def fetch(self, request: Request, _validators: Validators) -> Fetched | NotModified:
        """The page that is up, `.gz` files unpacked; raises FetchError for one that nobody saved or that cannot be unpacked."""
        saved = self._up.get(request.url)
        if saved is None:
            raise FetchError(f"{request.url} was not saved")
        try:
            whole = saved_body(saved.path)
        except (OSError, EOFError, zlib.error) as error:
            raise FetchError(f"{saved.path.name} cannot be read: {error}") from error
        return Fetched(Page(request.url, whole, saved.at), Validators())


def saved_body(path: Path) -> bytes:
    """A saved page as it came; `.gz` files are unpacked."""
    body = path.read_bytes()
    return gzip.decompress(body) if path.suffix == ".gz" else body


def days_between(after: datetime, before: datetime) -> Iterator[datetime]:
    """Every midnight (UTC) strictly between two instants."""
    day = datetime(after.year, after.month, after.day, tzinfo=UTC) + timedelta(days=1)
    while day < before:
        yield day
        day += timedelta(days=1)
