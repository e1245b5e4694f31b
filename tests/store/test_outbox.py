"""The outbox: written once, leased one by one, never lost."""

from dataclasses import replace
from datetime import timedelta

from monitor.domain.policy.alerts import AlertKind
from monitor.store import Database
from monitor.store.views import AlertState, DeliveryView, Waiting
from tests.store.words import JULY, RETIRES_IN_JULY, RETIRES_IN_JUNE, Visitor, day, key, lifecycles, news, retirement, says

LEASE = timedelta(minutes=5)


def due(database: Database, number: float, limit: int = 10, channels: list[str] | None = None) -> list[Waiting]:
    """What is leased on a day."""
    with database.write() as ledger:
        return ledger.outbox.claim_due(day(0) + timedelta(days=number), limit=limit, lease=LEASE, channels=channels)


def test_an_alert_is_written_once_however_often_it_is_added(database: Database) -> None:
    one, two = news("one", events=(retirement(),)), news("two")
    with database.write() as ledger:
        assert ledger.outbox.add([]) == 0
        assert ledger.outbox.add([one, one]) == 1
        assert ledger.outbox.add([one, two]) == 1
        assert [view.alert for view in ledger.outbox.listing()] == [two, one]
        assert ledger.outbox.sent_keys("news:") == {"news:one:team", "news:two:team"}
        assert ledger.outbox.sent_keys() == frozenset()


def test_an_alert_comes_back_with_its_events_and_the_lifecycles_of_the_day_it_is_sent(database: Database) -> None:
    visitor = Visitor(database)
    changes = visitor.hears(day(0), says(RETIRES_IN_JUNE))
    alert = replace(news(events=changes.events), lifecycles=changes.lifecycles, kind=AlertKind.REMINDER, lead=30)
    with database.write() as ledger:
        ledger.outbox.add([alert])
    visitor.hears(day(1), says(RETIRES_IN_JULY))
    [waiting] = due(database, 2)
    assert waiting.alert == alert
    assert waiting.alert.lifecycles == (lifecycles(database)[key()],)
    assert waiting.alert.lifecycles[0].retires == JULY


def test_poisoned_text_travels_in_an_alert(database: Database) -> None:
    event = replace(retirement(), quote="a\x00b\ud800", before="<!channel> *b*\u202e")
    with database.write() as ledger:
        ledger.outbox.add([news(events=(event,))])
    [waiting] = due(database, 0)
    assert [(one.quote, one.before) for one in waiting.alert.events] == [("a\ufffdb\ufffd", "<!channel> *b*\u202e")]


def test_a_leased_alert_is_not_due_until_its_lease_runs_out(database: Database) -> None:
    with database.write() as ledger:
        ledger.outbox.add([news("one"), news("two", at=day(-1)), news("three", at=day(1))])
    first = due(database, 0, limit=1)
    assert [(waiting.alert.idempotency_key, waiting.attempts) for waiting in first] == [("news:two:team", 0)]
    assert [waiting.alert.idempotency_key for waiting in due(database, 0)] == ["news:one:team"]
    assert due(database, 0) == []
    again = due(database, 0 + LEASE / timedelta(days=1))
    assert [(waiting.alert.idempotency_key, waiting.attempts) for waiting in again] == [("news:two:team", 1), ("news:one:team", 1)]


def test_channels_are_served_apart(database: Database) -> None:
    with database.write() as ledger:
        ledger.outbox.add([news("one", "slack"), news("one", "mail")])
    assert [waiting.alert.channel for waiting in due(database, 0, channels=["mail"])] == ["mail"]
    assert due(database, 0, channels=[]) == []
    assert [waiting.alert.channel for waiting in due(database, 0)] == ["slack"]


def test_every_attempt_is_written_down(database: Database) -> None:
    alert = news()
    with database.write() as ledger:
        ledger.outbox.add([alert])
    [waiting] = due(database, 0)
    with database.write() as ledger:
        ledger.outbox.retry(waiting.alert_id, day(0), day(1), "HTTP 500")
    assert due(database, 0.5) == []
    [waiting] = due(database, 1)
    assert waiting.attempts == 1
    with database.write() as ledger:
        ledger.outbox.delivered(waiting.alert_id, day(1), "ok")
    assert due(database, 9) == []
    with database.read() as ledger:
        view = ledger.outbox.find(f" {alert.visible_id.lower()} ")
        assert ledger.outbox.find("MW-00000000") is None
        assert ledger.outbox.listing(AlertState.WAITING) == ()
        assert len(ledger.outbox.listing(AlertState.DONE)) == 1
    assert view is not None
    assert (view.alert, view.state, view.attempts, view.last_error) == (alert, AlertState.DONE, 2, "")
    assert view.deliveries == (DeliveryView(day(0), "retry", "HTTP 500"), DeliveryView(day(1), "delivered", "ok"))


def test_a_late_failure_never_reopens_what_arrived(database: Database) -> None:
    with database.write() as ledger:
        ledger.outbox.add([news()])
    [slow] = due(database, 0)
    [quick] = due(database, 1)
    with database.write() as ledger:
        ledger.outbox.delivered(quick.alert_id, day(1))
        ledger.outbox.retry(slow.alert_id, day(1), day(1), "timeout")
        ledger.outbox.give_up(slow.alert_id, day(1), "timeout")
        assert [view.state for view in ledger.outbox.listing()] == [AlertState.DONE]


def test_a_late_success_counts_after_all(database: Database) -> None:
    with database.write() as ledger:
        ledger.outbox.add([news()])
    [waiting] = due(database, 0)
    with database.write() as ledger:
        ledger.outbox.give_up(waiting.alert_id, day(0), "404")
        assert [(view.state, view.last_error) for view in ledger.outbox.listing()] == [(AlertState.GIVEN_UP, "404")]
        ledger.outbox.retry(waiting.alert_id, day(0), day(0), "late")
        assert [view.state for view in ledger.outbox.listing()] == [AlertState.GIVEN_UP]
        ledger.outbox.delivered(waiting.alert_id, day(0))
        assert [view.state for view in ledger.outbox.listing()] == [AlertState.DONE]
