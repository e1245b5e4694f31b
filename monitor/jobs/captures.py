"""A folder of saved pages with a MANIFEST.csv that says of each whose it is, where it stood and when: what a catalogue is made from."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from monitor.domain.pages import Page
from monitor.errors import UsageError
from monitor.jobs.saved import saved_body
from monitor.sources import Source

MANIFEST = "MANIFEST.csv"
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_LOCALE = re.compile(r"(?<=/)[a-z]{2}-[a-z]{2}/")
_BLANK = re.compile(r"\{\w+\}")

# Other addresses of the same document: where it stood before, or where it is shown to people.
ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    "anthropic_deprecations": ("https://docs.claude.com/en/docs/about-claude/model-deprecations.md",),
    "azure_models": ("https://{resource}.services.ai.azure.com/openai/v1/models",),
    "bedrock_lifecycle": ("https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html",),
    "cohere_models": ("https://api.cohere.ai/v1/models",),
    "copilot_deprecations": ("https://docs.github.com/copilot/reference/ai-models/supported-models",),
    "openai_deprecations": ("https://platform.openai.com/docs/deprecations",),
}


@dataclass(frozen=True, slots=True)
class Capture:
    """One saved page: its file, the address it was saved from, and the beginning (UTC) of the first day it can be from."""

    path: Path
    url: str
    at: datetime

    def page(self) -> Page:
        """The page as it came; `.gz` files are unpacked."""
        return Page(self.url, saved_body(self.path), self.at)


def captures_in(folder: Path) -> tuple[Capture, ...]:
    """The saved pages of a folder, the newest first; made-up and edited ones (`_…`) and mere headers are left out.

    Raises UsageError for a folder without a readable manifest.
    """
    try:
        with (folder / MANIFEST).open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        found = [
            Capture(folder / row["path"], row["original_url"], at) for row in rows if _real(row) and (at := _instant(row["captured_on"]))
        ]
    except OSError as error:
        raise UsageError(f"{folder / MANIFEST}: {error.strerror}") from error
    except (KeyError, ValueError) as error:
        raise UsageError(f"{folder / MANIFEST}: no manifest of saved pages: {error}") from error
    return tuple(sorted(found, key=lambda capture: (capture.at, str(capture.path)), reverse=True))


def of_source(source: Source, captures: Iterable[Capture]) -> tuple[Capture, ...]:
    """The captures of a source's own document, in their order."""
    addresses = [address for address in (source.address, *ELSEWHERE.get(source.key, ())) if address]
    return tuple(capture for capture in captures if any(_pattern(address).fullmatch(_bare(capture.url)) for address in addresses))


def _real(row: Mapping[str, str]) -> bool:
    made_up = any(part.startswith("_") for part in Path(row["path"]).parts)
    return not (made_up or "synthetic" in row["kind"] or row["kind"].endswith("-headers"))


def _instant(text: str) -> datetime | None:
    found = _DAY.match(text)
    return datetime(int(found[1]), int(found[2]), int(found[3] or 1), tzinfo=UTC) if found else None


def _bare(url: str) -> str:
    """The address without query, fragment and locale."""
    return _LOCALE.sub("", re.split(r"[?#]", url)[0].rstrip("/"))


@lru_cache
def _pattern(address: str) -> re.Pattern[str]:
    return re.compile("[^/]+".join(re.escape(part) for part in _BLANK.split(_bare(address))))
