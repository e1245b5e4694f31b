import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.alerts.channels import Channels
from monitor.alerts.targets import Patience
from monitor.cli.demo.receiver import ARCHIVED, BROKEN, NO_SERVICE, Answer, Posted, SlackReceiver, rate_limited
from monitor.domain.events import EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.jobs.deliver import LEASE, MOST_ATTEMPTS, Delivered, Undelivered, delay, deliver
from monitor.store import Database, open_database
from monitor.store.views import AlertState
from tests.alerts.cases import SEEN, event

NOW = SEEN + timedelta(minutes=1)
QUICK = Patience(connect=1.0, read=1.0, total=2.0)
BY_HAND = """
import sys
from datetime import datetime
from monitor.alerts.channels import Channels
from monitor.jobs.deliver import deliver
from monitor.store import open_database
deliver(open_database(sys.argv[1]), Channels({"ops": sys.argv[2]}), datetime.fromisoformat(sys.argv[3]), jitter=lambda: 0.5)
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/modelwatch.db"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url)
    opened.upgrade()
    yield opened
    opened.close()


@pytest.fixture
def slacks() -> Iterator[list[SlackReceiver]]:
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(SlackReceiver()) for _ in range(3)]


def alert(channel: str, number: int = 0) -> Alert:
    told = event(EventKind.MODEL_LISTED, ModelKey("openai", f"gpt-{number}"))
    return Alert(f"news:w:{channel}:{number}", AlertKind.NEWS, channel, "w", "", SEEN, (told,))


def add(database: Database, *alerts: Alert) -> None:
    with database.write() as ledger:
        ledger.outbox.add(alerts)


def states(database: Database) -> dict[str, AlertState]:
    with database.read() as ledger:
        return {view.visible_id: view.state for view in ledger.outbox.listing()}


def half() -> float:
    return 0.5


def ids(posted: list[Posted]) -> list[str]:
    return [message.text.rpartition("Alert: ")[2] for message in posted]


def test_each_due_alert_arrives_once_and_is_marked(database: Database, slacks: list[SlackReceiver]) -> None:
    alerts = [alert("ops", number) for number in range(5)]
    add(database, *alerts)
    channels = Channels({"ops": slacks[0].target}, QUICK)
    assert deliver(database, channels, NOW, jitter=half) == Delivered(5)
    assert deliver(database, channels, NOW + LEASE, jitter=half) == Delivered()
    assert ids(slacks[0].posted) == [one.visible_id for one in alerts]
    assert set(states(database).values()) == {AlertState.DONE}


def test_without_a_channel_alerts_go_to_the_log(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "modelwatch.alerts")
    add(database, alert("log"))
    assert deliver(database, Channels({}), NOW, jitter=half).delivered == 1
    assert "OpenAI API now offers gpt-0." in caplog.text


def test_a_broken_and_a_hanging_channel_delay_no_other(database: Database, slacks: list[SlackReceiver]) -> None:
    broken, hanging, fine = slacks
    broken.script(then=BROKEN)
    hanging.script(then=Answer(hang=60))
    add(database, *(alert(channel, number) for channel in ("broken", "hanging", "fine") for number in range(4)))
    channels = Channels({"broken": broken.target, "hanging": hanging.target, "fine": fine.target}, QUICK)

    first = deliver(database, channels, NOW, jitter=half)
    assert first.delivered == 4
    assert sorted(first.undelivered, key=lambda one: one.channel) == [
        Undelivered("broken", alert("broken").visible_id, "HTTP 500 (rollup_error)", final=False),
        Undelivered("hanging", alert("hanging").visible_id, "no answer after it was sent", final=False),
    ]
    assert (broken.requests, hanging.requests, fine.requests) == (1, 1, 4)

    for receiver in (broken, hanging):
        receiver.script()
    later = deliver(database, channels, NOW + timedelta(hours=1), jitter=half)
    assert later == Delivered(8)
    assert ids(fine.posted) == [alert("fine", number).visible_id for number in range(4)]
    assert sorted(ids(broken.posted)) == sorted(alert("broken", number).visible_id for number in range(4))
    assert sorted(ids(hanging.posted)) == sorted(alert("hanging", number).visible_id for number in (0, 0, 1, 2, 3))  # same id, twice


@pytest.mark.parametrize("answer", [NO_SERVICE, ARCHIVED, Answer(400, "invalid_blocks")])
def test_what_a_target_refuses_for_good_is_given_up_and_said_aloud(
    database: Database, slacks: list[SlackReceiver], answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    slacks[0].script(then=answer)
    add(database, alert("ops"))
    channels = Channels({"ops": slacks[0].target}, QUICK)
    words = f"HTTP {answer.status} ({answer.text})"
    assert deliver(database, channels, NOW, jitter=half).undelivered == (Undelivered("ops", alert("ops").visible_id, words, final=True),)
    assert deliver(database, channels, NOW + timedelta(days=1), jitter=half) == Delivered()
    assert (slacks[0].requests, states(database)) == (1, {alert("ops").visible_id: AlertState.GIVEN_UP})
    assert f"{alert('ops').visible_id} to ops: {words}; given up" in caplog.text


def test_what_may_pass_is_tried_again_later_and_later_but_not_for_ever(database: Database, slacks: list[SlackReceiver]) -> None:
    slacks[0].script(then=rate_limited(1))
    add(database, alert("ops"))
    channels = Channels({"ops": slacks[0].target}, QUICK)
    now, waits = NOW, []
    while deliver(database, channels, now, jitter=half).tried:
        with database.read() as ledger:
            view = ledger.outbox.find(alert("ops").visible_id)
        assert view
        waits.append(view.due_at - now)
        assert deliver(database, channels, view.due_at - timedelta(seconds=1), jitter=half) == Delivered()
        now = view.due_at
    assert [wait.total_seconds() for wait in waits[:8]] == [15, 30, 60, 120, 240, 480, 960, 1800]
    assert set(waits[8 : MOST_ATTEMPTS - 1]) == {timedelta(minutes=30)}
    assert (slacks[0].requests, states(database)) == (MOST_ATTEMPTS, {alert("ops").visible_id: AlertState.GIVEN_UP})


def test_no_wait_is_shorter_than_a_second_or_longer_than_an_hour() -> None:
    assert delay(1, lambda: 0.0) == timedelta(seconds=1)
    assert delay(MOST_ATTEMPTS, lambda: 1.0) == timedelta(hours=1)


def test_an_alert_for_a_channel_that_is_gone_is_given_up(database: Database, slacks: list[SlackReceiver]) -> None:
    add(database, alert("removed"), alert("ops"))
    channels = Channels({"ops": slacks[0].target}, QUICK)
    assert deliver(database, channels, NOW, jitter=half) == Delivered(1)
    (gone,) = deliver(database, channels, NOW, jitter=half).undelivered
    assert gone == Undelivered("removed", alert("removed").visible_id, "no channel of this name is configured any more", final=True)


def test_a_round_takes_so_many_of_a_channel_and_stops_when_told(database: Database, slacks: list[SlackReceiver]) -> None:
    add(database, *(alert("ops", number) for number in range(9)))
    channels = Channels({"ops": slacks[0].target}, QUICK)
    assert deliver(database, channels, NOW, jitter=half, limit=3) == Delivered(3)
    assert deliver(database, channels, NOW, jitter=half, going=lambda: False) == Delivered(1)
    assert deliver(database, channels, NOW, jitter=half) == Delivered(5)


def test_what_is_none_of_our_errors_is_raised_once_the_rest_is_marked(database: Database, slacks: list[SlackReceiver]) -> None:
    add(database, replace(alert("log"), events=()), alert("ops"))
    with pytest.raises(IndexError):
        deliver(database, Channels({"ops": slacks[0].target}, QUICK), NOW, jitter=half)
    assert states(database) == {alert("log").visible_id: AlertState.LEASED, alert("ops").visible_id: AlertState.DONE}


def test_a_crash_before_the_send_loses_nothing(database: Database, slacks: list[SlackReceiver]) -> None:
    add(database, alert("ops"))
    with database.write() as ledger:
        assert ledger.outbox.claim_due(NOW, limit=1, lease=LEASE, channels=["ops"])  # and here the process died
    channels = Channels({"ops": slacks[0].target}, QUICK)
    assert deliver(database, channels, NOW, jitter=half) == Delivered()
    assert deliver(database, channels, NOW + LEASE, jitter=half) == Delivered(1)
    assert ids(slacks[0].posted) == [alert("ops").visible_id]


def deliver_in_a_child(url: str, target: str, now: datetime) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", BY_HAND, url, target, now.isoformat()])


def test_a_kill_between_send_and_mark_repeats_the_alert_with_its_id(database: Database, url: str) -> None:
    children: list[subprocess.Popen[bytes]] = []

    def kill_the_first(_: Posted) -> None:
        if len(children) == 1:
            os.kill(children[0].pid, signal.SIGKILL)

    alerts = [alert("ops", number) for number in range(3)]
    add(database, *alerts)
    with SlackReceiver(kill_the_first) as slack:
        children.append(deliver_in_a_child(url, slack.target, NOW))
        assert children[0].wait(30) == -signal.SIGKILL
        assert ids(slack.posted) == [alerts[0].visible_id]
        children.append(deliver_in_a_child(url, slack.target, NOW + LEASE))
        assert children[1].wait(30) == 0
        assert sorted(ids(slack.posted)) == sorted([alerts[0].visible_id, *(one.visible_id for one in alerts)])
    assert set(states(database).values()) == {AlertState.DONE}
