"""Databases of every released revision, made by the migrations themselves: upgraded on both engines, row for row the same."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, text

from monitor.errors import SchemaMismatch
from monitor.store import open_database
from monitor.store.engine import Mode, Transactions
from monitor.store.schema import REVISION
from tests.store.test_migrations import migrate_back, migrate_to

ROOT = Path(__file__).parents[2]
AT = "2026-01-31 23:59:59.123456"
CLAIM = "'news', 'openai', '{model}', '', '{model}', 'model', 'retires', 'retires', '2026-06-01', 'exact', '2026-06-01 17:00:00', false"
OLDEST = f"""
    INSERT INTO sources (key, next_visit_at, holder, epoch) VALUES ('news', '{AT}', 'me', 7);
    INSERT INTO pages (hash, url, fetched_at, content_type, size, body) VALUES ('aa', 'https://a.test', '{AT}', 'text/html', 3, NULL);
    INSERT INTO validators (source, url, etag, fetched, evidence, stated)
        VALUES ('news', 'https://a.test', '"1"', 'aa', 'aa', 'bb');
    INSERT INTO readings (id, source, read_at, outcome, reason, claims, skipped, skips, skipped_rows, reader_version, accepted, correction,
        unchanged, pages) VALUES (1, 'news', '{AT}', 'good', 'é', 2, 1, '["x"]', '[["a","b","",false]]', 1, true, false, false,
        '[["https://a.test","aa","aa"]]');
    INSERT INTO claims (id, source, provider, model, scope, line, kind, fact, slot, value, bound, at, promise, place, said_on, family,
        own_authority, authority, quote, url, page, first_seen_at, recorded_at, missing_since, withdrawn_at, reading_id, ended_reading_id)
        VALUES (1, {CLAIM.format(model="gpt-5")}, 'history', '2026-01', false, 1, 3, 'q', 'https://a.test', 'aa', '{AT}', '{AT}', NULL,
        '{AT}', 1, 1), (2, {CLAIM.format(model="gpt-6")}, 'status', NULL, true, NULL, 3, 'ü', 'https://a.test', 'aa', '{AT}', '{AT}',
        '{AT}', NULL, 1, NULL);
    INSERT INTO absences (claim_id, missing_since, found_at) VALUES (2, '{AT}', '{AT}');
    INSERT INTO events (id, at, kind, provider, model, scope, line, fact, before, after, source, quote, url, page, direction, subject,
        reading_id) VALUES (1, '{AT}', 'retirement_scheduled', 'openai', 'gpt-5', '', 'gpt-5', 'retires', '', '2026-06-01', 'news', 'q', '',
        'aa', '', 'model', 1), (2, '2026-02-01 00:00:00', 'model_retired', 'openai', 'gpt-5', '', 'gpt-5', '', '', '', 'news', '', '',
        '', '', 'model', NULL);
    INSERT INTO alerts (id, idempotency_key, visible_id, kind, channel, watch, owner, lead, created_at, due_at, state, attempts, last_error,
        payload) VALUES (1, 'news:1', 'ABC', 'news', 'log', 'all', '', NULL, '{AT}', '{AT}', 'done', 1, '', '{{"events":[],"keys":[]}}');
    INSERT INTO deliveries (id, alert_id, at, outcome, detail) VALUES (1, 1, '{AT}', 'delivered', '');
    INSERT INTO acks (id, provider, model, author, reason, created_at, while_on)
        VALUES (1, 'openai', 'gpt-5', 'me', 'seen', '{AT}', '2026-06-01')
"""  # noqa: S608 - rows of our own making
BUNDLED = OLDEST.replace("unchanged, pages)", "unchanged, bundled, pages)").replace(
    "1, true, false, false,", "1, true, false, false, true,"
)
ORIGIN = "UPDATE claims SET author = 'me', expires_on = '2027-01-01', as_of = '2026-01-01 00:00:00' WHERE id = 2"
FILLED = {"0001": OLDEST, "0002": f"{BUNDLED};{ORIGIN}"}
EVENT = f"""
    INSERT INTO events (id, at, kind, provider, model, scope, line, fact, before, after, source, quote, url, page, direction, subject)
    VALUES ({{number}}, '{AT}', 'model_listed', 'openai', 'm', '', '{{line}}', '', '', '', 'news', 'q', '', '', '', 'model')
"""  # noqa: S608 - rows of our own making
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(params=FILLED)
def released(request: pytest.FixtureRequest, empty_url: str) -> tuple[str, str]:
    """The URL and revision of a database as an older program left it."""
    transactions = Transactions(empty_url)
    with transactions.begin(Mode.MIGRATE) as connection:
        migrate_to(connection, request.param)
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL TIME ZONE 'UTC'"))
        for statement in FILLED[request.param].split(";"):
            connection.execute(text(statement.replace(":", "\\:")))
    transactions.close()
    return empty_url, request.param


def rows_in(url: str, like: Rows | None = None) -> Rows:
    """Every row of every table, as the engine tells it; with *like*, only its tables and columns."""
    transactions = Transactions(url)
    with transactions.begin(Mode.READ) as connection:
        tables = like or {name: [] for name in inspect(connection).get_table_names() if name != "alembic_version"}
        found = {table: _rows(connection, table, like) for table in sorted(tables)}
    transactions.close()
    return found


def _rows(connection: Connection, table: str, like: Rows | None) -> list[dict[str, Any]]:
    rows = [dict(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2")).mappings()]  # noqa: S608 - our own names
    kept = like[table][0].keys() if like and like[table] else rows[0].keys() if rows else ()
    return [{name: row[name] for name in kept} for row in rows]


def test_a_released_database_is_upgraded_with_every_row_the_same(released: tuple[str, str]) -> None:
    url, revision = released
    before = rows_in(url)
    assert [table for table, rows in before.items() if not rows] == ["lifecycles"]
    database = open_database(url)
    with pytest.raises(SchemaMismatch, match=rf"revision {revision}.*modelwatch db upgrade"):
        database.check()
    assert database.upgrade() == REVISION
    (muted,) = before.pop("acks")
    assert rows_in(url, like=before) == before
    with database.read() as ledger:
        counts = [(one.month, one.kind, one.count) for one in ledger.events.by_month()]
        assert counts == [("2026-01", "retirement_scheduled", 1), ("2026-02", "model_retired", 1)]
        assert [claim.statement.quote for claim in ledger.claims.in_force()] == ["ü"]
        acks = ledger.acks.listing()
        assert [(one.mute.name, one.mute.ends, one.author) for one in acks] == [("gpt-5", {"*": "2026-06-01"}, "me")]
    assert muted["model"] == "gpt-5"
    with database.write() as ledger:
        assert (ledger.claims.rebuild(), ledger.claims.rebuild()) == (1, 0)
    assert {finding.check for finding in database.findings()} <= {"evidence", "numbers"}  # no body, and numbers of our own
    database.close()


KILLED = """
import sys, time
from sqlalchemy import event
from monitor.store import open_database
database = open_database(sys.argv[1])
@event.listens_for(database._transactions._engine, "before_cursor_execute")
def stop(*arguments):
    if sys.argv[2] in str(arguments[2]):
        print("here", flush=True)
        time.sleep(60)
database.upgrade()
"""


@pytest.mark.parametrize(
    "moment", ["INSERT INTO event_months", "ix_lifecycles_open_ended", "UPDATE acks", "ix_events_at_id", "UPDATE alembic_version"]
)
def test_a_migration_killed_in_the_middle_leaves_the_old_database_and_starts_anew(released: tuple[str, str], moment: str) -> None:
    url, revision = released
    before = rows_in(url)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    migrating = subprocess.Popen([sys.executable, "-c", KILLED, url, moment], env=environment, stdout=subprocess.PIPE, text=True)
    assert migrating.stdout is not None
    assert migrating.stdout.readline() == "here\n"
    migrating.send_signal(signal.SIGKILL)
    migrating.communicate()
    database = open_database(url)
    assert _settled(database.current, revision)
    assert rows_in(url) == before
    assert database.upgrade() == REVISION
    before.pop("acks")  # what became of it is shown above
    assert rows_in(url, like=before) == before
    database.close()


def test_events_keep_their_numbers_when_they_are_laid_by_line_and_back(empty_url: str) -> None:
    transactions = Transactions(empty_url)
    with transactions.begin(Mode.MIGRATE) as connection:
        migrate_to(connection, "0004")
        for number, line in ((4, "b"), (2, "a"), (9, "a"), (5, "c")):
            connection.execute(text(EVENT.format(number=number, line=line).replace(":", "\\:")))
    before = rows_in(empty_url)["events"]
    with transactions.begin(Mode.MIGRATE) as connection:
        migrate_to(connection, "0005")
    assert [row["id"] for row in before] == [2, 4, 5, 9]
    assert rows_in(empty_url)["events"] == before
    with transactions.begin(Mode.READ) as connection:
        if connection.dialect.name == "sqlite":
            laid = [(row.line, row.id) for row in connection.execute(text("SELECT * FROM events"))]
            made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'events'")).scalar_one()
            assert (laid, made.split()[-2:]) == ([("a", 2), ("a", 9), ("b", 4), ("c", 5)], ["WITHOUT", "ROWID"])
    with transactions.begin(Mode.MIGRATE) as connection:
        migrate_back(connection, "0004")
    assert rows_in(empty_url)["events"] == before
    with transactions.begin(Mode.WRITE) as connection:  # the database numbers them again, behind those that are there
        connection.execute(text(EVENT.format(number="", line="d").replace("id, ", "", 1).replace("(, ", "(").replace(":", "\\:")))
    assert [row["id"] for row in rows_in(empty_url)["events"]] == [2, 4, 5, 9, 10]
    transactions.close()


def _settled(ask: Any, expected: object) -> bool:  # noqa: ANN401 - a question
    """Whether the answer is the expected one within a few seconds: a server needs a moment to notice that a client died."""
    for _ in range(50):
        if ask() == expected:
            return True
        time.sleep(0.1)
    return False
