"""The outbox: written once, leased one by one, never lost."""

from dataclasses import replace
from datetime import timedelta

from monitor.domain.events import EventKind
from monitor.domain.facts import AliasOf, Listed, ReplacedBy, Retires
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
        ledger.outbox.retry([waiting.alert_id], day(0), day(1), "HTTP 500")
    assert due(database, 0.5) == []
    [waiting] = due(database, 1)
    assert waiting.attempts == 1
    with database.write() as ledger:
        ledger.outbox.delivered([waiting.alert_id], day(1), "ok")
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
        ledger.outbox.delivered([quick.alert_id], day(1))
        ledger.outbox.retry([slow.alert_id], day(1), day(1), "timeout")
        ledger.outbox.give_up([slow.alert_id], day(1), "timeout")
        assert [view.state for view in ledger.outbox.listing()] == [AlertState.DONE]


def test_a_late_success_counts_after_all(database: Database) -> None:
    with database.write() as ledger:
        ledger.outbox.add([news()])
    [waiting] = due(database, 0)
    with database.write() as ledger:
        ledger.outbox.give_up([waiting.alert_id], day(0), "404")
        assert [(view.state, view.last_error) for view in ledger.outbox.listing()] == [(AlertState.GIVEN_UP, "404")]
        ledger.outbox.retry([waiting.alert_id], day(0), day(0), "late")
        assert [view.state for view in ledger.outbox.listing()] == [AlertState.GIVEN_UP]
        ledger.outbox.delivered([waiting.alert_id], day(0))
        assert [view.state for view in ledger.outbox.listing()] == [AlertState.DONE]


def test_a_muted_alert_leaves_no_more_until_it_is_brought_back(database: Database) -> None:
    one, two, three = (
        replace(news(name, events=(retirement(),)), due_at=day(number)) for number, name in enumerate(("one", "two", "three"), 1)
    )
    with database.write() as ledger:
        ledger.outbox.add([one, two, three])
        assert [view.about for view in ledger.muting.waiting()] == [(key(),)] * 3
        for view in ledger.muting.waiting()[:2]:
            ledger.muting.mute(view.alert_id, "ack 1 by ann: seen")
        assert [(view.alert.idempotency_key, view.last_error) for view in ledger.outbox.listing(AlertState.MUTED)] == [
            ("news:two:team", "ack 1 by ann: seen"),
            ("news:one:team", "ack 1 by ann: seen"),
        ]
        assert ledger.muting.keys() == {"news:one:team", "news:two:team"}
        assert [view.alert.idempotency_key for view in ledger.muting.muted()] == ["news:one:team", "news:two:team"]
        assert [view.alert.idempotency_key for view in ledger.muting.muted(due_after=day(1))] == ["news:two:team"]
        assert [view.alert.idempotency_key for view in ledger.muting.leaving()] == ["news:three:team"]
        assert [view.alert.idempotency_key for view in ledger.muting.leaving(day(1))] == ["news:three:team"]
        assert ledger.muting.leaving(day(4)) == ()
    assert [waiting.alert.idempotency_key for waiting in due(database, 9)] == ["news:three:team"]
    with database.write() as ledger:
        ledger.muting.unmute([view.alert_id for view in ledger.muting.muted(due_after=day(1))])
        assert ledger.muting.bring_back([one, three], day(5)) == 1
    assert [(waiting.alert.idempotency_key, waiting.attempts) for waiting in due(database, 10)] == [
        ("news:one:team", 0),
        ("news:two:team", 0),
        ("news:three:team", 1),
    ]


def test_a_late_failure_does_not_bring_a_muted_alert_back(database: Database) -> None:
    with database.write() as ledger:
        ledger.outbox.add([news()])
    [slow] = due(database, 0)
    [quick] = due(database, 1)
    with database.write() as ledger:
        ledger.outbox.retry([quick.alert_id], day(1), day(1), "HTTP 500")
        ledger.muting.mute(quick.alert_id, "seen")
        ledger.outbox.retry([slow.alert_id], day(1), day(1), "timeout")
        assert [view.state for view in ledger.outbox.listing()] == [AlertState.MUTED]


def test_what_was_sent_before_an_instant_is_told_apart(database: Database) -> None:
    with database.write() as ledger:
        ledger.outbox.add([news("one", at=day(0)), news("two", at=day(1))])
        assert ledger.outbox.sent_keys("news:", before=day(1)) == {"news:one:team"}


def test_an_alert_comes_with_what_follows_its_model_as_far_as_that_is_known(database: Database) -> None:
    visitor = Visitor(database)
    said = [
        says(Retires(JULY), "gpt-4.1-mini"),
        says(ReplacedBy("GPT-5 mini"), "gpt-4.1-mini"),
        says(AliasOf("gpt-5-mini-2025-08-07"), "gpt-5-mini"),
        says(ReplacedBy("gpt-6-mini"), "gpt-5-mini-2025-08-07"),
        says(Listed(), "gpt-6-mini"),
        says(Listed(), "gpt-image-1"),
    ]
    changes = visitor.hears(day(0), *said)
    going = next(state for state in changes.lifecycles if state.key == key("gpt-4.1-mini"))
    alert = replace(news(events=changes.events[:1]), lifecycles=(going,))
    with database.write() as ledger:
        ledger.outbox.add([alert])
    [waiting] = due(database, 1)
    assert waiting.alert.background
    assert {name for _, name in waiting.alert.background.successors} == {"gpt-5-mini", "gpt-5-mini-2025-08-07", "gpt-6-mini"}
    with database.read() as ledger:
        assert ledger.outbox.background(waiting.alert) == waiting.alert.background


def test_news_of_a_source_comes_with_its_last_full_reading_before_it(database: Database) -> None:
    visitor = Visitor(database)
    for number in (0, 1, 4):
        visitor.hears(day(number), says(RETIRES_IN_JUNE))
    about = [
        replace(retirement(), kind=EventKind.SOURCE_RECOVERED, source=source, at=day(at))
        for source, at in (("openai_deprecations", 4), ("openai_deprecations", 0), ("unheard_of", 4))
    ]
    with database.write() as ledger:
        ledger.outbox.add([news(str(number), events=(event,)) for number, event in enumerate(about)])
    found = [waiting.alert.background.read_at for waiting in due(database, 5) if waiting.alert.background]
    assert found == [{"openai_deprecations": day(1)}, {"openai_deprecations": None}, {"unheard_of": None}]
