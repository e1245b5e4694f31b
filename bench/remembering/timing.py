"""Times, ratios and lines of what was asked."""

import sqlite3
import statistics
import time
from collections.abc import Callable

from remembering.asking import COUNTED, Question

from monitor.store import Database

SLOW, RATIO, P95 = 5.0, 1.5, 5.0  # milliseconds, times raw, milliseconds
ROLLUP, ROLLED_UP = 300, 25.0


def timed(work: Callable[[int], object], rounds: int) -> list[float]:
    """Milliseconds of each round."""
    times = []
    for number in range(rounds):
        start = time.process_time()
        work(number)
        times.append((time.process_time() - start) * 1000)
    return sorted(times)


def p95(times: list[float]) -> float:
    """The time that nineteen of twenty rounds stay under."""
    return times[min(len(times) - 1, int(len(times) * 0.95))]


def compared(question: Question) -> bool:
    """Whether both sides give the same answers."""
    for number in range(min(question.rounds, 3)):
        ours, raws = question.ours(question.ask(number)), question.raws(question.raw(number))
        if ours != raws:
            return False
    return True


def measured(question: Question) -> float:
    """Time a question, print the line; the median of ours in milliseconds."""
    timed(question.raw, question.rounds)  # both sides find the pages in the machine's memory
    ours, raws = timed(question.ask, question.rounds), timed(question.raw, question.rounds)
    median, raw_median = statistics.median(ours), statistics.median(raws)
    ratio = median / raw_median
    met = ratio <= RATIO if raw_median > SLOW else p95(ours) <= P95
    target = f"target {RATIO}x" if raw_median > SLOW else f"target p95 {P95:g} ms"
    print(
        f"{question.name}: median {median:.2f} ms, p95 {p95(ours):.2f} ms; raw {raw_median:.2f}, {p95(raws):.2f} ms; {ratio:.2f}x"
        f" ({target}{'' if met else ', MISSED'})",
    )
    return median


def chart_against_events(database: Database, raw: sqlite3.Connection) -> None:
    """The chart beside counting every event."""
    start = time.process_time()
    counted = raw.execute(COUNTED).fetchall()
    slow = (time.process_time() - start) * 1000
    with database.read() as ledger:
        assert [(one.month, one.kind, one.count) for one in ledger.events.by_month()] == counted
    fast = statistics.median(timed(lambda _: _chart(database), 50))
    met = slow / fast >= ROLLUP and fast <= ROLLED_UP
    print(
        f"the chart beside counting every event: {slow / fast:.0f}x, {fast:.2f} ms"
        f" (target {ROLLUP}x and {ROLLED_UP:g} ms{'' if met else ', MISSED'})",
    )


def _chart(database: Database) -> object:
    with database.read() as ledger:
        return ledger.events.by_month()
