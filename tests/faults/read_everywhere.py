"""Reads a page with every announcement source under a limit of memory: PAGE MEGABYTES. Prints what each took; fails on the first fault."""

import resource
import sys
import time
from contextlib import suppress
from pathlib import Path

from monitor.domain.readings import SourceKind
from monitor.errors import ReadError
from monitor.sources import SOURCES
from tests.sources.golden import read

WARM_UP = b"# Deprecations\n\n| Shutdown date | Model |\n|---|---|\n| 2026-10-10 | `gpt-4` |\n"
MEGABYTE = 1 << 20


def held() -> int:
    """The address space of this process, in bytes."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()


def main() -> None:
    """Limit, read, report."""
    body, megabytes = Path(sys.argv[1]).read_bytes(), int(sys.argv[2])
    announcements = [source for source in SOURCES if source.kind is SourceKind.ANNOUNCEMENT]
    for source in announcements:  # what is loaded late, and tables of patterns, count for no page
        read(source, WARM_UP)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    resource.setrlimit(resource.RLIMIT_AS, (held() + megabytes * MEGABYTE, resource.RLIM_INFINITY))
    spent: dict[str, float] = {}
    for source in announcements:
        began = time.process_time()
        with suppress(ReadError):
            read(source, body)
        spent[source.key] = time.process_time() - began
    slowest = max(spent, key=lambda key: spent[key])
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    sys.stdout.write(f"slowest {slowest} {spent[slowest]:.2f} s; all {sum(spent.values()):.2f} s; {grown:.0f} MB more\n")


if __name__ == "__main__":
    main()
