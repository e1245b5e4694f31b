"""What a replay asks of a database that knows something already."""

from datetime import timedelta

from monitor.store import Database
from monitor.store.views import AlertState
from tests.store.words import RETIRES_IN_JUNE, START, Visitor, day, news, says


def test_the_newest_instant_of_a_reading_an_event_or_an_alert_is_known(database: Database) -> None:
    def known() -> object:
        with database.read() as ledger:
            return ledger.readings.recorded_until()

    assert known() is None
    Visitor(database).hears(day(3), says(RETIRES_IN_JUNE))
    assert known() == day(3)
    Visitor(database).hears(day(2), says(RETIRES_IN_JUNE))
    assert known() == day(3)
    with database.write() as ledger:
        ledger.outbox.add([news(at=day(5))])
    assert known() == day(5)


def test_alerts_made_before_an_instant_can_be_left_alone(database: Database) -> None:
    with database.write() as ledger:
        ledger.outbox.add([news("old", at=START), news("new", at=START + timedelta(hours=1))])
        due = ledger.outbox.claim_due(day(9), limit=9, lease=timedelta(minutes=5), made_since=START + timedelta.resolution)
        assert [waiting.alert.idempotency_key for waiting in due] == ["news:new:team"]
        assert [view.alert.idempotency_key for view in ledger.outbox.listing(AlertState.WAITING)] == ["news:old:team"]
