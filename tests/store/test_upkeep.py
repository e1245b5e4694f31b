"""Upkeep on both engines: what check finds, what a copy and an export carry, what is thinned out and what that leaves answered."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from monitor.domain.facts import Listed, Retires
from monitor.domain.identity import ModelKey
from monitor.domain.readings import Outcome
from monitor.errors import SchemaMismatch, StoreError, UsageError
from monitor.jobs.retention import thin
from monitor.store import Database, open_database
from monitor.store.schema import REVISION
from monitor.store.upkeep.retention import Thinned
from monitor.store.upkeep.tables import BATCH
from monitor.store.upkeep.transfer import CARRIED, check_header, header
from tests.store.words import (
    JULY,
    JUNE,
    LISTING,
    NEWS,
    Visitor,
    day,
    in_force,
    lifecycles,
    news,
    page,
    parsed,
    retirement,
    row_counts,
    says,
)

ALL = (*CARRIED, "lifecycles")


@pytest.fixture
def lived(database: Database) -> Database:
    """A database with some life behind it: claims that moved, vanished and came back, alerts delivered and failed."""
    listing, announcements = Visitor(database, LISTING), Visitor(database)
    listing.hears(day(0), says(Listed()), says(Listed(), "gpt-6"))
    announcements.hears(day(0), says(Retires(JUNE)))
    listing.hears(day(1), says(Listed()))
    listing.hears(day(2), says(Listed()), says(Listed(), "gpt-6"))
    announcements.hears(day(3), says(Retires(JULY)), says(Retires(JUNE), "=cmd"))
    with database.write() as ledger:
        ledger.readings.record_failed(NEWS.key, day(4), "HTTP 500")
        ledger.outbox.add([news(events=(retirement(),)), news("two")])
        for waiting in ledger.outbox.claim_due(day(5), limit=1, lease=timedelta(hours=1)):
            ledger.outbox.delivered([waiting.alert_id], day(5))
    return database


def run(database: Database, statement: str) -> None:
    with database.write() as ledger:
        ledger.sources._db.execute(text(statement))


def exported(database: Database) -> list[tuple[str, dict[str, object]]]:
    with database.read() as ledger:
        return [(table, record) for table in ALL for record in ledger.transfer.records(table)]


def test_a_sound_database_has_no_findings(lived: Database) -> None:
    assert lived.findings() == ()


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("UPDATE pages SET body = NULL", "evidence"),
        ("UPDATE events SET page = 'aa'", "evidence"),
        ("DELETE FROM lifecycles WHERE model = 'gpt-6'", "lifecycles"),
        ("UPDATE lifecycles SET ends_on = '2031-01-01' WHERE model = 'gpt-5'", "lifecycles"),
        ("UPDATE event_months SET count = count + 1", "months"),
        ("UPDATE alerts SET state = 'lost'", "outbox"),
        ("UPDATE alerts SET state = 'leased', lease_until = NULL", "outbox"),
        ("DELETE FROM deliveries", "outbox"),
    ],
)
def test_what_is_damaged_is_found_and_named(lived: Database, damage: str, found: str) -> None:
    run(lived, damage)
    assert {finding.check for finding in lived.findings()} == {found}


def test_a_claim_whose_page_is_unknown_is_found(lived: Database, url: str, engine: str) -> None:
    if engine != "sqlite":
        pytest.skip("PostgreSQL does not let go of the page")
    with sqlite3.connect(str(make_url(url).database)) as raw:  # which enforces nothing unless asked to
        raw.execute("DELETE FROM pages")
    raw.close()
    checks = {finding.check for finding in lived.findings()}
    assert {"references", "evidence"} <= checks


def test_a_sequence_that_would_give_a_number_twice_is_found(lived: Database, engine: str) -> None:
    if engine == "sqlite":
        pytest.skip("SQLite numbers its rows by itself")
    run(lived, "SELECT setval('claims_id_seq', 1)")
    assert [finding.check for finding in lived.findings()] == ["numbers"]


def test_rebuild_mends_the_lifecycles_and_the_counts(lived: Database) -> None:
    run(lived, "DELETE FROM event_months")
    run(lived, "DELETE FROM lifecycles")
    with lived.write() as ledger:
        assert ledger.claims.rebuild() == 3
        assert ledger.events.recount() > 0
        assert ledger.events.recount() == 0
    assert lived.findings() == ()


def test_stats_count_rows_and_bodies(lived: Database) -> None:
    found = lived.stats()
    assert {one.table: one.rows for one in found.tables} == row_counts(lived)
    assert (found.pages_stored, found.pages_thinned, found.visits_merged) == (4, 0, 0)
    assert (found.oldest_reading_at, found.newest_reading_at) == (day(0), day(4))
    assert found.size > 0
    assert found.body_bytes > 0
    assert all(one.size is None or one.size > 0 for one in found.tables)


@pytest.fixture
def other(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of the other engine where there is one."""
    from tests.store.conftest import POSTGRES

    url = request.getfixturevalue("server").create() if engine == "sqlite" and POSTGRES else f"sqlite:///{tmp_path}/other.db"
    opened = open_database(url)
    yield opened
    opened.close()


def test_a_copy_in_the_other_engine_has_every_row_and_goes_on_numbering(lived: Database, other: Database) -> None:
    copied = lived.copy_to(other)
    assert {one.table: one.rows for one in copied} == row_counts(lived) == row_counts(other)
    assert exported(other) == exported(lived)
    assert other.findings() == ()
    Visitor(other).hears(day(9), says(Retires(JULY)), says(Retires(JUNE), "=cmd"), says(Retires(JUNE), "gpt-7"))
    assert len(in_force(other)) == len(in_force(lived)) + 1
    assert other.findings() == ()


def test_a_copy_never_goes_into_a_database_with_rows(lived: Database, other: Database) -> None:
    lived.copy_to(other)
    before = exported(other)
    with pytest.raises(StoreError, match="not empty"):
        lived.copy_to(other)
    assert exported(other) == before


def test_a_copy_of_more_rows_than_fit_in_a_batch_is_whole(database: Database, other: Database) -> None:
    Visitor(database).hears(day(0), *(says(Retires(JUNE), f"model-{number}") for number in range(BATCH + 7)))
    assert {one.table: one.rows for one in database.copy_to(other)}["claims"] == BATCH + 7
    assert lifecycles(other) == lifecycles(database)


def test_a_backup_while_others_write_is_one_sound_moment(lived: Database, engine: str, tmp_path: Path) -> None:
    to = tmp_path / "copy.db"
    if engine != "sqlite":
        with pytest.raises(UsageError, match="pg_dump"):
            lived.backup(to)
        return
    stop = threading.Event()
    writer = threading.Thread(target=_write_until, args=(lived, stop))
    writer.start()
    made = [lived.backup(tmp_path / f"copy-{number}.db") for number in range(5)]
    stop.set()
    writer.join()
    assert [one.rows for one in made] == sorted(one.rows for one in made)
    for number, one in enumerate(made):
        copy = open_database(f"sqlite:///{tmp_path}/copy-{number}.db")
        copy.check()
        assert sum(row_counts(copy).values()) == one.rows
        assert copy.findings() == ()
        copy.close()
    with pytest.raises(UsageError, match="there already"):
        lived.backup(tmp_path / "copy-0.db")
    with pytest.raises(StoreError, match="unable to open"):
        lived.backup(tmp_path / "nowhere" / "copy.db")
    assert not [path for path in tmp_path.iterdir() if "partial" in path.name]


def _write_until(database: Database, stop: threading.Event) -> None:
    number = 10
    while not stop.is_set():
        Visitor(database).hears(day(number), *(says(Retires(JUNE), f"m-{other}") for other in range(number % 50 + 1)))
        number += 1


def test_an_export_taken_in_is_the_same_again_and_again(lived: Database, other: Database) -> None:
    other.upgrade()
    records = exported(lived)
    with other.write() as ledger:
        added = ledger.transfer.take_in(records)
    assert sum(added.values()) == len(records) - len(lifecycles(lived))
    assert exported(other) == records
    assert other.findings() == ()
    assert lifecycles(other) == lifecycles(lived)
    assert [lifecycles(other, day(number)) for number in range(5)] == [lifecycles(lived, day(number)) for number in range(5)]
    for database in (other, lived):
        with database.write() as ledger:
            assert set(ledger.transfer.take_in(exported(lived)).values()) == {0}
        assert exported(database) == records


def test_an_old_export_changes_nothing_that_moved_on(lived: Database) -> None:
    old = exported(lived)
    Visitor(lived).hears(day(6), says(Retires(JUNE)))
    new = exported(lived)
    with lived.write() as ledger:
        ledger.transfer.take_in(old)
    assert exported(lived) == new


def test_an_export_of_another_database_is_refused_whole(lived: Database, other: Database) -> None:
    other.upgrade()
    Visitor(other).hears(day(0), says(Retires(JUNE), "another"))
    before = exported(other)
    with pytest.raises(StoreError, match="another database"), other.write() as ledger:
        ledger.transfer.take_in(exported(lived))
    assert exported(other) == before


def test_only_a_whole_export_of_this_revision_is_taken() -> None:
    check_header(header(ALL))
    for wrong, error, why in (
        ({}, UsageError, "no export"),
        (header(ALL) | {"revision": "0001"}, SchemaMismatch, f"0001.*{REVISION}"),
        (header(["events"]), UsageError, "lacks absences, claims"),
        (header(ALL) | {"tables": None}, UsageError, "lacks"),
    ):
        with pytest.raises(error, match=why):
            check_header(wrong)


@pytest.mark.parametrize(
    ("table", "record", "why"),
    [
        ("alerts", {}, "no table 'alerts'"),
        ("sources", {"key": "a"}, "accepted_at, next_visit_at"),
        ("sources", {"key": "a", "accepted_at": "yesterday", "next_visit_at": None}, "cannot be read"),
        ("sources", {"key": "a", "accepted_at": 5, "next_visit_at": None}, "cannot be read"),
    ],
)
def test_a_record_that_is_none_is_refused(database: Database, table: str, record: dict[str, object], why: str) -> None:
    with pytest.raises(UsageError, match=why), database.write() as ledger:
        ledger.transfer.take_in([(table, record)])


def hourly(number: int) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)


def test_equal_visits_are_rolled_up_and_every_answer_as_of_an_instant_stays(database: Database) -> None:
    visitor = Visitor(database, LISTING)
    for number in range(200):
        if number == 77:
            with database.write() as ledger:
                ledger.readings.record_failed(LISTING.key, hourly(number), "HTTP 500")
        elif number in {0, 120}:
            visitor.hears(hourly(number), says(Listed()), *([says(Listed(), "gpt-6")] if number else []))
        else:
            with database.write() as ledger:
                ledger.readings.record_unchanged(LISTING.key, hourly(number))
    moments = [hourly(number) + timedelta(minutes=minutes) for number in range(200) for minutes in (0, 30)]
    before = [_standing(database, moment) for moment in moments]
    keep = timedelta(hours=20)
    due = thin(database, keep, keep, hourly(200), dry_run=True)
    assert thin(database, keep, keep, hourly(200)) == due == Thinned(readings=200 - 20 - 2 * 3 - 1)
    assert thin(database, keep, keep, hourly(200)) == Thinned()
    assert _close([_standing(database, moment) for moment in moments], before)
    assert lifecycles(database, hourly(100)).keys() == {ModelKey("openai", "gpt-5")}
    assert database.findings() == ()
    assert database.stats().visits_merged == due.readings
    assert row_counts(database)["readings"] == 200 - due.readings


def _standing(database: Database, moment: datetime) -> tuple[datetime, datetime, Outcome]:
    """When the source was last read in full and last visited, and how that went, as far as known then."""
    with database.read() as ledger:
        good, _ = ledger.readings.marks(LISTING.key, moment)
        last = ledger.readings.last(LISTING.key, moment)
        assert good
        assert last
        assert ledger.evidence.last_good_at(LISTING.key, moment) == good.read_at
        return good.read_at, last.read_at, last.outcome


def _close(found: list[tuple[datetime, datetime, Outcome]], expected: list[tuple[datetime, datetime, Outcome]]) -> bool:
    """Equal outcomes, at instants less than one visit apart."""
    near = timedelta(hours=1)
    return all(
        one[2] is other[2] and abs(one[0] - other[0]) < near and abs(one[1] - other[1]) < near
        for one, other in zip(found, expected, strict=True)
    )


def test_a_second_thinning_goes_on_where_the_first_ended(database: Database) -> None:
    Visitor(database, LISTING).hears(hourly(0), says(Listed()))
    for number in range(1, 100):
        with database.write() as ledger:
            ledger.readings.record_unchanged(LISTING.key, hourly(number))
    for now in (50, 80, 99):
        thin(database, timedelta(hours=1), timedelta(hours=1), hourly(now))
    counts = database.stats()
    assert counts.visits_merged + row_counts(database)["readings"] == 100
    with database.read() as ledger:
        assert [visit.read_at for visit in ledger.evidence.visits(LISTING.key)] == [hourly(99), hourly(98), hourly(97), hourly(0)]


def test_evidence_keeps_its_body_however_old(database: Database) -> None:
    visitor = Visitor(database)
    visitor.hears(day(0), says(Retires(JUNE)), text="first")
    visitor.hears(day(1), says(Retires(JULY)), text="second")  # the first page is the evidence of a claim withdrawn
    visitor.brings(day(2), (page("a login page", at=day(2)), parsed([], drift="no table")))
    visitor.hears(day(3), says(Retires(JULY)), text="third, worded differently")
    kept = _bodies(database)
    assert len(kept) == 4  # the last is what the address says now
    assert thin(database, timedelta(days=10), timedelta(days=10), day(11)).pages == 0  # not old enough
    taken = thin(database, timedelta(days=10), timedelta(days=10), day(100))
    assert taken.pages == 1
    assert taken.body_bytes > 0
    assert _bodies(database) == kept - {page("a login page").hash}
    assert database.findings() == ()


def _bodies(database: Database) -> set[str]:
    with database.read() as ledger:
        rows = ledger.sources._db.execute(text("SELECT hash FROM pages WHERE body IS NOT NULL"))
        return set(rows.scalars())


def test_of_many_failed_deliveries_the_first_and_the_last_stay(database: Database) -> None:
    with database.write() as ledger:
        ledger.outbox.add([news()])
        for number in range(6):
            [waiting] = ledger.outbox.claim_due(day(number), limit=1, lease=timedelta(hours=1))
            ledger.outbox.retry([waiting.alert_id], day(number), day(number + 1), "HTTP 500")
    assert thin(database, timedelta(days=1), timedelta(days=1), day(50)).deliveries == 4
    with database.read() as ledger:
        found = ledger.outbox.find(ledger.outbox.listing()[0].visible_id)
        assert found
        assert [one.at for one in found.deliveries] == [day(0), day(5)]


def test_events_are_counted_by_month_as_they_are_written(database: Database) -> None:
    with database.write() as ledger:
        ledger.events.append(
            [retirement(at=datetime(2026, 1, 31, 23, 59, tzinfo=UTC)), retirement("b", at=datetime(2026, 2, 1, tzinfo=UTC))]
        )
        ledger.events.append([retirement("c", at=datetime(2026, 2, 28, tzinfo=UTC))])
        ledger.events.append([])
    with database.read() as ledger:
        months = [(one.month, one.kind, one.count) for one in ledger.events.by_month()]
        assert months == [("2026-01", "retirement_scheduled", 1), ("2026-02", "retirement_scheduled", 2)]
        assert len(ledger.events.by_month("2026-02", "2026-02")) == 1
        assert ledger.events.counted() == ledger.events.recounted()


def test_a_file_too_broken_to_be_asked_is_a_finding(tmp_path: Path, sqlite_template: Path) -> None:
    path = tmp_path / "watch.db"
    path.write_bytes(sqlite_template.read_bytes())
    with sqlite3.connect(path) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'claims'").fetchone()[0]
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    raw.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    database = open_database(f"sqlite:///{path}")
    assert {finding.check for finding in database.findings()} == {"integrity"}
    database.close()
