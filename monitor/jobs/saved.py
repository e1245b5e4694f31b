"""Saved pages as a source's past: a folder of files whose names say the instant they stand for."""

import gzip
import re
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
    """One saved page and the aware UTC instant it is replayed at."""

    at: datetime
    path: Path


def saved_pages(folder: Path) -> tuple[Saved, ...]:
    """The files of a folder in the order of the instants in their names; of one day, `_tn` first, then by name, an hour apart.

    Raises UsageError for a folder that is none, or a file whose name says no day.
    """
    if not folder.is_dir():
        message = f"no folder {folder}"
        raise UsageError(message)
    files = sorted((_instant(path), "_tn" not in path.name, path.name, path) for path in folder.iterdir() if path.is_file())
    if not files:
        message = f"no files in {folder}"
        raise UsageError(message)
    saved: list[Saved] = []
    for at, _, _, path in files:
        saved.append(Saved(max(at, saved[-1].at + SAME_DAY) if saved else at, path))
    return tuple(saved)


def _instant(path: Path) -> datetime:
    found = _INSTANT.search(path.name)
    try:
        parts = [int(part) for part in found.groups() if part] if found else []
        return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]  # three parts or six, or it raises
    except (TypeError, ValueError) as error:
        message = f"{path.name}: no date in the name of a saved page"
        raise UsageError(message) from error


class SavedPages:
    """Brings saved pages instead of the network's: whatever is asked for, the one that is up."""

    def __init__(self) -> None:
        self._page: Page | None = None

    def put_up(self, saved: Saved, url: str) -> None:
        """The page that is fetched from now on; `.gz` files are unpacked."""
        body = saved.path.read_bytes()
        if saved.path.suffix == ".gz":
            body = gzip.decompress(body)
        self._page = Page(url, body, saved.at)

    def fetch(self, request: Request, _validators: Validators) -> Fetched | NotModified:
        """The page that is up; raises FetchError for the page after it, which nobody saved."""
        if self._page is not None and request.url != self._page.url:
            raise FetchError(f"{request.url} was not saved")
        if self._page is None:
            message = f"nothing is up at {request.url}"
            raise UsageError(message)
        return Fetched(self._page, Validators())


def days_between(after: datetime, before: datetime) -> Iterator[datetime]:
    """Every midnight (UTC) strictly between two instants."""
    day = datetime(after.year, after.month, after.day, tzinfo=UTC) + timedelta(days=1)
    while day < before:
        yield day
        day += timedelta(days=1)
