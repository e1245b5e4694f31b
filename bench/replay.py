"""How right the monitor is: saved captures replayed, their events compared with what the captures say by other means.

For every series of `../shared/captures`: Anthropic's page against the changes listed by hand, listings and catalogues against a plain set
difference of their JSON, whole and with faults in a tenth of the captures. Printed: captures hurt, and how many of them were read as
good though worthless; captures *held back* unhurt, because the drift guard of DESIGN section 5 took them for partial or foreign; events
that were right, missed and false; dates that no capture states; how many captures later an event came than the page first said it, and
how many came *late*, after the next capture that was neither hurt nor held back; what was said *of sources* (drifted, recovered), which
is no event of a model; and *other* events, of which the views of this bench say nothing. Target: missed, false, wrong days, late all 0.

    python bench/replay.py [--seeds 3] [--series NAME] [--json]
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from replaying.captures import CAPTURES, Series, View, body_of
from replaying.faults import DELETED, FAULTS, REORDERED, WORTHLESS, damaged, reordered, without_a_row
from replaying.judging import Score, compared, expected, told_by
from replaying.series import every_series

from monitor.domain.events import Event
from monitor.domain.readings import Outcome
from monitor.jobs.replay import Shelf, replay
from monitor.jobs.saved import saved_pages
from monitor.jobs.shop import PollOutcome, Shop
from monitor.jobs.visits import Visit
from monitor.sources import find_source
from monitor.store import open_database

SHARE = 0.1  # of a series' captures that are hurt, at least one; never the first, where everything starts
MEMORY = Path("/dev/shm")
NONE = "none"
NO_NETWORK = None


@dataclass(frozen=True)
class Run:
    """One replay: a series, a fault, a seed."""

    series: str
    fault: str
    seed: int


def run(one: Run) -> tuple[Run, Score]:
    """Replay and compare."""
    series = SERIES[one.series]
    chance = random.Random(f"{one.seed} {one.series} {one.fault}")
    bodies, views = [body_of(path) for path in series.paths], list[View | None](series.views)
    hurt = _victims(len(bodies), chance) if one.fault != NONE else []
    spared: set[str] = set()
    for at in hurt:
        bodies[at], views[at], spared = hurt_one(series, at, one.fault, chance, spared)
    events, outcomes = replayed(series, bodies)
    told, score = told_by(series, events)
    trusted = [_trusted(view, outcome) for view, outcome in zip(views, outcomes, strict=True)]
    score += compared(expected(series.views), expected(trusted), told, series)
    score.runs, score.captures, score.hurt = 1, len(bodies), len(hurt)
    score.unnoticed = sum(outcomes[at] is Outcome.GOOD for at in hurt) if one.fault in WORTHLESS else 0
    score.held_back = sum(outcome is not Outcome.GOOD for at, outcome in enumerate(outcomes) if at not in hurt)
    return one, score


def _trusted(view: View | None, outcome: Outcome) -> View | None:
    """What DESIGN lets count of a capture: all of a good reading, what a partial one adds, nothing of another."""
    if view is None or outcome in {Outcome.FOREIGN, Outcome.FAILED}:
        return None
    return view if outcome is Outcome.GOOD else View(view.stated, complete=False)


def _victims(captures: int, chance: random.Random) -> list[int]:
    return sorted(chance.sample(range(1, captures), max(1, round(SHARE * captures))))


def hurt_one(series: Series, at: int, fault: str, chance: random.Random, spared: set[str]) -> tuple[bytes, View | None, set[str]]:
    """A capture's body with its fault, what it then states, and the rows that the next one must not lose too."""
    body, view = body_of(series.paths[at]), series.views[at]
    if fault == REORDERED:
        return reordered(body, chance), view, set()
    if fault == DELETED:
        body, gone = without_a_row(body, chance, spared, series.entries)
        return body, view.without(gone), spared | gone
    return damaged(fault, body, chance, OTHERS[_kind(series), series.source]), None, set()


def _kind(series: Series) -> str:
    return find_source(series.source).kind.value


def replayed(series: Series, bodies: list[bytes]) -> tuple[list[tuple[int, Event]], list[Outcome]]:
    """The events with the number of the capture that brought them, and what became of each reading."""
    source = find_source(series.source)
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
        folder = Path(place) / "saved"
        folder.mkdir()
        for path, body in zip(series.paths, bodies, strict=True):
            (folder / path.name.removesuffix(".gz")).write_bytes(body)
        database = open_database(f"sqlite:///{place}/replay.db")
        database.upgrade()
        shop = Shop(database, NO_NETWORK, (), lambda cadence: cadence)
        pages = saved_pages(folder)
        steps = list(replay(shop, [Shelf(Visit(source, source.key, source.provider, (), source.cadence), pages)], lambda *_: ()))
        database.close()
    at = {page.at: number for number, page in enumerate(pages)}
    return [(at[step.at], step) for step in steps if isinstance(step, Event)], [
        step.outcome for step in steps if isinstance(step, PollOutcome)
    ]


def runs(names: list[str], seeds: int) -> Iterator[Run]:
    """Each series whole, then with each fault and each seed."""
    yield from (Run(name, NONE, 0) for name in names)
    yield from (Run(name, fault, seed) for fault in FAULTS for name in names for seed in range(seeds))


def rows(scores: dict[Run, Score]) -> Iterator[tuple[str, Score]]:
    """By series without faults; by fault over all series; in all."""
    yield from ((one.series, score) for one, score in scores.items() if one.fault == NONE)
    for fault in FAULTS:
        yield f"all, {fault}", sum((score for one, score in scores.items() if one.fault == fault), Score())
    yield "all", sum(scores.values(), Score())


HEAD = (
    "series",
    "runs",
    "captures",
    "hurt",
    "read as good",
    "held back",
    "right",
    "missed",
    "false",
    "wrong days",
    "late",
    "delay",
    "of sources",
    "other",
)


def cells(name: str, score: Score) -> tuple[object, ...]:
    """One row of the table; the delay is the mean and the most, in captures."""
    delays = list(score.delays.elements())
    delay = f"{sum(delays) / len(delays):.2f} ≤{max(delays)}" if delays else "–"
    counts = (len(score.missed), len(score.false), len(score.wrong_days), len(score.late), delay, score.about_sources, score.unjudged)
    return name, score.runs, score.captures, score.hurt, score.unnoticed, score.held_back, score.right, *counts


def main() -> int:
    """Replay everything, print one table; 1 where a target is missed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--series", action="append", help="only these (any part of the name)")
    options.add_argument("--json", action="store_true", help="one object per replay, with whatever was not right")
    options.add_argument("--processes", type=int, default=2)
    said = options.parse_args()
    names = [name for name in SERIES if not said.series or any(part in name for part in said.series)]
    if not names:
        print(f"no captures at {CAPTURES}: nothing to replay")
        return 0
    with ProcessPoolExecutor(said.processes) as pool:
        scores = {}
        for one, score in pool.map(run, runs(names, said.seeds)):
            scores[one] = score
            if said.json:
                print(json.dumps(vars(one) | vars(score)), flush=True)
    if not said.json:
        table = [HEAD, *(cells(name, score) for name, score in rows(scores))]
        widths = [max(len(str(row[at])) for row in table) for at in range(len(HEAD))]
        for row in table:
            print(
                "  ".join(
                    str(cell).ljust(width) if not at else str(cell).rjust(width)
                    for at, (cell, width) in enumerate(zip(row, widths, strict=True))
                )
            )
    met = all(score.met for score in scores.values())
    print(f"missed, false, wrong days, late: {'all 0' if met else 'target missed'}", file=sys.stderr)
    return 0 if met else 1


SERIES = {series.name: series for series in every_series()}
OTHERS = {
    (_kind(series), series.source): [
        body_of(other.paths[-1]) for other in SERIES.values() if other.source != series.source and _kind(other) == _kind(series)
    ]
    or [body_of(path) for path in sorted(CAPTURES.glob("*/announcements/deprecations_*.md")) if "anthropic" not in str(path)]
    for series in SERIES.values()
}

if __name__ == "__main__":
    sys.exit(main())
