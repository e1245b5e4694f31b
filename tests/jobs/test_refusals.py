"""What a target answers other than "taken": a pause asked for, a refusal for good, a message it will not have in this form."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest

from monitor.alerts.channels import Channels
from monitor.cli.demo.receiver import ARCHIVED, BROKEN, INVALID_BLOCKS, NO_SERVICE, TAKES_AND_HANGS, Answer, SlackReceiver, rate_limited
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.batches import batch_id
from monitor.domain.policy.routing import HealthSettings
from monitor.jobs.deliver import Delivered, deliver
from monitor.jobs.messaging import Undelivered
from monitor.store import Database, open_database
from monitor.store.views import AlertState
from tests.jobs.outgoing import NOW, QUICK, add, alert, half, ids, states, views

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
DICE = 15 * SECOND  # what the first delay is with half a dice


@pytest.fixture
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path_factory.mktemp('refusals')}/modelwatch.db")
    opened.upgrade()
    yield opened
    opened.close()


@pytest.fixture
def ops() -> Iterator[SlackReceiver]:
    with SlackReceiver() as receiver:
        yield receiver


@pytest.fixture
def spare() -> Iterator[SlackReceiver]:
    with SlackReceiver() as receiver:
        yield receiver


def titles(receiver: SlackReceiver) -> list[str]:
    return [message.title for message in receiver.posted]


def news_of_channels(database: Database) -> list[tuple[str, str]]:
    """The channel that was told, and the text's title by its key."""
    return [
        (view.alert.channel, view.alert.idempotency_key.split(":")[2]) for view in views(database) if view.alert.kind is AlertKind.CHANNEL
    ]


@pytest.mark.parametrize(
    ("asked", "rests"),
    [
        ("5", 5 * SECOND),
        ("3600", HOUR),
        ("86400", HOUR),
        ("9" * 100, HOUR),
        (format_datetime(NOW + 10 * MINUTE, usegmt=True), 10 * MINUTE),
        (format_datetime(NOW + 10 * HOUR, usegmt=True), HOUR),
        (format_datetime(NOW - HOUR, usegmt=True), DICE),
        ("-5", DICE),
        ("soon", DICE),
        ("", DICE),
    ],
)
def test_a_channel_as_a_whole_rests_for_as_long_as_it_asked(
    database: Database, ops: SlackReceiver, spare: SlackReceiver, asked: str, rests: timedelta
) -> None:
    ops.script(rate_limited(asked))
    add(database, alert("ops", 0), alert("ops", 1), alert("spare", 2))
    channels = Channels({"ops": ops.target, "spare": spare.target}, QUICK)
    first = deliver(database, channels, NOW, jitter=half)
    assert (first.delivered, first.undelivered) == (1, (Undelivered("ops", alert("ops", 0).visible_id, "HTTP 429", final=False),))
    add(database, alert("ops", 3), alert("spare", 4))
    assert deliver(database, channels, NOW + rests - SECOND, jitter=half) == Delivered(1, 1)  # of the other channel
    assert (ops.requests, spare.requests) == (1, 2)
    assert deliver(database, channels, NOW + rests, jitter=half) == Delivered(3, 3)
    assert sorted(ids(ops.posted)) == sorted(alert("ops", number).visible_id for number in (0, 1, 3))
    with database.read() as ledger:
        view = ledger.outbox.find(alert("ops", 0).visible_id)
    assert view
    assert [one.outcome for one in view.deliveries] == ["postponed", "delivered"]


def test_a_pause_counts_from_when_it_was_asked_for_not_from_when_the_round_began(database: Database, ops: SlackReceiver) -> None:
    ops.script(Answer(), rate_limited(5))
    add(database, alert("ops", 0), alert("ops", 1))
    times = iter(NOW + number * SECOND for number in range(100))
    deliver(database, Channels({"ops": ops.target}, QUICK), NOW, jitter=half, clock=lambda: next(times))
    [waiting] = [view for view in views(database) if view.state is AlertState.WAITING]
    with database.read() as ledger:
        view = ledger.outbox.find(waiting.visible_id)
    assert view
    assert view.due_at == view.deliveries[-1].at + 5 * SECOND > NOW + 5 * SECOND


@pytest.mark.parametrize("answer", [NO_SERVICE, ARCHIVED, Answer(401, "invalid_auth"), Answer(403, "invalid_token")])
def test_what_a_target_refuses_for_good_is_parked_at_once_and_told_elsewhere_once(
    database: Database, ops: SlackReceiver, spare: SlackReceiver, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    ops.script(then=answer)
    add(database, *(alert("ops", number) for number in range(3)))
    channels = Channels({"ops": ops.target, "spare": spare.target}, QUICK)
    words = f"HTTP {answer.status} ({answer.text})"
    refused = [deliver(database, channels, NOW + number * SECOND, jitter=half).undelivered for number in range(4)]
    assert refused == [*((Undelivered("ops", alert("ops", number).visible_id, words, final=True),) for number in range(3)), ()]
    assert (ops.requests, set(states(database).values())) == (3, {AlertState.GIVEN_UP})
    assert f"{alert('ops').visible_id} to ops: {words}; given up" in caplog.text
    assert (titles(spare), news_of_channels(database)) == (["Channel ops takes no messages"], [("spare", "broken")])
    assert words in spare.posted[0].text
    assert alert("ops").visible_id in spare.posted[0].text


def test_a_channel_that_works_again_is_told_of_once_and_what_was_parked_can_be_sent(
    database: Database, ops: SlackReceiver, spare: SlackReceiver
) -> None:
    ops.script(NO_SERVICE, NO_SERVICE)
    channels = Channels({"ops": ops.target, "spare": spare.target}, QUICK)
    now = NOW
    for number in range(4):
        add(database, alert("ops", number))
        deliver(database, channels, now, jitter=half)
        now += MINUTE
    assert titles(spare) == ["Channel ops takes no messages", "Channel ops works again"]
    with database.write() as ledger:
        back = ledger.departures.put_back(now, channel="ops")
    assert back == (alert("ops", 0).visible_id, alert("ops", 1).visible_id)
    assert deliver(database, channels, now, jitter=half) == Delivered(2, 2)
    assert sorted(ids(ops.posted)) == sorted(alert("ops", number).visible_id for number in range(4))
    ops.script(NO_SERVICE)
    add(database, alert("ops", 5))
    deliver(database, channels, now + MINUTE, jitter=half)
    assert titles(spare)[2:] == ["Channel ops takes no messages"]  # another state, another alert


def test_parked_alerts_put_back_and_taken_are_the_first_sign_of_a_channel_that_works_again(
    database: Database, ops: SlackReceiver, spare: SlackReceiver
) -> None:
    ops.script(NO_SERVICE)
    channels = Channels({"ops": ops.target, "spare": spare.target}, QUICK)
    add(database, alert("ops"))
    deliver(database, channels, NOW, jitter=half)
    with database.write() as ledger:
        assert ledger.departures.put_back(NOW, ids=[alert("ops").visible_id.lower()]) == (alert("ops").visible_id,)
        assert ledger.departures.put_back(NOW, ids=[alert("ops").visible_id]) == ()
    deliver(database, channels, NOW + MINUTE, jitter=half)
    assert titles(spare) == ["Channel ops takes no messages", "Channel ops works again"]


def test_the_word_about_a_broken_channel_finds_one_that_works(
    database: Database, ops: SlackReceiver, spare: SlackReceiver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "modelwatch.alerts")
    ops.script(then=NO_SERVICE)
    spare.script(then=ARCHIVED)
    add(database, alert("ops"))
    channels = Channels({"ops": ops.target, "spare": spare.target}, QUICK)
    for number in range(5):
        deliver(database, channels, NOW + number * MINUTE, jitter=half)
    assert news_of_channels(database) == [("spare", "broken"), ("log", "broken")]
    assert "Channel spare takes no messages" in caplog.text
    assert deliver(database, channels, NOW + HOUR, jitter=half) == Delivered()


def test_news_of_a_channel_take_their_own_route_where_one_is_configured(
    database: Database, ops: SlackReceiver, spare: SlackReceiver
) -> None:
    ops.script(NO_SERVICE)
    add(database, alert("ops"))
    with SlackReceiver() as third:
        channels = Channels(
            {"ops": ops.target, "spare": spare.target, "third": third.target}, QUICK, health=HealthSettings(("third",), "us")
        )
        deliver(database, channels, NOW, jitter=half)
        assert (titles(third), titles(spare)) == (["Channel ops takes no messages"], [])
        assert "Owner: us" in third.posted[0].text


def test_a_message_refused_in_its_form_is_sent_once_more_plain_and_stops_no_other(database: Database, ops: SlackReceiver) -> None:
    ops.script(INVALID_BLOCKS)
    alerts = [alert("ops", number, source="azure") for number in range(60)]
    add(database, *alerts, alert("ops", 99))
    assert deliver(database, Channels({"ops": ops.target}, QUICK), NOW, jitter=half) == Delivered(61, 2)
    assert ops.requests == 3
    plain = ops.posted[0]
    assert (ids(ops.posted)[0], len(plain.text) <= 1500) == (batch_id(alerts), True)
    assert f"modelwatch alerts show {batch_id(alerts)}" in plain.text


def test_a_message_refused_plain_too_is_parked_and_said(database: Database, ops: SlackReceiver, spare: SlackReceiver) -> None:
    ops.script(INVALID_BLOCKS, INVALID_BLOCKS)
    add(database, alert("ops", 0), alert("ops", 1))
    channels = Channels({"ops": ops.target, "spare": spare.target}, QUICK)
    (refused,) = deliver(database, channels, NOW, jitter=half).undelivered
    assert refused == Undelivered("ops", alert("ops", 0).visible_id, "HTTP 400 (invalid_blocks)", final=True)
    deliver(database, channels, NOW + SECOND, jitter=half)
    assert ids(ops.posted) == [alert("ops", 1).visible_id]
    assert titles(spare) == ["Channel ops takes no messages", "Channel ops works again"]


def test_a_message_that_was_taken_in_silence_comes_again_with_the_same_id_and_members(database: Database, ops: SlackReceiver) -> None:
    ops.script(TAKES_AND_HANGS)
    alerts = [alert("ops", number, source="azure") for number in range(5)]
    add(database, *alerts)
    channels = Channels({"ops": ops.target}, QUICK)
    deliver(database, channels, NOW, jitter=half)
    add(database, alert("ops", 7, source="azure"))
    deliver(database, channels, NOW + MINUTE, jitter=half)
    assert ids(ops.posted) == [batch_id(alerts), alert("ops", 7).visible_id, batch_id(alerts)]
    assert ops.posted[0].text == ops.posted[2].text


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(days=1)])
def test_a_clock_that_jumped_neither_strands_nor_repeats_anything(database: Database, ops: SlackReceiver, jump: timedelta) -> None:
    """The clock was wrong by *jump* while alerts were written and tried, and is right again afterwards."""
    wrong = NOW - jump
    ops.script(Answer(), BROKEN)
    add(database, *(one for one in written_at(wrong, 3)))
    channels = Channels({"ops": ops.target}, QUICK)
    assert deliver(database, channels, wrong, jitter=half).tried == 2
    with database.write() as ledger:
        assert ledger.departures.lease("ops", wrong, wrong + MINUTE)  # and here the process died
    add(database, *(one for one in written_at(wrong, 5)[3:]))
    for number in range(3):
        deliver(database, channels, NOW + number * HOUR, jitter=half)
    assert sorted(ids(ops.posted)) == sorted(alert("ops", number).visible_id for number in range(5))


def written_at(now: datetime, count: int) -> list[Alert]:
    return [replace(alert("ops", number), created_at=now) for number in range(count)]
