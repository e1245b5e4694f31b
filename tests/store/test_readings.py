"""Readings: what a visit leaves behind, and how little of it when nothing changed."""

import pytest
from msgspec import structs

from monitor.domain.claims import Skipped
from monitor.domain.events import EventKind
from monitor.domain.pages import Validators
from monitor.domain.readings import Mark, Outcome, Shape
from monitor.errors import StoreError
from monitor.store import Database
from tests.store.words import LISTED, NEWS, RETIRES_IN_JULY, RETIRES_IN_JUNE, Visitor, day, page, parsed, retirement, row_counts, says

URL = "https://example.com/page"


def test_a_first_reading_leaves_its_page_its_claims_and_its_events(database: Database) -> None:
    changes = Visitor(database).brings(
        day(0),
        (page("<p>one", at=day(0)), parsed([says(RETIRES_IN_JUNE)])),
        validators={URL: Validators('"e1"', "Thu, 01 Jan 2026 12:00:00 GMT")},
    )
    with database.read() as ledger:
        last = ledger.readings.last(NEWS.key)
        assert last is not None
        assert (last.read_at, last.outcome, last.claims, last.page) == (day(0), Outcome.GOOD, 1, page("<p>one").hash)
        assert ledger.readings.page(last.page) == page("<p>one", at=day(0))
        assert ledger.readings.page("0" * 64) is None
        assert ledger.sources.validators(NEWS.key) == {URL: Validators('"e1"', "Thu, 01 Jan 2026 12:00:00 GMT")}
        assert ledger.events.since() == changes.events
        assert ledger.readings.last_good_at() == {NEWS.key: day(0)}
        assert ledger.readings.marks(NEWS.key) == (Mark(day(0), Outcome.GOOD, Shape(1)), ())


def test_an_unchanged_poll_writes_one_row_however_much_the_page_says(database: Database) -> None:
    said = [says(LISTED, f"model-{number}") for number in range(300)]
    visitor = Visitor(database)
    visitor.hears(day(0), *said)
    before = row_counts(database)
    visitor.hears(day(1), *said)
    with database.write() as ledger:
        ledger.readings.record_unchanged(NEWS.key, day(2))
    after = row_counts(database)
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {"readings": 2}


def test_a_rewording_without_new_facts_stores_no_page_and_keeps_the_evidence(database: Database) -> None:
    visitor = Visitor(database)
    visitor.hears(day(0), says(RETIRES_IN_JUNE), text="first wording")
    before = row_counts(database)
    reworded = structs.replace(says(RETIRES_IN_JUNE), quote="other words")
    visitor.brings(day(1), (page("second wording"), parsed([reworded])), validators={URL: Validators('"e2"')})
    after = row_counts(database)
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {"readings": 1}
    with database.read() as ledger:
        assert ledger.readings.evidence(NEWS.key)[URL].body == b"first wording"
        assert ledger.sources.validators(NEWS.key) == {URL: Validators('"e2"')}


def test_new_facts_bring_a_new_page_as_evidence(database: Database) -> None:
    visitor = Visitor(database)
    visitor.hears(day(0), says(RETIRES_IN_JUNE), text="June")
    visitor.hears(day(1), says(RETIRES_IN_JULY), text="July")
    with database.read() as ledger:
        assert ledger.readings.evidence(NEWS.key)[URL].body == b"July"
        assert ledger.readings.page(page("June").hash) is not None


def test_a_page_that_does_not_fit_is_always_kept(database: Database) -> None:
    visitor = Visitor(database)
    visitor.hears(day(0), says(RETIRES_IN_JUNE))
    for number in (1, 2):
        visitor.brings(day(number), (page(f"login {number}"), parsed((), drift="no table")))
    with database.read() as ledger:
        assert ledger.readings.page(page("login 1").hash) is not None
        assert ledger.readings.evidence(NEWS.key)[URL].body == b"login 2"
        last = ledger.readings.last(NEWS.key)
        assert last is not None
        assert (last.outcome, last.reason, last.page) == (Outcome.FOREIGN, "no table", page("login 2").hash)
        assert ledger.readings.last_good_at() == {NEWS.key: day(0)}


def test_an_unchanged_visit_repeats_the_last_page_that_was_read_not_the_failure_between(database: Database) -> None:
    Visitor(database).brings(day(0), (page("one"), parsed([says(LISTED)], [Skipped("row 7", "no date", "date")])))
    with database.write() as ledger:
        ledger.readings.record_failed(NEWS.key, day(1), "HTTP 500")
        ledger.readings.record_unchanged(NEWS.key, day(2))
    with database.read() as ledger:
        last = ledger.readings.last(NEWS.key)
        assert last is not None
        assert (last.outcome, last.claims, last.skipped, last.unchanged, last.page) == (Outcome.GOOD, 1, 1, True, page("one").hash)
        assert ledger.readings.marks(NEWS.key) == (Mark(day(2), Outcome.GOOD, Shape(1, frozenset({"date"}))), ())
        assert ledger.readings.skipped(NEWS.key) == (Skipped("row 7", "no date", "date"),)


def test_nothing_can_be_unchanged_before_a_first_page(database: Database) -> None:
    with database.write() as ledger:
        ledger.readings.record_failed(NEWS.key, day(0), "no route")
        with pytest.raises(StoreError, match="no reading"):
            ledger.readings.record_unchanged(NEWS.key, day(1))


def test_a_failure_is_a_reading_with_its_events(database: Database) -> None:
    failed = retirement(NEWS.key, day(1), EventKind.SOURCE_FAILED)
    with database.write() as ledger:
        ledger.readings.record_failed(NEWS.key, day(1), "no route", [failed])
    with database.read() as ledger:
        assert ledger.readings.marks(NEWS.key) == (None, (Mark(day(1), Outcome.FAILED, Shape(0)),))
        assert ledger.events.since() == (failed,)
        assert ledger.readings.last_good_at() == {}
        assert ledger.readings.skipped(NEWS.key) == ()


def test_of_many_equal_readings_the_marks_keep_the_ends(database: Database) -> None:
    Visitor(database).hears(day(0), says(LISTED))
    with database.write() as ledger:
        for number in range(1, 200):
            ledger.readings.record_failed(NEWS.key, day(number), "no route")
        good, since = ledger.readings.marks(NEWS.key)
    assert good is not None
    assert [mark.read_at for mark in since] == [day(1), day(2), day(199)]


def test_an_accepted_shape_becomes_the_baseline_at_the_next_reading(database: Database) -> None:
    visitor = Visitor(database)
    visitor.hears(day(0), *(says(LISTED, f"m-{number}") for number in range(10)))
    visitor.hears(day(1), says(LISTED, "m-0"))
    with database.write() as ledger:
        assert ledger.sources.accept(NEWS.key, day(1))
        last = ledger.readings.last(NEWS.key)
        assert last is not None
        assert (last.outcome, last.accepted) == (Outcome.PARTIAL, True)
    changes = visitor.hears(day(2), says(LISTED, "m-0"))
    assert changes.verdict.outcome is Outcome.GOOD
    with database.write() as ledger:
        assert not ledger.sources.accept(NEWS.key, day(2))
        assert not ledger.sources.accept("unknown", day(2))


def test_each_address_of_a_source_has_its_own_evidence_and_validators(database: Database) -> None:
    visitor = Visitor(database)
    one, two = page("one", f"{URL}/1"), page("two", f"{URL}/2")
    more = (says(LISTED, "x"), says(LISTED, "y"))
    both = {one.url: Validators('"1"'), two.url: Validators('"2"')}
    visitor.brings(day(0), (one, parsed([says(LISTED, "a")])), (two, parsed([*more, says(LISTED, "b")])), validators=both)
    newer = page("two, newer", two.url)
    visitor.brings(
        day(1), (one, parsed([says(LISTED, "a")])), (newer, parsed([*more, says(LISTED, "c")])), validators={two.url: Validators('"3"')}
    )
    with database.read() as ledger:
        assert ledger.sources.validators(NEWS.key) == {one.url: Validators('"1"'), two.url: Validators('"3"')}
        assert {url: found.body for url, found in ledger.readings.evidence(NEWS.key).items()} == {one.url: b"one", two.url: b"two, newer"}
    visitor.brings(day(2), (newer, parsed([*more, says(LISTED, "c")])), validators={two.url: Validators('"3"')})
    with database.read() as ledger:
        assert set(ledger.readings.evidence(NEWS.key)) == {two.url}


def test_a_second_look_at_a_stored_page_keeps_what_the_server_gave(database: Database) -> None:
    visitor = Visitor(database)
    visitor.hears(day(0), says(RETIRES_IN_JUNE), text="first wording")
    visitor.brings(day(1), (page("second wording"), parsed([says(RETIRES_IN_JUNE)])), validators={URL: Validators('"e2"')})
    changes = visitor.corrects(day(2), says(RETIRES_IN_JULY), text="first wording")
    assert [event.kind for event in changes.events] == [EventKind.CLAIM_CORRECTED]
    with database.read() as ledger:
        assert ledger.sources.validators(NEWS.key) == {URL: Validators('"e2"')}
        last = ledger.readings.last(NEWS.key)
        assert last is not None
        assert (last.correction, last.reader_version) == (True, 2)
