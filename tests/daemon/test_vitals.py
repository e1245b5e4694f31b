"""Signs of life: the watchdog hears of us while the timer ticks and the workers get on, and not otherwise."""

import os
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.daemon import beat, vitals
from monitor.daemon.beat import Beat
from monitor.daemon.vitals import Vitals, tell_systemd, watchdog_seconds
from monitor.daemon.workers import Workers


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """What a service manager listens on."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield listening


def heard(manager: socket.socket) -> bytes:
    try:
        return manager.recv(100)
    except BlockingIOError:
        return b""


def test_the_manager_is_told_where_it_asked_to_be(manager: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    tell_systemd("READY=1")
    assert heard(manager) == b"READY=1"
    monkeypatch.setenv("NOTIFY_SOCKET", "/nowhere/at/all")
    tell_systemd("READY=1")
    monkeypatch.delenv("NOTIFY_SOCKET")
    tell_systemd("READY=1")
    assert heard(manager) == b""


def test_an_abstract_socket_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0modelwatch-test-{os.getpid()}")
        monkeypatch.setenv("NOTIFY_SOCKET", f"@modelwatch-test-{os.getpid()}")
        tell_systemd("STOPPING=1")
        assert listening.recv(100) == b"STOPPING=1"


@pytest.mark.parametrize(
    ("usec", "pid", "seconds"), [("", "", None), ("90000000", "", 90), ("90000000", "1", None), ("0", "", None), ("x", "", None)]
)
def test_the_watchdog_time_is_read(monkeypatch: pytest.MonkeyPatch, usec: str, pid: str, seconds: float | None) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", usec)
    monkeypatch.setenv("WATCHDOG_PID", pid)
    assert watchdog_seconds() == seconds


def test_a_tick_that_does_not_come_to_its_end_silences_the_watchdog(manager: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "3")
    monkeypatch.delenv("WATCHDOG_PID", raising=False)
    now = 1000.0
    workers = Workers(2)
    life = Vitals(workers, timedelta(seconds=5), lambda: now)
    watchdog = Beat(workers)
    watchdog.keep_watchdog(life)
    assert (life.ill(), heard(manager)) == ("", b"WATCHDOG=1")
    now += 46
    watchdog.keep_watchdog(life)
    assert (life.ill(), heard(manager)) == ("no tick for 46 s", b"")
    life.ticked()
    watchdog.keep_watchdog(life)
    assert (life.ill(), heard(manager)) == ("", b"WATCHDOG=1")


@pytest.mark.parametrize(
    ("names", "ill"),
    [
        (["deliver"], "deliver hangs"),
        (["remind"], "remind hangs"),
        (["poll one"], ""),
        (["poll one", "poll two"], "every worker hangs"),
    ],
)
def test_hung_workers_are_an_illness_and_one_stuck_visit_is_none(monkeypatch: pytest.MonkeyPatch, names: list[str], ill: str) -> None:
    monkeypatch.setattr(vitals, "HUNG_AFTER", -1.0)
    free = threading.Event()
    workers = Workers(2)
    for name in names:
        assert workers.start(name, free.wait)
    assert Vitals(workers, timedelta(seconds=5)).ill() == ill
    assert workers.running("poll ") == {name for name in names if name.startswith("poll ")}
    free.set()
    assert workers.stop(10) == []


def test_visits_that_take_every_slot_hold_up_nothing_vital() -> None:
    free, told = threading.Event(), threading.Event()
    workers = Workers(1)
    assert workers.start("poll one", free.wait)
    assert not workers.start("poll two", free.wait)
    assert workers.start("deliver", told.set, vital=True)
    assert told.wait(10)
    free.set()
    assert workers.stop(10) == []
    assert workers.running() == frozenset()


def test_without_a_watchdog_nothing_is_said(manager: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)
    workers = Workers(1)
    Beat(workers).keep_watchdog(Vitals(workers, timedelta(seconds=5)))
    assert heard(manager) == b""
    assert beat.PING_EVERY >= 60
