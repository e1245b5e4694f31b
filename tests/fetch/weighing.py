"""Fetch addresses in turn and print, for each, the error's name and by how many bytes the process grew at its peak.

Arguments: the limit of a body in bytes, an address to warm up with, the addresses.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from monitor.domain.pages import Request, Validators
from monitor.errors import FetchError
from monitor.fetch import Fetcher, FetchLimits

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def resident(line: str) -> int:
    """`VmRSS` (now) or `VmHWM` (at its highest since `forget_peak`), in bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(row.split()[1] for row in status.splitlines() if row.startswith(line))) * 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def main(limit: int, warm: str, *addresses: str) -> None:
    limits = FetchLimits(total_seconds=20, max_bytes=limit, retries=0, min_spacing_seconds=0)
    fetcher = Fetcher(limits=limits, user_agent="test", clock=lambda: NOW, allow=["127.0.0.1"])
    fetcher.fetch(Request(warm), Validators())
    before = resident("VmRSS")
    for address in addresses:
        forget_peak()
        name = "nothing"
        try:
            fetcher.fetch(Request(address), Validators())
        except FetchError as error:
            name = type(error).__name__
        sys.stdout.write(f"{name} {resident('VmHWM') - before}\n")
    fetcher.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
