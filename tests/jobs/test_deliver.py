import contextlib
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.alerts.channels import Channels
from monitor.cli.demo.receiver import BROKEN, Answer, Posted, SlackReceiver
from monitor.domain.policy.alerts import AlertKind
from monitor.domain.policy.batches import batch_id
from monitor.domain.policy.severity import Severity
from monitor.jobs.deliver import MOST_MESSAGES, Delivered, deliver
from monitor.jobs.messaging import LEASE, MOST_ATTEMPTS, Undelivered, delay
from monitor.store import Database, open_database
from monitor.store.views import AlertState
from tests.jobs.outgoing import NOW, QUICK, add, alert, half, ids, states, views

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


def test_each_due_alert_arrives_once_and_is_marked(database: Database, slacks: list[SlackReceiver]) -> None:
    alerts = [alert("ops", number) for number in range(5)]
    add(database, *alerts)
    channels = Channels({"ops": slacks[0].target}, QUICK)
    assert deliver(database, channels, NOW, jitter=half) == Delivered(5, 5)
    assert deliver(database, channels, NOW + LEASE, jitter=half) == Delivered()
    assert ids(slacks[0].posted) == [one.visible_id for one in alerts]
    assert set(states(database).values()) == {AlertState.DONE}


def test_what_comes_from_one_source_is_one_message_and_every_alert_of_it_is_marked(database: Database, slacks: list[SlackReceiver]) -> None:
    alerts = [alert("ops", number, source="azure") for number in range(5)]
    add(database, *alerts, alert("ops", 9, source="openai"))
    channels = Channels({"ops": slacks[0].target}, QUICK)
    assert deliver(database, channels, NOW, jitter=half) == Delivered(6, 2)
    assert ids(slacks[0].posted) == [batch_id(alerts), alert("ops", 9).visible_id]
    assert "gpt-0" in slacks[0].posted[0].text
    assert {(view.batch, view.state, view.attempts) for view in views(database) if view.alert.events[0].source == "azure"} == {
        (batch_id(alerts), AlertState.DONE, 1)
    }


@pytest.mark.parametrize("sources", [1, 7, 60, 500])
def test_five_hundred_alerts_at_once_are_at_most_ten_messages_however_many_sources(
    database: Database, slacks: list[SlackReceiver], sources: int
) -> None:
    alerts = [alert("ops", number, source=f"page_{number % sources}") for number in range(500)]
    add(database, *alerts)
    channels = Channels({"ops": slacks[0].target}, QUICK)
    done = deliver(database, channels, NOW, jitter=half)
    assert (done.delivered, done.messages, slacks[0].requests) == (500, min(sources, 10), min(sources, 10))
    assert all(len(message.raw) <= 2900 + 140 * 5 for message in slacks[0].posted)
    assert set(states(database).values()) == {AlertState.DONE}


def test_a_critical_alert_leaves_alone_and_first(database: Database, slacks: list[SlackReceiver]) -> None:
    critical = alert("ops", 7, source="azure", severity=Severity.CRITICAL)
    add(database, *(alert("ops", number, source="azure") for number in range(5)), critical)
    deliver(database, Channels({"ops": slacks[0].target}, QUICK), NOW, jitter=half)
    assert ids(slacks[0].posted)[0] == critical.visible_id
    assert "as the page says" in slacks[0].posted[0].text


def test_a_message_keeps_its_members_and_its_id_when_it_is_tried_again(database: Database, slacks: list[SlackReceiver]) -> None:
    slacks[0].script(BROKEN)
    alerts = [alert("ops", number, source="azure") for number in range(3)]
    add(database, *alerts)
    channels = Channels({"ops": slacks[0].target}, QUICK)
    (failed,) = deliver(database, channels, NOW, jitter=half).undelivered
    assert failed == Undelivered("ops", batch_id(alerts), "HTTP 500 (rollup_error)", final=False, alerts=3)
    later = alert("ops", 8, source="azure")
    add(database, later)
    assert deliver(database, channels, NOW + timedelta(minutes=1), jitter=half) == Delivered(4, 2)
    assert sorted(ids(slacks[0].posted)) == sorted([batch_id(alerts), later.visible_id])


def test_an_alert_tried_by_a_release_without_batches_keeps_its_own_id(database: Database, slacks: list[SlackReceiver]) -> None:
    add(database, alert("ops", 0, source="azure"))
    with database.write() as ledger:
        ledger.outbox.claim_due(NOW, limit=1, lease=LEASE)
    add(database, *(alert("ops", number, source="azure") for number in (1, 2)))
    deliver(database, Channels({"ops": slacks[0].target}, QUICK), NOW + LEASE, jitter=half)
    assert set(ids(slacks[0].posted)) == {alert("ops").visible_id, batch_id([alert("ops", 1), alert("ops", 2)])}


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
    assert (first.delivered, first.messages) == (4, 4)
    assert sorted(first.undelivered, key=lambda one: one.channel) == [
        Undelivered("broken", alert("broken").visible_id, "HTTP 500 (rollup_error)", final=False),
        Undelivered("hanging", alert("hanging").visible_id, "no answer after it was sent", final=False),
    ]
    assert (broken.requests, hanging.requests, fine.requests) == (1, 1, 4)

    for receiver in (broken, hanging):
        receiver.script()
    later = deliver(database, channels, NOW + timedelta(hours=1), jitter=half)
    assert later == Delivered(8, 8)
    assert ids(fine.posted) == [alert("fine", number).visible_id for number in range(4)]
    assert sorted(ids(broken.posted)) == sorted(alert("broken", number).visible_id for number in range(4))
    assert sorted(ids(hanging.posted)) == sorted(alert("hanging", number).visible_id for number in (0, 0, 1, 2, 3))  # same id, twice


def test_what_becomes_due_while_a_channel_hangs_leaves_on_the_others_at_once(database: Database, slacks: list[SlackReceiver]) -> None:
    hanging, fine, _ = slacks
    asked: list[int] = []

    def going() -> bool:
        """Asked every half second: the first time nothing but the hanging channel has something due."""
        asked.append(len(fine.posted))
        if len(asked) == 2:
            add(database, alert("fine"))
        return True

    hanging.script(then=Answer(hang=60))
    add(database, alert("hanging"))
    channels = Channels({"hanging": hanging.target, "fine": fine.target}, replace(QUICK, read=3.0, total=4.0))
    done = deliver(database, channels, NOW, jitter=half, going=going)
    assert (done.delivered, [one.channel for one in done.undelivered]) == (1, ["hanging"])
    assert asked[-1] == 1  # it was there before the hanging one was given up


def test_what_may_pass_is_tried_again_later_and_later_but_not_for_ever(database: Database, slacks: list[SlackReceiver]) -> None:
    slacks[0].script(then=Answer(503, "later"))
    add(database, alert("ops"))
    channels = Channels({"ops": slacks[0].target}, QUICK)
    now, waits = NOW, []
    while deliver(database, channels, now, jitter=half).undelivered:
        with database.read() as ledger:
            view = ledger.outbox.find(alert("ops").visible_id)
        assert view
        waits.append(view.due_at - now)
        assert deliver(database, channels, view.due_at - timedelta(seconds=1), jitter=half) == Delivered()
        now = view.due_at
    assert [wait.total_seconds() for wait in waits[:8]] == [15, 30, 60, 120, 240, 480, 960, 1800]
    assert set(waits[8 : MOST_ATTEMPTS - 1]) == {timedelta(minutes=30)}
    assert (slacks[0].requests, states(database)) == (MOST_ATTEMPTS, {alert("ops").visible_id: AlertState.GIVEN_UP})
    assert Counter(view.alert.kind for view in views(database)) == {AlertKind.NEWS: 1, AlertKind.CHANNEL: 1}  # and said elsewhere


def test_no_wait_is_shorter_than_a_second_or_longer_than_an_hour() -> None:
    assert delay(1, lambda: 0.0) == timedelta(seconds=1)
    assert delay(MOST_ATTEMPTS, lambda: 1.0) == timedelta(hours=1)


def test_an_alert_for_a_channel_that_is_gone_is_given_up(database: Database, slacks: list[SlackReceiver]) -> None:
    add(database, alert("removed"), alert("ops"))
    channels = Channels({"ops": slacks[0].target}, QUICK)
    done = deliver(database, channels, NOW, jitter=half)
    reason = "no channel of this name is configured any more"
    assert (done.delivered, done.undelivered) == (2, (Undelivered("removed", alert("removed").visible_id, reason, final=True),))
    assert [message.title for message in slacks[0].posted][1:] == ["Channel removed takes no messages"]


def test_a_round_takes_so_many_of_a_channel_and_nothing_when_told_to_stop(database: Database, slacks: list[SlackReceiver]) -> None:
    channels = Channels({"ops": slacks[0].target}, QUICK)
    for number in range(MOST_MESSAGES + 3):
        add(database, alert("ops", number))
        with database.write() as ledger:
            ledger.departures.assign({alert("ops", number).visible_id: [alert("ops", number)]})
    assert deliver(database, channels, NOW, jitter=half, going=lambda: False) == Delivered()
    assert deliver(database, channels, NOW, jitter=half) == Delivered(MOST_MESSAGES, MOST_MESSAGES)
    assert deliver(database, channels, NOW, jitter=half) == Delivered(3, 3)


def test_what_is_none_of_our_errors_is_raised_once_the_rest_is_marked(database: Database, slacks: list[SlackReceiver]) -> None:
    add(database, replace(alert("log"), events=()), alert("ops"))
    with pytest.raises(IndexError):
        deliver(database, Channels({"ops": slacks[0].target}, QUICK), NOW, jitter=half)
    assert states(database) == {alert("log").visible_id: AlertState.WAITING, alert("ops").visible_id: AlertState.DONE}
    assert [view.last_error for view in views(database)] == ["a fault of this program: IndexError", ""]


def test_an_alert_that_cannot_be_put_into_words_does_not_hold_up_those_it_left_with(
    database: Database, slacks: list[SlackReceiver]
) -> None:
    poison = replace(alert("ops", 0), events=())
    add(database, poison, *(alert("ops", number) for number in (1, 2)))
    with database.write() as ledger:
        ledger.departures.assign({"MW-0000000A": [poison, alert("ops", 1), alert("ops", 2)]})
    channels = Channels({"ops": slacks[0].target}, QUICK)
    for number in range(2 * MOST_ATTEMPTS):
        with contextlib.suppress(IndexError):
            deliver(database, channels, NOW + number * timedelta(hours=1), jitter=half)
    assert sorted(ids(slacks[0].posted)) == sorted(alert("ops", number).visible_id for number in (1, 2))
    assert states(database)[poison.visible_id] is AlertState.GIVEN_UP
    assert [view.alert.channel for view in views(database) if view.alert.kind is AlertKind.CHANNEL] == ["log"]


def test_a_round_comes_to_its_end_however_slow_its_targets(database: Database, slacks: list[SlackReceiver]) -> None:
    add(database, *(alert("ops", number) for number in range(9)))
    minutes = iter(NOW + timedelta(seconds=30 * number) for number in range(1000))
    done = deliver(database, Channels({"ops": slacks[0].target}, QUICK), NOW, jitter=half, clock=lambda: next(minutes))
    assert 0 < done.messages < 9


def test_an_idle_round_writes_nothing(database: Database, slacks: list[SlackReceiver]) -> None:
    channels = Channels({"ops": slacks[0].target}, QUICK)
    with database.write():  # whoever wants to write waits for this one
        assert deliver(database, channels, NOW, jitter=half) == Delivered()


def test_a_commit_with_alerts_is_signalled_and_no_other(database: Database, slacks: list[SlackReceiver]) -> None:
    assert not database.alerted.is_set()
    add(database, alert("ops"))
    assert database.alerted.is_set()
    deliver(database, Channels({"ops": slacks[0].target}, QUICK), NOW, jitter=half)
    assert not database.alerted.is_set()
    add(database, alert("ops"))  # known already
    with contextlib.suppress(ZeroDivisionError), database.write() as ledger:
        ledger.outbox.add([alert("ops", 2)])
        raise ZeroDivisionError
    assert not database.alerted.is_set()


def test_a_crash_before_the_send_loses_nothing(database: Database, slacks: list[SlackReceiver]) -> None:
    alerts = [alert("ops", number, source="azure") for number in range(3)]
    add(database, *alerts)
    with database.write() as ledger:
        ledger.departures.assign({batch_id(alerts): alerts})
        assert ledger.departures.lease("ops", NOW, NOW + LEASE)  # and here the process died
    channels = Channels({"ops": slacks[0].target}, QUICK)
    assert deliver(database, channels, NOW, jitter=half) == Delivered()
    assert deliver(database, channels, NOW + LEASE, jitter=half) == Delivered(3, 1)
    assert ids(slacks[0].posted) == [batch_id(alerts)]


def deliver_in_a_child(url: str, target: str, now: datetime) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", BY_HAND, url, target, now.isoformat()])


@pytest.mark.parametrize("size", [1, 40])
def test_a_kill_between_send_and_mark_repeats_the_message_with_its_id(database: Database, url: str, size: int) -> None:
    children: list[subprocess.Popen[bytes]] = []

    def kill_the_first(_: Posted) -> None:
        if len(children) == 1:
            os.kill(children[0].pid, signal.SIGKILL)

    groups = [[alert("ops", 100 * group + number, source=f"page_{group}") for number in range(size)] for group in range(3)]
    add(database, *(one for group in groups for one in group))
    with SlackReceiver(kill_the_first) as slack:
        children.append(deliver_in_a_child(url, slack.target, NOW))
        assert children[0].wait(30) == -signal.SIGKILL
        assert ids(slack.posted) == [batch_id(groups[0])]
        children.append(deliver_in_a_child(url, slack.target, NOW + LEASE))
        assert children[1].wait(30) == 0
        assert sorted(ids(slack.posted)) == sorted([batch_id(groups[0]), *map(batch_id, groups)])
    assert set(states(database).values()) == {AlertState.DONE}
