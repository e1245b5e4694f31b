"""Series: the saved pages of several sources, by folders named like the sources or by a list of files, `sources.csv`."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import UsageError
from monitor.jobs.saved import Saved, in_order, instant_of, saved_pages

LIST = "sources.csv"
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Series:
    """The saved pages of one source in their order; *provider* says whose models they speak of, where the source does not."""

    key: str
    pages: tuple[Saved, ...]
    provider: str = ""


def saved_series(folder: Path) -> tuple[Series, ...]:
    """Every series in a folder: of each file that its `sources.csv` lists, and of each folder in it, named like its source.

    The list has the columns `path` (or `capture`, from the folder on) and `source`, and, where needed, `provider`, `captured_on` (else
    the day is the name's) and `url` (where one source has several pages). Raises UsageError for what is not there or says no day.
    """
    listed = tuple(_listed(folder))
    if listed:
        return listed
    folders = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    if not folders:
        message = f"no {LIST} in {folder}, and no folders named like sources"
        raise UsageError(message)
    return tuple(Series(path.name, saved_pages(path)) for path in folders)


def _listed(folder: Path) -> Iterator[Series]:
    by_source: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(folder / LIST):
        by_source[row.get("source") or ""].append(row)
    for key, rows in sorted(by_source.items()):
        providers = {row.get("provider") or "" for row in rows}
        if len(providers) > 1:
            message = f"{LIST}: {key} is listed for {', '.join(sorted(providers))}; give each a [[sources]] of its own"
            raise UsageError(message)
        yield Series(key, in_order([_saved(folder, row) for row in rows]), providers.pop())


def _rows(path: Path) -> list[Row]:
    """The rows of the list; none where there is no list."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            return [{name: value or "" for name, value in row.items() if name} for row in csv.DictReader(file)]
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path}: {error}"
        raise UsageError(message) from error


def _saved(folder: Path, row: Row) -> Saved:
    name = row.get("path") or row.get("capture") or ""
    path = folder / name
    if not name or not row.get("source") or not path.is_file():
        message = f"{LIST}: no file {name!r}" if row.get("source") else f"{LIST}: {name!r} names no source"
        raise UsageError(message)
    return Saved(instant_of(row.get("captured_on") or path.name), path, row.get("url") or "")
