"""What no visit brought, on both engines: copies and records beside readings; the cache equals a rebuild whatever comes when."""

import shutil
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from monitor.domain.bundles import Copy, Sheet
from monitor.domain.claims import VISITED, Authority, Origin, Statement
from monitor.domain.events import EventKind
from monitor.domain.facts import Deprecated, Fact, Listed, NoRetirement, ReplacedBy, Retires
from monitor.domain.identity import EVERYWHERE, ModelKey, Scope
from monitor.domain.readings import Reading
from monitor.domain.reconcile.bundled import take_over
from monitor.domain.reconcile.decide import Known, decide, retract
from monitor.domain.records import record_facts, word_key
from monitor.store import Database, open_database
from tests.store.words import JULY, JUNE, LISTING, NEWS, Visitor, day, in_force, key, lifecycles, page, parsed, says

MEMORY = Path("/dev/shm")
HASH = "c" * 64
AS_OF = day(-30)


def copied(*statements: Statement, source: str = NEWS.key, digest: str = "one") -> Copy:
    """What a release brings along of a source."""
    said = tuple(structs.replace(statement, quote="") for statement in statements)
    return Copy(source, "openai", Authority.PROVIDER, AS_OF, 1, (Sheet("https://example.com/page", HASH, said),), digest)


def load(database: Database, copy: Copy, at: datetime) -> None:
    """Take a copy over."""
    with database.write() as ledger:
        ledger.bundles.record(take_over(ledger.claims.in_force(), [copy], ledger.events.calendar_written(), at), at)


def says_so(database: Database, at: datetime, fact: Fact, expires_on: date | None = None, about: ModelKey | None = None) -> None:
    """An operator says something."""
    about = about or key()
    said = Statement(about, fact, "because")
    facts = record_facts(word_key(about), about.provider, Authority.OPERATOR)
    reading = Reading(facts, at, ((page(repr(said), at=at), parsed([said])),), origin=Origin("Ann", expires_on))
    with database.write() as ledger:
        changes = decide(Known(ledger.claims.known(facts.key, {about.provider}).claims), reading, at)
        ledger.readings.record(reading, changes, {})


def expire(database: Database, at: datetime) -> None:
    """Withdraw what is over, a record at a time."""
    with database.write() as ledger:
        for source in sorted({claim.source for claim in ledger.records.expired(at)}):
            going = ledger.records.in_force(source)
            changes = retract(ledger.claims.in_force(), going, "expired", at)
            ledger.readings.record(Reading(record_facts(source, "openai", Authority.OPERATOR), at, ()), changes, {})


def rebuilt(database: Database) -> int:
    with database.write() as ledger:
        return ledger.claims.rebuild()


def test_a_copy_is_kept_apart_from_our_own_readings(database: Database) -> None:
    load(database, copied(says(Retires(JUNE)), says(Listed(), "gpt-4")), day(0))
    with database.read() as ledger:
        assert (ledger.readings.last(NEWS.key), ledger.readings.marks(NEWS.key)) == (None, (None, ()))
        assert (ledger.readings.last_good_at(), ledger.claims.pending(NEWS.key)) == ({}, False)
        assert (ledger.bundles.loaded(), ledger.bundles.as_of()) == ({NEWS.key: "one"}, {NEWS.key: day(-30)})
        assert (ledger.readings.page(HASH), ledger.events.since()) == (None, ())
    with database.write() as ledger:
        assert not ledger.sources.accept(NEWS.key, day(1))
    assert {claim.origin for claim in in_force(database)} == {Origin(as_of=day(-30))}
    assert in_force(database, day(-1)) == ()
    assert rebuilt(database) == 0


def test_the_first_reading_here_takes_its_place(database: Database) -> None:
    load(database, copied(says(Retires(JUNE)), says(Retires(JUNE), "gpt-4")), day(0))
    changes = Visitor(database).hears(day(1), says(Retires(JULY)))
    assert changes.baseline
    assert [event.kind for event in changes.events] == [EventKind.DEPRECATION_ANNOUNCED, EventKind.RETIREMENT_SCHEDULED]
    assert [(claim.fact, claim.origin) for claim in in_force(database)] == [(Retires(JULY), VISITED)]
    assert list(lifecycles(database, day(0))) == [key("gpt-4"), key("gpt-5")]
    with database.read() as ledger:
        assert (ledger.bundles.as_of(), ledger.bundles.read_here()) == ({}, frozenset({NEWS.key}))
    assert rebuilt(database) == 0


def test_an_operators_word_keeps_its_author_and_its_day(database: Database) -> None:
    Visitor(database).hears(day(0), says(Retires(JUNE)))
    says_so(database, day(1), Retires(JULY), day(10).date())
    [word] = [claim for claim in in_force(database) if claim.authority is Authority.OPERATOR]
    assert word.origin == Origin("Ann", day(10).date())
    midnight = datetime.combine(day(10).date(), time(), UTC)
    with database.read() as ledger:
        assert ledger.records.expired(midnight - timedelta(seconds=1)) == ()
        assert ledger.records.expired(midnight) == (word,)
        assert ledger.records.in_force(NEWS.key) == ()
        assert [(view.key, view.author, view.claims) for view in ledger.records.listing()] == [("operator/openai/gpt-5", "Ann", 1)]
    expire(database, midnight)
    dates = {at: lifecycles(database, at)[key()].retires for at in (day(0), day(5), midnight)}
    assert list(dates.values()) == [JUNE, JULY, JUNE]
    assert rebuilt(database) == 0


FACTS = st.sampled_from([Listed(), NoRetirement(), Retires(JUNE), Retires(JULY), Deprecated(JUNE), ReplacedBy("gpt-5")])
SCOPES = st.sampled_from([EVERYWHERE, EVERYWHERE, Scope((("region", ("eu",)),))])
ABOUT = st.builds(lambda model, scope: key(model, scope=scope), st.sampled_from(["gpt-4", "gpt-4-0613", "gpt-5"]), SCOPES)
SAID = st.lists(st.builds(lambda fact, about: Statement(about, fact, f"{about}: {fact}"), FACTS, ABOUT), max_size=5)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("visit"), st.sampled_from([LISTING, NEWS]), SAID),
        st.tuples(st.just("copy"), st.sampled_from([LISTING, NEWS]), SAID),
        st.tuples(st.just("word"), FACTS, ABOUT),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_the_cache_equals_a_rebuild_and_the_past_stays(sqlite_template: Path, steps: list[tuple[str, object, object]]) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        shutil.copy(sqlite_template, f"{folder}/watch.db")
        database = open_database(f"sqlite:///{folder}/watch.db")
        past = {}
        for number, step in enumerate(steps):
            take(database, step, number)
            past[day(number)] = lifecycles(database)
            assert rebuilt(database) == 0
        assert {at: lifecycles(database, at) for at in past} == past
        database.close()


def take(database: Database, step: tuple[str, object, object], number: int) -> None:
    """One step of a story; words of even days expire two days later."""
    expire(database, day(number))
    match step:
        case ("visit", source, said):
            Visitor(database, source).hears(day(number), *said)  # type: ignore[arg-type,misc]  # as the strategy builds them
        case ("copy", source, said):
            load(database, copied(*said, source=source.key, digest=str(number)), day(number))  # type: ignore[attr-defined,misc]
        case (_, fact, about):
            says_so(database, day(number), fact, None if number % 2 else day(number + 2).date(), about)  # type: ignore[arg-type]
