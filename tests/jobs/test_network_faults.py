"""What goes wrong on the way (EXPECTATIONS, faults 8 and 9), seen from the job: nobody waits, nobody else suffers, everybody comes back."""

import socket
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from monitor.bootstrap import clock
from monitor.domain.events import EventKind
from monitor.domain.readings import Outcome
from monitor.jobs.poll import poll
from tests.faultserver import FaultServer, Reply, busy, drip, hang, hang_in_body, page, reset
from tests.jobs.shopping import DAY, START, shop, table, visit

BODY = table(("2026-09-01", "alpha-1", "alpha-2"))
SECONDS = 0.4


def resolver(host: str, _port: int) -> Sequence[str]:
    if host.endswith(".test"):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return [host]


FAULTS: dict[str, tuple[Callable[[], Reply], str]] = {
    "a drip": (lambda: drip(BODY, every=0.5), ""),
    "silence before headers": (hang, ""),
    "silence in the body": (hang_in_body, ""),
    "a reset": (reset, ""),
    "no TLS": (lambda: page(BODY), "https://127.0.0.1"),
    "no such name": (lambda: page(BODY), "http://vendor.test"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_source_that_cannot_be_reached_fails_in_time_and_alone(tmp_path: Path, fault: str) -> None:
    make, elsewhere = FAULTS[fault]
    with FaultServer() as site, shop(tmp_path, seconds=SECONDS, retries=2, resolver=resolver) as tools:
        site.routes |= {"/bad": make(), "/good": page(BODY)}
        url = f"{elsewhere}:{site.port}/bad" if elsewhere else site.url("/bad")
        start = time.monotonic()
        bad = poll(tools, visit(url, key="bad"), START)
        spent = time.monotonic() - start
        good = poll(tools, visit(site.url("/good"), key="good"), START)
    assert (bad.outcome, good.outcome) == (Outcome.FAILED, Outcome.GOOD)
    assert spent < SECONDS + 1


def test_after_seven_days_of_failure_a_source_recovers_unaided(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        spot, now, waits = visit(site.url("/p")), START, []
        site.routes["/p"] = page(BODY)
        poll(tools, spot, now)
        site.routes["/p"] = reset()
        while now < START + 7 * DAY:
            assert poll(tools, spot, now).outcome is Outcome.FAILED
            with tools.database.read() as ledger:
                again = ledger.sources.next_visit("page")
            assert again is not None
            waits.append(again - now)
            now = again
        site.routes["/p"] = page(BODY)
        assert poll(tools, spot, now).outcome is Outcome.GOOD
        with tools.database.read() as ledger:
            told = [event.kind for event in ledger.events.since() if event.kind.value.startswith("source_")]
            assert len(ledger.claims.in_force()) == 2
    assert max(waits) == spot.cadence
    assert told[0] is EventKind.SOURCE_FAILED
    assert told[-1] is EventKind.SOURCE_RECOVERED


WAITS: dict[str, timedelta] = {
    "5": timedelta(minutes=10),  # not sooner than after any other failure
    "3600": timedelta(hours=1),
    "-5": timedelta(minutes=10),
    "soon": timedelta(minutes=10),
    "in two hours": timedelta(hours=2),
    "9999999": timedelta(days=1),
}


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("asked", WAITS)
def test_a_busy_server_moves_the_next_visit_and_holds_nobody(tmp_path: Path, asked: str, status: int) -> None:
    now = clock()
    retry_after = format_datetime(now + timedelta(hours=2), usegmt=True) if asked == "in two hours" else asked
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = busy(status, retry_after)
        start = time.monotonic()
        assert poll(tools, visit(site.url("/p")), now).outcome is Outcome.FAILED
        assert time.monotonic() - start < 2
        with tools.database.read() as ledger:
            again = ledger.sources.next_visit("page")
    assert again is not None
    assert abs(again - now - WAITS[asked]) < timedelta(seconds=30)


def test_the_reason_names_what_happened(tmp_path: Path) -> None:
    with shop(tmp_path, resolver=resolver) as tools:
        assert poll(tools, visit("http://vendor.test/"), START).reason.endswith("Name or service not known")
