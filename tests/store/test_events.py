"""Events and acks: what was written is found again, by time, line, key and source."""

from dataclasses import replace
from datetime import timedelta

from monitor.domain.events import EventKind
from monitor.domain.health import Health
from monitor.domain.identity import Kind, scope_of
from monitor.domain.policy.mutes import Mute, MuteTarget
from monitor.domain.records import Signature
from monitor.store import Database
from monitor.store.views import AckView
from tests.store.words import day, key, retirement


def test_events_come_back_whole_in_the_order_of_time(database: Database) -> None:
    scoped = replace(retirement(at=day(2)), direction="postponed", subject=Kind.SERVICE, key=key(scope=scope_of({"region": ["eu", "us"]})))
    events = (retirement(at=day(0)), retirement("gpt-4", at=day(1)), scoped)
    with database.write() as ledger:
        ledger.events.append([events[2], events[0]])
        ledger.events.append([events[1]])
        ledger.events.append([])
    with database.read() as ledger:
        assert ledger.events.since() == events
        assert ledger.events.since(day(1)) == events[1:]
        assert ledger.events.since(day(0), day(1)) == events[:2]
        assert ledger.events.since(limit=2) == events[1:]
        assert ledger.events.of_lines(["gpt-5"]) == (events[0], events[2])
        assert ledger.events.of_lines(["gpt-5"], until=day(1)) == (events[0],)


def test_the_calendar_knows_what_it_wrote(database: Database) -> None:
    retired = retirement(kind=EventKind.MODEL_RETIRED)
    with database.write() as ledger:
        ledger.events.append([retired, retirement()])
        assert ledger.events.calendar_written() == {(EventKind.MODEL_RETIRED, key(), "2026-06-01")}


def test_the_last_word_about_a_source_is_its_told_health(database: Database) -> None:
    with database.write() as ledger:
        assert ledger.events.told_health("openai_models") is None
        told = [
            replace(retirement(kind=EventKind.SOURCE_FAILED), source="openai_models", after="failing"),
            replace(retirement(kind=EventKind.SOURCE_RECOVERED), source="openai_models", after="good"),
            replace(retirement(), source="openai_models"),
            replace(retirement(kind=EventKind.SOURCE_STALE), source="other", after="stale"),
        ]
        ledger.events.append(told)
        assert ledger.events.told_health("openai_models") is Health.GOOD


def test_a_mute_lasts_until_it_runs_out(database: Database) -> None:
    snooze = Mute(MuteTarget.MODEL, "gpt-5", "openai", until=day(5))
    ack = Mute(MuteTarget.LINE, "gpt-4", ends={"openai/gpt-4": "2026-06-01"})
    with database.write() as ledger:
        ledger.acks.add(snooze, Signature("ann", "on holiday"), day(0))
        ledger.acks.add(ack, Signature("bob", "seen"), day(1))
        assert ledger.acks.mutes(day(4)) == (snooze, ack)
        assert ledger.acks.mutes(day(5)) == (ack,)
        assert ledger.acks.listing() == (
            AckView(2, ack, "bob", "seen", day(1)),
            AckView(1, snooze, "ann", "on holiday", day(0)),
        )


def test_a_mute_is_marked_when_it_ends_and_never_deleted(database: Database) -> None:
    ack = Mute(MuteTarget.LINE, "gpt-4", ends={"openai/gpt-4": "2026-06"})
    exact = replace(ack, ends={"openai/gpt-4": "2026-06-01"})
    with database.write() as ledger:
        number = ledger.acks.add(ack, Signature("bob", "seen"), day(1))
        assert (ledger.acks.mutes(day(0)), ledger.acks.known_at(day(0)), ledger.acks.find([7])) == ((), (), ())
        ledger.acks.follow(number, exact)
        assert [view.mute for view in ledger.acks.open()] == [exact]
        ledger.acks.end(number, Signature("modelwatch", "the date moved"), day(3))
        ledger.acks.end(number, Signature("ann", "again"), day(4))
        ended = AckView(number, exact, "bob", "seen", day(1), day(3), "modelwatch", "the date moved")
        assert ledger.acks.find([number]) == ledger.acks.listing() == ledger.acks.known_at(day(2)) == (ended,)
        assert (ledger.acks.open(), ledger.acks.known_at(day(4))) == ((), ())
        assert [ledger.acks.mutes(day(at)) for at in (2, 3)] == [(exact,), ()]


def test_sources_are_due_by_their_plan(database: Database) -> None:
    with database.write() as ledger:
        ledger.sources.ensure({"b": day(1), "a": day(1), "c": day(0)})
        ledger.sources.ensure({"c": day(9)})
        assert ledger.sources.due(day(1), ["a", "b", "c", "unknown"]) == ["c", "a", "b"]
        assert ledger.sources.due(day(1) - timedelta(seconds=1), ["a", "b", "c"]) == ["c"]
        ledger.sources.schedule("c", day(2))
        ledger.sources.schedule("new", day(3))
        assert [ledger.sources.next_visit(name) for name in ("c", "new", "unknown")] == [day(2), day(3), None]
        ledger.readings.record_failed("mail", day(0), "first seen by a reading")
        assert ledger.sources.next_visit("mail") is None
        ledger.sources.ensure({"mail": day(4)})
        assert ledger.sources.next_visit("mail") == day(4)
        assert ledger.sources.validators("unknown") == {}
