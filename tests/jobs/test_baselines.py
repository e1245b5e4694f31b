"""The drift guard over weeks of polls: what varies does not nag, what is lost bit by bit is told once."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from monitor.domain.events import ABOUT_SOURCES, EventKind
from monitor.domain.readings import Outcome
from monitor.jobs.poll import poll
from tests.faultserver import FaultServer, page
from tests.jobs.shopping import START, shop, table, visit

SIX_HOURS = timedelta(hours=6)


def polled(tmp_path: Path, counts: Iterable[int]) -> tuple[list[Outcome], list[tuple[int, EventKind]]]:
    """A page with so many rows every six hours: each outcome, and what was told of the source at which visit."""
    outcomes = []
    with FaultServer() as site, shop(tmp_path) as tools:
        spot = visit(site.url("/p"))
        for number, count in enumerate(counts):
            site.routes["/p"] = page(table(*(("2030-01-01", f"model-{row}", "next") for row in range(count))))
            outcomes.append(poll(tools, spot, START + number * SIX_HOURS).outcome)
        with tools.database.read() as ledger:
            told = [event for event in ledger.events.since() if event.kind in ABOUT_SOURCES | {EventKind.RETIREMENT_UNCONFIRMED}]
    return outcomes, [((event.at - START) // SIX_HOURS, event.kind) for event in told]


def of_sources(told: Iterable[tuple[int, EventKind]]) -> list[EventKind]:
    return [kind for _, kind in told if kind in ABOUT_SOURCES]


def test_a_page_that_is_now_long_now_short_is_quiet_after_two_days_and_never_withdraws(tmp_path: Path) -> None:
    outcomes, told = polled(tmp_path, [20, 11] * 20)
    assert set(outcomes[1::2]) == {Outcome.PARTIAL}
    assert set(outcomes[::2]) == {Outcome.GOOD}
    assert max(number for number, _ in told) < 12
    assert told[-1][1] is EventKind.SOURCE_RECOVERED
    assert len(of_sources(told)) == len(told)  # no date was ever unconfirmed


def test_a_range_it_has_come_back_from_is_normal_for_good(tmp_path: Path) -> None:
    walk = [20, 20, 16, 16, 13, 13, 16, 20, 20]
    outcomes, told = polled(tmp_path, [*walk, 12, 12, 20])
    assert set(outcomes) == {Outcome.GOOD}
    assert of_sources(told) == []


def test_a_slow_loss_is_told_once_and_settles(tmp_path: Path) -> None:
    counts = [20, 20, 19, 18, 17, 16, 15, 14, 13, 12]
    outcomes, told = polled(tmp_path, [*counts, *[12] * 12])
    assert outcomes[: len(counts) - 1] == [Outcome.GOOD] * (len(counts) - 1)
    assert outcomes[len(counts) - 1] is Outcome.PARTIAL
    assert of_sources(told) == [EventKind.SOURCE_DRIFTED, EventKind.SOURCE_STALE, EventKind.SOURCE_RECOVERED]
    assert outcomes[-1] is Outcome.GOOD
