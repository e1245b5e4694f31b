"""The ledger at size on SQLite: our queries and our writes, as ratios to the same thing in hand-written SQL on raw sqlite3.

A seeded generator fills the real schema (its indexes are dropped for the load and made again, which is all that bounds the build): five
years of events, half as many claims, one model per 500 events with a handful of claims in force. Two databases are built, one a tenth
of the other, to see what grows. `--events 10000000` is the full size (20,000 models, 5 million claims; 9 GB, some ten minutes).

Every answer is compared with the raw one before anything is timed. Times are processor time, in which SQLite's own work is, of questions
that were asked before: whoever asks first would pay for both. The raw side gets the same indexes, one open connection and bare tuples;
ours includes the transaction and the values that the program works with. Questions are asked as commands ask them, with few collections of
garbage; a reading is written as the daemon does, with the usual ones. The raw side of that inserts finished rows and checks no foreign
keys; what it is where raw checks them as ours does is told beside it, and so is the first time, when every name is new to us.
Targets: at most 1.5 of raw where raw takes over 5 ms, a p95 of at most 5 ms where it takes less; one model's history in the large
database at most 1.5 of the small one; ingest of readings at least 0.6 of raw executemany; a chart by month at least 300 times faster
than counting the events, and at most 25 ms.
"""

import argparse
import gc
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from remembering.asking import questions
from remembering.filling import Size, build
from remembering.ingesting import ingest
from remembering.timing import chart_against_events, compared, measured

from monitor.cli.program import SELDOM
from monitor.store import open_database

USUAL = gc.get_threshold()
GROWTH = 1.5


def main() -> int:
    """Build, compare, measure."""
    arguments = argparse.ArgumentParser(description="The ledger at size, beside raw sqlite3.")
    arguments.add_argument("--events", type=int, default=200_000, help="events in the large database; the small one has a tenth")
    arguments.add_argument("--keep", type=Path, help="build in this folder and leave it there; what is there is used")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="modelwatch-bench-") as place:
        return measure(given.keep or Path(place), given.events)


def measure(folder: Path, events: int) -> int:
    """Both databases; 1 if an answer is wrong."""
    medians: list[dict[str, float]] = []
    folder.mkdir(exist_ok=True)
    for size in (Size(events // 10), Size(events)):
        path = folder / f"{size.events}.db"
        start = time.process_time()
        database = open_database(f"sqlite:///{path}") if path.exists() else build(path, size)
        spent, megabytes = time.process_time() - start, path.stat().st_size / 1e6
        print(f"\n{size.events:,} events, {size.claims:,} claims, {size.models:,} models: {megabytes:,.0f} MB in {spent:.0f} s")
        raw = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        raw.execute("PRAGMA cache_size=-64000")
        asked = questions(database, raw, size)
        if wrong := [question.name for question in asked if not compared(question)]:
            print(f"the answers differ: {', '.join(wrong)}")
            return 1
        gc.set_threshold(SELDOM)
        medians.append({question.name: measured(question) for question in asked})
        chart_against_events(database, raw)
        gc.set_threshold(*USUAL)
        ingest(database, path)
        raw.close()
        database.close()
    small, large = medians
    for name in small:
        growth = large[name] / small[name]
        missed = ", MISSED" if name == "one model's history" and growth > GROWTH else ""
        target = f" (target {GROWTH}x{missed})" if name == "one model's history" else ""
        print(f"growth of {name} with ten times the events: {growth:.2f}x{target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
