"""One long reading, recorded by the program and by raw executemany."""

import gc
import random
import sqlite3
import statistics
import time
from operator import truediv
from pathlib import Path
from typing import Any

from msgspec import structs
from remembering.filling import NOW, Row, facts_of, key_of

from monitor.domain.claims import Authority, Skipped, Statement
from monitor.domain.facts import fact_value
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, Reading, SourceFacts, SourceKind
from monitor.domain.reconcile.decide import Changes, Known, decide
from monitor.store import Database

INGEST = 0.6
INGESTS = 5  # times
PARENTS = ("sources", "pages", "readings")
NUMBERS = dict.fromkeys((*PARENTS, "claims", "events", "lifecycles"), "rowid") | {"events": "id"}  # what numbers their rows

Tables = dict[str, tuple[list[str], list[Row]]]  # of each the names of its columns, and rows


def ingest(database: Database, path: Path, models: int = 2000) -> None:
    """One reading with thousands of claims and events, recorded by us and then by raw executemany of the very rows, both undone."""
    reading = long_reading(models, f"of{path.stem}-b")
    decided = decide(Known(), reading, NOW)
    ours, raws, checking = list[float](), list[float](), list[float]()
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA cache_size=-64000")
    for _ in range(INGESTS):
        gc.collect()  # the rows of the turn before are garbage of this bench's own
        taken, rows = own_ingest(database, reading, decided)
        given = {table: rows.pop(table) for table in PARENTS}
        ours.append(taken)
        raws.append(raw_ingest(raw, rows))
        checking.append(raw_ingest(raw, rows, given))
    raw.close()
    print_line(sum(len(found) for _, found in rows.values()), ours, raws, checking)


def print_line(written: int, ours: list[float], raws: list[float], checking: list[float]) -> None:
    """The ratios turn by turn, then rows a second."""
    ratio, checked = (statistics.median(map(truediv, times, ours)) for times in (raws, checking))
    print(
        f"ingest of a reading ({written} rows): {ratio:.2f} of raw ({checked:.2f} where it checks foreign keys, "
        f"{statistics.median(raws) / ours[0]:.2f} the first time), {written / statistics.median(ours):,.0f} rows/s, raw "
        f"{written / statistics.median(raws):,.0f} (target {INGEST}{'' if ratio >= INGEST else ', MISSED'})",
    )


def own_ingest(database: Database, reading: Reading, decided: Changes) -> tuple[float, Tables]:
    """Seconds to record the reading, undone afterwards, and the rows that this wrote."""
    rows: Tables = {}
    with undone(database) as ledger:
        connection = ledger.sources._db.connection.driver_connection  # noqa: SLF001 - the same connection, past the store
        last = {table: connection.execute(f"SELECT max({number}) FROM {table}").fetchone()[0] for table, number in NUMBERS.items()}
        record = ledger.readings.record  # what it imports is no part of it
        start = time.process_time()
        record(reading, decided, {})
        taken = time.process_time() - start
        for table, number in NUMBERS.items():
            found = connection.execute(f"SELECT * FROM {table} WHERE {number} > ?", (last[table],))
            rows[table] = [column[0] for column in found.description], found.fetchall()
    return taken, rows


def raw_ingest(raw: sqlite3.Connection, rows: Tables, given: Tables | None = None) -> float:
    """Seconds to insert the rows, undone afterwards; foreign keys are checked where the rows that they refer to are *given*."""
    raw.execute(f"PRAGMA foreign_keys={'ON' if given else 'OFF'}")
    raw.execute("BEGIN IMMEDIATE")
    insert_all(raw, given or {})
    start = time.process_time()
    insert_all(raw, rows)
    taken = time.process_time() - start
    raw.execute("ROLLBACK")
    return taken


def insert_all(raw: sqlite3.Connection, rows: Tables) -> None:
    """The rows of each table."""
    for table, (names, found) in rows.items():
        raw.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", found)


class Undo(Exception):
    """Ends a transaction that is not to be kept."""


class undone:  # noqa: N801 - read as a verb
    """A write transaction that is rolled back at its end."""

    def __init__(self, database: Database) -> None:
        self._writing = database.write()

    def __enter__(self) -> Any:
        return self._writing.__enter__()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            try:
                self._writing.__exit__(Undo, Undo(), None)
            except Undo:
                return


def long_reading(models: int, word: str = "b") -> Reading:
    """The first reading of a source that nobody knew, with several facts of each of many models with *word* in their names."""
    chance = random.Random(9)
    said = [
        Statement(
            structs.replace(key_of(number), model=f"fresh-{word}{number}-pro"),
            fact,
            f"fresh-{word}{number}-pro | {fact_value(fact)} | in one row",
        )
        for number in range(models)
        for fact, _ in facts_of(number, chance)
    ]
    source = SourceFacts("openai_fresh", SourceKind.ANNOUNCEMENT, "openai", Authority.PROVIDER)
    page = Page("https://example.com/fresh", b"fresh", NOW, "text/html")
    return Reading(source, NOW, ((page, Parsed(tuple(said), tuple[Skipped, ...]())),))
