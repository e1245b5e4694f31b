"""Every capture, whatever its vendor, through every source's reader: nothing but our own errors, and never slow."""

import time
from pathlib import Path

import pytest

from monitor.errors import ReadError
from monitor.sources import SOURCES
from tests.captures.shared import CAPTURES, NEEDED, body_of
from tests.sources.golden import read

pytestmark = NEEDED
SECONDS = 2.0
ALL = sorted(path for path in CAPTURES.rglob("*") if path.is_file())
EVERY = 24  # of the default run: each twenty-fourth capture, and the page of every kind


def run_through(path: Path) -> None:
    """Every reader over one capture; processor time, so that a busy machine does not fail the test."""
    body = body_of(path)
    for source in SOURCES:
        began = time.process_time()
        try:
            parsed = read(source, body)
        except ReadError:
            continue
        spent = time.process_time() - began
        assert spent < SECONDS, f"{source.key}: {spent:.1f} s"
        assert all(statement.key.model and statement.quote for statement in parsed.statements)


@pytest.mark.parametrize("path", ALL[::EVERY], ids=lambda path: str(path.relative_to(CAPTURES)))
def test_a_capture_of_the_sample_reads_through_every_source(path: Path) -> None:
    run_through(path)


@pytest.mark.slow
@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(CAPTURES)))
def test_a_capture_reads_through_every_source(path: Path) -> None:
    run_through(path)
