"""How fast pages are read, as ratios to BeautifulSoup's `html.parser` merely parsing the same bytes, and to a bare parse of them.

Reads every page of `../shared/truth/index.csv` and every other HTML page of `../shared/captures`, each with its source's reader, else a
page made here. A reader's remembered answers are forgotten before each round, so that a page is always read as if seen for the first
time. Markdown means nothing to an HTML parser, so there the peer renders it (markdown-it-py) and parses that, and the bare parse is the
rendering. Times are processor time, the median of a few rounds. Target: all HTML pages together at most 0.15 of `html.parser`.
"""

import csv
import functools
import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import turbohtml
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from monitor.domain.pages import Page
from monitor.sources import Source, find_source

SHARED = Path(__file__).resolve().parents[2] / "shared"
CAPTURES = SHARED / "captures"
ROUNDS = 7
TARGET = 0.15
READ_AT = datetime(2026, 11, 21, tzinfo=UTC)
PLAIN = {".html", ".md", ".txt"}
OTHER_HTML = "generic_page"
MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Reading:
    """One page and the source that reads it for a provider."""

    name: str
    source: Source
    provider: str
    body: bytes

    @property
    def is_html(self) -> bool:
        return self.body.lstrip()[:1] == b"<" and b"<html" in self.body[:2000].lower()

    def read(self) -> int:
        """Read it; returns the number of statements."""
        return len(self.source.parse(Page("bench", self.body, READ_AT), self.provider).statements)

    def peer(self) -> object:
        markup = self.body if self.is_html else MARKDOWN.render(self.body.decode("utf-8", "replace"))
        return BeautifulSoup(markup, "html.parser")

    def bare(self) -> object:
        text = self.body.decode("utf-8", "replace")
        return turbohtml.parse(text) if self.is_html else MARKDOWN.render(text)


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


def readings() -> Iterator[Reading]:
    """The pages to read."""
    yield Reading("(made here)", find_source("openai_deprecations"), "openai", made_page())
    index = SHARED / "truth" / "index.csv"
    indexed = list(csv.DictReader(index.open(encoding="utf-8"))) if index.is_file() else []
    for entry in indexed:
        path = CAPTURES / entry["capture"]
        if path.suffix in PLAIN:
            yield Reading(entry["capture"], find_source(entry["source"]), entry["provider"], path.read_bytes())
    known = {entry["capture"] for entry in indexed}
    for path in sorted(CAPTURES.rglob("*.html")):
        name = str(path.relative_to(CAPTURES))
        if name not in known and "_synthetic" not in name:
            yield Reading(name, find_source(OTHER_HTML), path.parent.parent.name, path.read_bytes())


def median(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """The median processor time of a few rounds, in seconds; *before* is not counted."""
    times = []
    for _ in range(ROUNDS):
        before()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def forget() -> None:
    """Empty every cache of our own."""
    for kept in CACHES:
        kept.cache_clear()


def main() -> int:
    """Measure and print; fail only where a page is not read."""
    totals = {True: [0.0, 0.0, 0.0, 0.0], False: [0.0, 0.0, 0.0, 0.0]}
    for reading in readings():
        statements = reading.read()
        if not statements and reading.source.key != OTHER_HTML and "excerpts" not in reading.name:
            print(f"{reading.name}: nothing read")
            return 1
        again = median(reading.read)
        times = [median(reading.read, forget), again, median(reading.peer), median(reading.bare)]
        totals[reading.is_html] = [old + new for old, new in zip(totals[reading.is_html], times, strict=True)]
        print_line(f"{reading.name[-66:]} ({len(reading.body)} bytes, {statements} statements)", times)
    print_line("all HTML pages", totals[True])
    if totals[False][0]:
        print_line("all Markdown pages (peer: markdown-it-py, then html.parser)", totals[False])
    ratio = totals[True][0] / totals[True][2]
    print(f"HTML, first time: {ratio:.3f} of html.parser (target {TARGET}{'' if ratio <= TARGET else ', missed'})")
    return 0


def print_line(name: str, times: list[float]) -> None:
    """One line: the ratios, then the times."""
    ours, again, peer, bare = times
    print(
        f"{name}: {ours / peer:.3f} of the peer, {ours / bare:.1f} of a bare parse; read again {again / peer:.3f} "
        f"({ours * 1000:.1f}, {again * 1000:.1f}, peer {peer * 1000:.1f}, bare {bare * 1000:.2f} ms)",
    )


CACHES = [kept for kept in gc.get_objects() if isinstance(kept, functools._lru_cache_wrapper) and kept.__module__.startswith("monitor")]  # noqa: SLF001

if __name__ == "__main__":
    sys.exit(main())
