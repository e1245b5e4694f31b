"""What leaves together: joined once, leased as one, never split; a channel that rests or is broken is known from what is stored."""

from dataclasses import replace
from datetime import timedelta

from monitor.domain.facts import Listed, ReplacedBy
from monitor.domain.policy.alerts import Alert
from monitor.domain.policy.channels import ChannelNews, channel_alerts
from monitor.domain.policy.severity import Severity
from monitor.store import Database
from monitor.store.departures import LONGEST_PAUSE
from monitor.store.views import AlertState, Departure
from tests.store.words import RETIRES_IN_JUNE, START, Visitor, day, key, news, says

LEASE = timedelta(minutes=5)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def add(database: Database, *alerts: Alert, batch: str = "") -> None:
    with database.write() as ledger:
        ledger.outbox.add(alerts)
        if batch:
            ledger.departures.assign({batch: alerts})


def lease(database: Database, channel: str = "team", number: float = 0) -> Departure | None:
    now = START + timedelta(days=number)
    with database.write() as ledger:
        return ledger.departures.lease(channel, now, now + LEASE)


def names(departure: Departure | None) -> list[str]:
    assert departure
    return [alert.idempotency_key for alert in departure.alerts]


def test_what_is_joined_leaves_and_comes_back_together(database: Database) -> None:
    add(database, news("one"), news("two"), batch="MW-AAAAAAAA")
    add(database, news("three"))
    first = lease(database)
    assert first
    assert (first.batch, first.channel, names(first), first.attempts) == ("MW-AAAAAAAA", "team", ["news:one:team", "news:two:team"], 0)
    assert lease(database) is None  # the third belongs to no message yet
    again = lease(database, number=LEASE / timedelta(days=1))
    assert again
    assert (again.alert_ids, again.attempts) == (first.alert_ids, 1)
    with database.read() as ledger:
        assert [view.batch for view in ledger.outbox.batch(" mw-aaaaaaaa ")] == ["MW-AAAAAAAA"] * 2
        assert ledger.outbox.batch("MW-BBBBBBBB") == ()


def test_what_belongs_to_no_message_yet_is_told_with_the_day_it_was_put_off_to(database: Database) -> None:
    later = replace(news("later"), due_at=day(2))
    add(database, news("now"), later, news("elsewhere", "mail"))
    with database.read() as ledger:
        assert [waiting.alert.due_at for waiting in ledger.departures.fresh("team", day(1), 9)] == [None]
        assert [waiting.alert.due_at for waiting in ledger.departures.fresh("team", day(2), 9)] == [None, day(2)]
        assert len(ledger.departures.fresh("team", day(2), 1)) == 1


def test_the_most_urgent_leaves_first_then_the_longest_due(database: Database) -> None:
    critical = replace(news("critical"), severity=Severity.CRITICAL)
    add(database, news("old", at=day(-2)), batch="MW-00000001")
    add(database, news("older", at=day(-3)), batch="MW-00000002")
    add(database, critical, batch="MW-00000003")
    found = [lease(database) for _ in range(4)]
    assert [departure.batch if departure else None for departure in found] == ["MW-00000003", "MW-00000002", "MW-00000001", None]


def test_a_channel_rests_as_a_whole_until_its_pause_is_over(database: Database) -> None:
    add(database, news("one"), batch="MW-00000001")
    first = lease(database)
    assert first
    with database.write() as ledger:
        ledger.outbox.retry(first.alert_ids, START, START + HOUR, "HTTP 429", postponed=True)
    add(database, news("two"), news("two", "mail"))
    with database.read() as ledger:
        assert ledger.departures.due_channels(START + HOUR - MINUTE) == {"mail"}
        assert ledger.departures.due_channels(START + HOUR) == {"mail", "team"}
    again = lease(database, number=HOUR / timedelta(days=1))
    assert again
    with database.write() as ledger:  # an ordinary failure after a pause is no pause
        ledger.outbox.retry(again.alert_ids, START + HOUR, START + 2 * HOUR, "HTTP 500")
        assert ledger.departures.due_channels(START + HOUR) == {"mail", "team"}


def test_nothing_due_is_no_channel(database: Database) -> None:
    add(database, replace(news("later"), due_at=day(2)))
    with database.read() as ledger:
        assert ledger.departures.due_channels(day(1)) == frozenset()
        assert ledger.departures.due_channels(day(2)) == {"team"}


def test_what_a_wrong_clock_put_off_is_due_all_the_same(database: Database) -> None:
    add(database, news("written", at=day(1)))
    add(database, news("leased"), batch="MW-00000001")
    add(database, news("tried"), batch="MW-00000002")
    leased, tried = lease(database, number=1), lease(database, number=1)
    assert leased
    assert tried
    with database.write() as ledger:
        ledger.outbox.retry(tried.alert_ids, day(1), day(1) + HOUR, "HTTP 500")
    assert [names(lease(database)) for _ in range(2)] == [["news:leased:team"], ["news:tried:team"]]
    with database.read() as ledger:
        assert len(ledger.departures.fresh("team", START, 9)) == 1
    assert timedelta(minutes=5) < LONGEST_PAUSE  # else a lease would be taken for a clock's mistake


def test_a_channel_is_broken_from_the_news_of_it_until_the_news_that_it_works(database: Database) -> None:
    add(database, news("one", "a%b"), news("two", "a%b"))
    with database.write() as ledger:
        ledger.outbox.give_up([waiting.alert_id for waiting in ledger.departures.fresh("a%b", START, 1)], START, "HTTP 404")
        assert ledger.departures.broken(["a%b", "team"]) == frozenset()  # nobody was told yet
        ledger.outbox.add(channel_alerts(ChannelNews("a%b", broken=True, reason="HTTP 404"), ["mail", "log"], "", START))
        ledger.outbox.add(channel_alerts(ChannelNews("aXb", broken=True), ["mail"], "", START))
        assert ledger.departures.broken(["a%b", "aXb", "team"]) == {"a%b"}
        ledger.outbox.add(channel_alerts(ChannelNews("a%b", broken=False), ["mail"], "", day(1)))
        assert ledger.departures.broken(["a%b"]) == frozenset()


def test_what_was_given_up_is_put_back_as_if_never_tried(database: Database) -> None:
    one, two, three = news("one"), news("two"), news("three", "mail")
    add(database, one, two, batch="MW-AAAAAAAA")
    add(database, three, batch="MW-BBBBBBBB")
    for channel in ("team", "mail"):
        given_up = lease(database, channel)
        assert given_up
        with database.write() as ledger:
            ledger.outbox.give_up(given_up.alert_ids, START, "HTTP 404")
    with database.write() as ledger:
        put_back = ledger.departures.put_back
        assert put_back(day(1), ids=["MW-00000000"]) == ()
        assert put_back(day(1), ids=[two.visible_id.lower()]) == (two.visible_id,)
        assert put_back(day(1), ids=["mw-aaaaaaaa"]) == (one.visible_id,)
        assert put_back(day(1), channel="team") == ()
        assert put_back(day(1), channel="mail") == (three.visible_id,)
        assert {(view.state, view.attempts) for view in ledger.outbox.listing()} == {(AlertState.WAITING, 0)}
    again = lease(database, number=1)
    assert again
    assert (again.batch, len(again.members)) == ("MW-AAAAAAAA", 2)


def test_a_message_comes_with_what_follows_its_models(database: Database) -> None:
    changes = Visitor(database).hears(day(0), says(RETIRES_IN_JUNE), says(ReplacedBy("gpt-6")), says(Listed(), "gpt-6"))
    going = tuple(state for state in changes.lifecycles if state.key == key())
    add(database, *(replace(news(name), lifecycles=going) for name in ("one", "two")), batch="MW-0000000A")
    departure = lease(database)
    assert departure
    backgrounds = [waiting.alert.background for waiting in departure.members]
    assert [list(background.successors) for background in backgrounds if background] == [[("openai", "gpt-6")]] * 2
