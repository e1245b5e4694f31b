"""How fast a page is read, as a ratio to BeautifulSoup's `html.parser` merely parsing the same bytes.

Reads the OpenAI deprecations page of `../shared/captures` (HTML) where it is there, else a page of the same layout made here. Prints
one line per page: the median of each, and their ratio. Target: at most 0.2.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bs4 import BeautifulSoup

from monitor.domain.pages import Page
from monitor.sources import find_source

CAPTURES = Path(__file__).resolve().parents[2] / "shared" / "captures"
ROUNDS = 7
TARGET = 0.2
READ_AT = datetime(2026, 11, 21, tzinfo=UTC)


def made_page() -> bytes:
    """A page of the OpenAI layout, as large as the real one."""
    row = "<tr><td>2026-10-{day:02}</td><td><code>gpt-4-{n:04}</code></td><td><code>gpt-5</code> or <code>gpt-4.1*</code></td></tr>"
    head = "<tr><th>Shutdown date</th><th>Model / system</th><th>Recommended replacement</th></tr>"
    table = f"<table><thead>{head}</thead><tbody>{{rows}}</tbody></table>"
    sections = [
        f"<div><h3>2026-{month:02}-01: Legacy OpenAI models</h3></div><p>Access will be shut down on the dates below.</p>"
        + table.format(rows="".join(row.format(day=n % 28 + 1, n=month * 40 + n) for n in range(10)))
        for month in range(1, 13)
    ]
    icons = '<svg viewBox="0 0 24 24"><path d="' + "M18.29 5.70C16.47 3.88 13.52 3.88 11.70 5.70 " * 20 + '"></path></svg>'
    return f"<!doctype html><html><body><nav>{icons * 60}</nav><main><h1>Deprecations</h1>{''.join(sections)}</main></body></html>".encode()


def median(work: Callable[[], object]) -> float:
    """The median time of a few rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> int:
    """Measure and print; fail only where a page is not read."""
    source = find_source("openai_deprecations")
    pages = {"made here": made_page()}
    for path in sorted((CAPTURES / "openai" / "announcements").glob("*.html")):
        pages[path.name] = path.read_bytes()
    for name, body in pages.items():
        start = time.perf_counter()
        parsed = source.parse(Page("bench", body, READ_AT), "openai")
        first = time.perf_counter() - start
        if not parsed.statements:
            print(f"{name}: nothing read: {parsed.drift}")
            return 1
        ours = median(lambda body=body: source.parse(Page("bench", body, READ_AT), "openai"))  # type: ignore[misc]
        theirs = median(lambda body=body: BeautifulSoup(body, "html.parser"))  # type: ignore[misc]
        verdict = f"target {TARGET}" + ("" if ours <= TARGET * theirs else ", missed")
        print(
            f"{name}: {len(body)} bytes, {len(parsed.statements)} statements, read in {ours * 1000:.1f} ms "
            f"(the first time in {first * 1000:.1f} ms), "
            f"parsed by html.parser in {theirs * 1000:.1f} ms, ratio {ours / theirs:.3f} ({verdict})",
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
