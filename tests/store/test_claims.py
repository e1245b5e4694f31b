"""Claims through time: what decide merged is what the store knows, now and as of any day."""

import pytest
from sqlalchemy import update

from monitor.domain.claims import Claim
from monitor.domain.events import EventKind
from monitor.domain.facts import InStage, NoRetirement, ReplacedBy, Retires, Stage
from monitor.domain.readings import Reading
from monitor.domain.reconcile.decide import Known, decide, merged
from monitor.errors import StoreError
from monitor.store import Database
from monitor.store.schema import LifecycleRow
from tests.store.words import (
    CATALOGUE,
    JULY,
    JUNE,
    LISTED,
    LISTING,
    NEWS,
    RETIRES_IN_JULY,
    RETIRES_IN_JUNE,
    Visitor,
    bare,
    day,
    in_force,
    key,
    lifecycles,
    page,
    parsed,
    says,
)


def test_what_is_known_is_what_was_merged(database: Database) -> None:
    visitor = Visitor(database)
    visitor.hears(day(0), says(RETIRES_IN_JUNE), says(LISTED, "gpt-4"))
    with database.read() as ledger:
        before = ledger.claims.known(NEWS.key, ["openai"])
    changes = visitor.hears(day(1), says(RETIRES_IN_JULY), says(LISTED, "gpt-4"))
    with database.read() as ledger:
        after = ledger.claims.known(NEWS.key, ["openai"])
    assert bare(after.claims) == bare(merged(before.claims, changes.claims))
    assert [event.kind for event in changes.events] == [EventKind.RETIREMENT_MOVED]
    assert after.last_good is not None
    assert after.last_good.read_at == day(1)


def test_known_reaches_every_provider_the_source_ever_spoke_of(database: Database) -> None:
    Visitor(database, NEWS).hears(day(0), says(RETIRES_IN_JUNE))
    Visitor(database, CATALOGUE).hears(day(1), says(RETIRES_IN_JULY), says(LISTED, "m", "mindstudio"))
    with database.read() as ledger:
        known = ledger.claims.known(CATALOGUE.key, [])
    assert {claim.source for claim in known.claims} == {NEWS.key, CATALOGUE.key}


def test_a_later_reading_supersedes_and_the_earlier_stays_readable_as_of_its_time(database: Database) -> None:
    visitor = Visitor(database)
    visitor.hears(day(0), says(RETIRES_IN_JUNE))
    then = lifecycles(database)
    visitor.hears(day(5), says(RETIRES_IN_JULY))
    assert lifecycles(database)[key()].retires == JULY
    assert lifecycles(database, as_of=day(4)) == then
    assert lifecycles(database, as_of=day(5))[key()].retires == JULY
    assert lifecycles(database, as_of=day(-1)) == {}


def test_an_absence_that_ended_is_still_known_as_of_its_time(database: Database) -> None:
    visitor = Visitor(database, LISTING)
    stays, goes = (says(LISTED, "a"), says(LISTED, "b")), says(LISTED, "c")
    visitor.hears(day(0), *stays, goes)
    visitor.hears(day(1), *stays)
    then = in_force(database)
    assert [claim.missing_since for claim in then] == [None, None, day(1)]
    visitor.hears(day(2), *stays, goes)
    assert [claim.missing_since for claim in in_force(database)] == [None, None, None]
    assert in_force(database, as_of=day(1)) == then
    visitor.hears(day(3), *stays)
    visitor.hears(day(4), *stays)
    assert [claim.gone_at for claim in in_force(database)] == [None, None, day(4)]
    assert in_force(database, as_of=day(1)) == then
    assert [claim.gone_at for claim in in_force(database, as_of=day(3))] == [None, None, None]


def test_pending_says_whether_an_unchanged_page_still_matters(database: Database) -> None:
    visitor = Visitor(database, LISTING)

    def pending() -> bool:
        with database.read() as ledger:
            return ledger.claims.pending(LISTING.key)

    assert not pending()
    visitor.hears(day(0), says(LISTED, "a"), says(LISTED, "b"), says(LISTED, "c"))
    assert not pending()
    visitor.hears(day(1), says(LISTED, "a"), says(LISTED, "b"))
    assert pending()
    visitor.hears(day(2), says(LISTED, "a"), says(LISTED, "b"))
    assert not pending()
    visitor.brings(day(3), (page("login"), parsed((), drift="no table")))
    assert pending()


def test_claims_are_found_by_provider_key_and_line(database: Database) -> None:
    said = (says(LISTED, "gpt-5-2025-08-07"), says(LISTED, "GPT-5", "chatgpt"), says(LISTED, "gpt-4"))
    Visitor(database).hears(day(0), *said)
    with database.read() as ledger:
        assert {str(claim.key) for claim in ledger.claims.in_force(lines=["gpt-5"])} == {"openai/gpt-5-2025-08-07", "chatgpt/GPT-5"}
        assert {str(claim.key) for claim in ledger.claims.in_force(providers=["chatgpt"])} == {"chatgpt/GPT-5"}
        assert {str(claim.key) for claim in ledger.claims.in_force(keys={key("gpt-4")})} == {"openai/gpt-4"}
        assert ledger.claims.in_force(keys=[]) == ()
        assert ledger.claims.lines() == ["gpt-4", "gpt-5"]
        assert [str(found) for found in ledger.claims.models("GPT 5")] == ["chatgpt/GPT-5", "openai/gpt-5-2025-08-07"]
        assert len(ledger.claims.models()) == 3


def test_a_member_is_resolved_with_its_family(database: Database) -> None:
    visitor = Visitor(database)
    visitor.hears(day(0), says(RETIRES_IN_JUNE, "gpt-4o-audio", family=True), says(LISTED, "gpt-4o-audio-preview"))
    member = key("gpt-4o-audio-preview")
    with database.read() as ledger:
        found = ledger.claims.resolved(keys=[member])
        assert set(found) == {member}
        assert found[member].retires == JUNE
        assert {lifecycle.key.model for lifecycle in ledger.claims.ending()} == {"gpt-4o-audio", "gpt-4o-audio-preview"}
        assert set(ledger.claims.resolved(lines=["gpt-4o-audio-preview"])) == {member}


def test_ending_leaves_out_what_the_calendar_cannot_touch(database: Database) -> None:
    said = (
        says(LISTED, "stays"),
        says(RETIRES_IN_JUNE, "dated"),
        says(InStage(Stage.RETIRED), "over"),
        says(InStage(Stage.ACTIVE), "active"),
        says(ReplacedBy("stays"), "replaced"),
        says(NoRetirement(), "open"),
    )
    Visitor(database).hears(day(0), *said)
    with database.read() as ledger:
        assert [lifecycle.key.model for lifecycle in ledger.claims.ending()] == ["dated", "over", "replaced"]


def test_a_correction_that_withdraws_everything_leaves_no_lifecycle(database: Database) -> None:
    visitor = Visitor(database)
    visitor.hears(day(0), says(RETIRES_IN_JUNE), text="same")
    changes = visitor.corrects(day(1), text="same")
    assert [claim.withdrawn_at for claim in changes.claims.updated] == [day(1)]
    with database.write() as ledger:
        assert ledger.claims.in_force() == ()
        assert ledger.claims.lines() == []
        assert ledger.claims.rebuild() == 0


def test_rebuild_mends_a_cache_that_was_tampered_with(database: Database) -> None:
    Visitor(database).hears(day(0), says(RETIRES_IN_JUNE, "a"), says(RETIRES_IN_JUNE, "b"), says(LISTED, "c"))
    with database.write() as ledger:
        assert ledger.claims.rebuild() == 0
        ledger.claims._db.execute(update(LifecycleRow).where(LifecycleRow.model != "c").values(ends_on=None))
        assert ledger.claims.rebuild() == 2
        assert ledger.claims.rebuild() == 0


def test_a_decision_on_another_state_of_the_database_is_refused(database: Database) -> None:
    visitor = Visitor(database)
    visitor.hears(day(0), says(RETIRES_IN_JUNE))
    with database.read() as ledger:
        known = ledger.claims.known(NEWS.key, ["openai"])
    visitor.hears(day(1), says(RETIRES_IN_JULY))
    with pytest.raises(StoreError, match="not in force"):
        _record_stale(database, known.claims)
    assert lifecycles(database)[key()].retires == JULY


def _record_stale(database: Database, claims: tuple[Claim, ...]) -> None:
    reading = Reading(NEWS, day(2), ((page("third"), parsed([says(Retires(JUNE.as_floor()))])),))
    with database.write() as ledger:
        ledger.readings.record(reading, decide(Known(claims), reading, day(2)), {})


def test_a_replacement_that_is_no_longer_named_becomes_a_member_of_its_family(database: Database) -> None:
    Visitor(database, LISTING).hears(day(0), says(LISTED, "gpt-4-mini"))
    visitor = Visitor(database)
    dated = says(RETIRES_IN_JUNE, "gpt-4", family=True)
    visitor.hears(day(1), dated, says(ReplacedBy("gpt-4-mini"), "gpt-4", family=True))
    assert lifecycles(database)[key("gpt-4-mini")].retires is None
    visitor.hears(day(2), dated, says(ReplacedBy("gpt-5"), "gpt-4", family=True))
    assert lifecycles(database)[key("gpt-4-mini")].retires == JUNE
    with database.write() as ledger:
        assert ledger.claims.rebuild() == 0
