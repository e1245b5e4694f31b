"""Where the captures and the truth about them lie, beside this repository; MODELWATCH_SHARED names another place."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("MODELWATCH_SHARED") or Path(__file__).parents[3] / "shared")
CAPTURES = SHARED / "captures"
TRUTH = SHARED / "truth"
NEEDED = [
    pytest.mark.captures,
    pytest.mark.skipif(
        not CAPTURES.is_dir() or not TRUTH.is_dir(), reason=f"no captures at {SHARED}; MODELWATCH_SHARED names another place"
    ),
]


def body_of(path: Path) -> bytes:
    """A capture as it came, unpacked."""
    body = path.read_bytes()
    return gzip.decompress(body) if path.suffix == ".gz" else body


def files(folder: str, pattern: str = "*") -> list[Path]:
    """The captures in a folder, in the order of their names; edited and synthetic ones are left out."""
    return sorted(_pristine(CAPTURES / folder, pattern))


def _pristine(folder: Path, pattern: str) -> Iterator[Path]:
    yield from (path for path in folder.glob(pattern) if path.is_file() and not path.name.startswith("_"))
