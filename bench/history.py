"""The ledger at size on SQLite: our queries and our writes, as ratios to the same thing in hand-written SQL on raw sqlite3.

A seeded generator fills the real schema (its indexes are dropped for the load and made again, which is all that bounds the build): five
years of events, half as many claims, one model per 500 events with a handful of claims in force. Two databases are built, one a tenth
of the other, to see what grows. `--events 10000000` is the full size (20,000 models, 5 million claims; 9 GB, some ten minutes).

Every answer is compared with the raw one before anything is timed. Times are processor time, in which SQLite's own work is, of questions
that were asked before: whoever asks first would pay for both. The raw side gets the same indexes, one open connection and bare tuples;
ours includes the transaction and the values that the program works with. Questions are asked as commands ask them, with few collections of
garbage; a reading is written as the daemon does, with the usual ones. The raw side of that inserts finished rows and checks no foreign
keys; what it is where raw checks them as ours does is told beside it, and so is the first time, when every name is new to us.
Targets: at most 1.5 of raw where raw takes over 5 ms, a p95 of at most 5 ms where it takes less; one model's history in the large
database at most 1.5 of the small one; ingest of readings at least 0.6 of raw executemany; a chart by month at least 300 times faster
than counting the events, and at most 25 ms.
"""

import argparse
import gc
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from operator import truediv
from pathlib import Path
from typing import Any

from msgspec import structs

from monitor.cli.program import SELDOM
from monitor.domain.claims import Authority, Claim, Place, Skipped, Statement
from monitor.domain.events import Event, EventKind
from monitor.domain.facts import Deprecated, Fact, Listed, ReplacedBy, Retires, Spec, SpecName, fact_value
from monitor.domain.identity import ModelKey
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, Reading, SourceFacts, SourceKind
from monitor.domain.reconcile.decide import Known, decide
from monitor.domain.when import When
from monitor.queries.models import line, upcoming
from monitor.queries.news import changes, history
from monitor.store import Database, open_database
from monitor.store.codec import Spelled, claim_columns, event_values

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SPAN = timedelta(days=5 * 365)
START = NOW - SPAN
PROVIDERS = ("openai", "anthropic", "azure", "bedrock", "vertex", "gemini", "groq", "mistral", "cohere", "xai")
EVENTS_PER_MODEL, CLAIMS_PER_EVENT = 500, 0.5
PAGES, READINGS = 1000, 2000
FACTS, DATED = 7.1, 0.7  # facts of a model on average, share of models with a date
KINDS = (EventKind.PRICE_CHANGED, EventKind.SPEC_CHANGED, EventKind.RETIREMENT_MOVED, EventKind.MODEL_LISTED, EventKind.REPLACEMENT_NAMED)
WITHIN = timedelta(days=90)
BATCH = 20_000
SLOW, RATIO, P95 = 5.0, 1.5, 5.0  # milliseconds, times raw, milliseconds
USUAL = gc.get_threshold()
GROWTH, INGEST, ROLLUP, ROLLED_UP = 1.5, 0.6, 300, 25.0
INGESTS = 5  # times

Row = tuple[Any, ...]
Tables = dict[str, tuple[list[str], list[Row]]]  # of each the names of its columns, and rows


def instant(at: datetime) -> str:
    """As SQLAlchemy writes it to SQLite."""
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


@dataclass(frozen=True)
class Size:
    """How large a database is."""

    events: int

    @property
    def models(self) -> int:
        return max(20, self.events // EVENTS_PER_MODEL)

    @property
    def claims(self) -> int:
        return int(self.events * CLAIMS_PER_EVENT)


def key_of(number: int) -> ModelKey:
    """The key of a model."""
    return ModelKey(PROVIDERS[number % len(PROVIDERS)], f"model-a{number}-pro")


def facts_of(number: int, chance: random.Random) -> list[tuple[Fact, str]]:
    """What is said of a model in the end, each with the kind of source that says so; three in ten have no date."""
    ends = START.date() + timedelta(days=chance.randrange(8 * 365))
    dated: list[tuple[Fact, str]] = [
        (Retires(When(ends)), "news"),
        (Deprecated(When(ends - timedelta(days=180))), "news"),
        (ReplacedBy(f"model-a{number + 1}-pro"), "news"),
    ]
    specs = (
        (SpecName.INPUT_PRICE, "2.5"),
        (SpecName.OUTPUT_PRICE, "10"),
        (SpecName.CONTEXT_WINDOW, "128000"),
        (SpecName.MAX_OUTPUT, "16384"),
    )
    listed: list[tuple[Fact, str]] = [(Listed(), "models"), *((Spec(name, value), "models") for name, value in specs)]
    return [*listed, *(dated if chance.random() < DATED else [])]


def earlier(fact: Fact, turn: int) -> Fact:
    """A value that stood before."""
    match fact:
        case Retires(on) | Deprecated(on):
            return type(fact)(When(date.fromisoformat(on.value) - timedelta(days=turn + 1)))
        case Spec(name, value):
            return Spec(name, f"{value}{turn}")
        case ReplacedBy(model):
            return ReplacedBy(f"{model}-{turn}")
        case _:
            return fact


def claim_rows(size: Size, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Every model's claims: of each fact a chain of values, each withdrawn when the next one came."""
    turns = max(1, round(size.claims / size.models / FACTS))
    step = SPAN / turns
    for number in range(size.models):
        key = key_of(number)
        for fact, source in facts_of(number, chance):
            begins = [START + step * turn + timedelta(minutes=chance.randrange(1000)) for turn in range(turns)]
            claims, readings = list[Claim](), list[int]()
            for turn, (begun, ended) in enumerate(zip(begins, [*begins[1:], None], strict=True)):
                said = earlier(fact, turn) if ended else fact
                name = f"{key.provider}_{source}"
                quote = f"{key.model} | {fact_value(said)} | as the vendor's own table puts it in one row"
                authority = Authority.PROVIDER_API if source == "models" else Authority.PROVIDER
                page = f"{chance.randrange(PAGES):064x}"
                readings.append(chance.randrange(READINGS) + 1)
                statement = Statement(key, said, quote, place=Place.STATUS)
                claims.append(Claim(statement, name, authority, f"https://example.com/{name}", page, begun, begun, withdrawn_at=ended))
            yield from written(claims, readings)


def written(claims: list[Claim], readings: list[int]) -> Iterator[dict[str, Any]]:
    """The rows of claims, each with the reading that wrote it and ended it if it ended."""
    columns = claim_columns(claims, Spelled())
    for reading, *values in zip(readings, *columns.values(), strict=True):
        row = stored(dict(zip(columns, values, strict=True)))
        yield row | {"reading_id": reading, "ended_reading_id": reading if row["withdrawn_at"] else None}


def event_rows(size: Size, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Events in the order of time, about any model."""
    step = SPAN / size.events
    samples = [event_values(Event(kind, key_of(0), START, "input_price", "2.5", "3.5", "openai_models", "row")) for kind in KINDS]
    for number in count():
        model = chance.randrange(size.models)
        key, sample = key_of(model), samples[min(int(chance.expovariate(0.8)), len(KINDS) - 1)]
        quote = f"{key.model} | {number} | as the vendor's own table puts it in one row"
        own = {"provider": key.provider, "model": key.model, "line": key.model, "source": f"{key.provider}_models", "quote": quote}
        own |= {"id": number + 1, "after": str(number), "at": instant(START + step * number), "page": f"{chance.randrange(PAGES):064x}"}
        yield sample | own | {"url": f"https://example.com/{key.provider}_models", "reading_id": chance.randrange(READINGS) + 1}


def stored(values: dict[str, Any]) -> dict[str, Any]:
    """Values as SQLite keeps them."""
    return {name: instant(value) if isinstance(value, datetime) else value for name, value in values.items()}


def build(path: Path, size: Size) -> Database:
    """A database of that size; the cache of lifecycles is made by the program itself."""
    database = open_database(f"sqlite:///{path}")
    database.upgrade()
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA synchronous=OFF")
    raw.execute("PRAGMA cache_size=-1000000")
    indexes = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    raw.execute("BEGIN")
    for name, _ in indexes:
        raw.execute(f"DROP INDEX {name}")
    load(raw, size)
    for _, statement in indexes:
        raw.execute(statement)
    raw.execute("INSERT INTO event_months SELECT substr(at, 1, 7), provider, kind, count(*) FROM events GROUP BY 1, 2, 3")
    raw.execute("COMMIT")
    raw.close()
    with database.write() as ledger:
        ledger.claims.rebuild()
    return database


def load(raw: sqlite3.Connection, size: Size) -> None:
    """Fill the tables."""
    sources = [f"{provider}_{kind}" for provider in PROVIDERS for kind in ("models", "news")]
    insert(raw, "sources", ({"key": key, "holder": "", "epoch": 0} for key in sources), len(sources))
    blank = {"url": "https://example.com", "fetched_at": instant(START), "content_type": "text/html", "size": 0, "body": None}
    insert(raw, "pages", ({"hash": f"{number:064x}"} | blank for number in count()), PAGES)
    shape = {"outcome": "good", "reason": "", "claims": 10, "skipped": 0, "skips": "[]", "skipped_rows": None, "reader_version": 1}
    shape |= dict.fromkeys(("accepted", "correction", "unchanged", "bundled", "merged"), 0) | {"pages": "[]"}
    when = ({"source": sources[number % len(sources)], "read_at": instant(START + SPAN / READINGS * number)} for number in count())
    insert(raw, "readings", (one | shape for one in when), READINGS)
    insert(raw, "claims", claim_rows(size, random.Random(2)))
    raw.execute("CREATE TEMP TABLE told AS SELECT * FROM events WHERE false")
    insert(raw, "told", event_rows(size, random.Random(3)), size.events)
    raw.execute("INSERT INTO events SELECT * FROM told ORDER BY line, at, id")  # as they lie, else each would go somewhere else
    raw.execute("DROP TABLE told")


def insert(raw: sqlite3.Connection, table: str, rows: Iterator[dict[str, Any]], most: int | None = None) -> None:
    """The first *most* of *rows*."""
    rows = islice(rows, most)
    while batch := [*islice(rows, BATCH)]:
        names = tuple(batch[0])
        statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        raw.executemany(statement, [tuple(row.values()) for row in batch])


@dataclass(frozen=True)
class Question:
    """One question: how we answer it, how raw SQL does, both brought into one form by *ours* and *raws* to be compared."""

    name: str
    ask: Callable[[int], object]
    raw: Callable[[int], list[Row]]
    ours: Callable[[Any], object]
    raws: Callable[[list[Row]], object]
    rounds: int = 200


HISTORY = "SELECT at, kind, provider, model, scope, fact, before, after, source, quote, url, page, direction, subject FROM events"
IN_FORCE = "recorded_at <= :at AND (withdrawn_at IS NULL OR withdrawn_at > :at)"
BELIEVED = f"""
SELECT provider, model, scope, slot, value, quote, url, page, first_seen_at, source FROM (
    SELECT *, rank() OVER (PARTITION BY provider, model, scope, slot ORDER BY authority DESC, first_seen_at DESC) AS standing
    FROM claims WHERE {{which}} {IN_FORCE}
) WHERE standing = 1
"""
UPCOMING = """
SELECT lifecycles.provider, lifecycles.model, lifecycles.scope, retires, claims.slot, value, quote, url, page, first_seen_at
FROM lifecycles JOIN claims ON claims.provider = lifecycles.provider AND claims.model = lifecycles.model
    AND claims.scope = lifecycles.scope AND withdrawn_at IS NULL
WHERE ends_on BETWEEN :today AND :horizon ORDER BY ends_on, lifecycles.provider, lifecycles.model
"""
CHART = "SELECT month, kind, sum(count) FROM event_months GROUP BY month, kind ORDER BY month, kind"
COUNTED = "SELECT substr(at, 1, 7), kind, count(*) FROM events GROUP BY 1, 2 ORDER BY 1, 2"


def questions(database: Database, raw: sqlite3.Connection, size: Size) -> list[Question]:
    """What is asked."""
    chance = random.Random(5)
    models = [key_of(chance.randrange(size.models)).model for _ in range(1000)]
    moments = [START + SPAN * chance.random() for _ in range(1000)]

    def reading(work: Callable[..., object], *parts: object, **more: object) -> object:
        with database.read() as ledger:
            return work(ledger, *parts, **more)

    def believed(which: str, number: int) -> list[Row]:
        return raw.execute(BELIEVED.format(which=which), {"line": models[number], "at": instant(moments[number])}).fetchall()

    days = {"today": NOW.date().isoformat(), "horizon": (NOW.date() + WITHIN).isoformat()}
    return [
        Question(
            "one model's history",
            lambda number: reading(history, models[number]),
            lambda number: raw.execute(f"{HISTORY} WHERE line = ? ORDER BY at, id", (models[number],)).fetchall(),
            lambda found: [event_row(event) for event in found.events],
            lambda rows: rows,
        ),
        Question(
            "one model as of an instant",
            lambda number: reading(line, models[number], NOW, moments[number]),
            lambda number: believed("line = :line AND", number),
            lambda found: {(view.key.model, slot, word.value) for view in found.keys for slot, words in view.words for word in words},
            lambda rows: {(row[1], row[3], row[4]) for row in rows},
        ),
        Question(
            "upcoming for 90 days",
            lambda _: reading(upcoming, NOW, WITHIN),
            lambda _: raw.execute(UPCOMING, days).fetchall(),
            lambda found: [(view.key.provider, view.key.model, view.ends.value) for view in found],
            lambda rows: [*dict.fromkeys((row[0], row[1], row[3]) for row in rows)],
            rounds=9,
        ),
        Question(
            "newest 50 events",
            lambda _: reading(changes, limit=50),
            lambda _: raw.execute(f"{HISTORY} ORDER BY at DESC, id DESC LIMIT 50").fetchall(),
            lambda found: [event_row(event) for event in found],
            lambda rows: rows[::-1],
        ),
        Question(
            "all models as of an instant",
            lambda number: reading(lambda ledger: ledger.claims.resolved(as_of=moments[number])),
            lambda number: believed("", number),
            lambda found: {
                (key.model, slot, value) for key, state in found.items() for slot, belief in state.beliefs for value in belief.values
            },
            lambda rows: {(row[1], row[3], row[4]) for row in rows},
            rounds=3,
        ),
        Question(
            "a chart by month and kind",
            lambda _: reading(lambda ledger: ledger.events.by_month()),
            lambda _: raw.execute(CHART).fetchall(),
            lambda found: [(one.month, one.kind, one.count) for one in found],
            lambda rows: rows,
        ),
    ]


def event_row(event: Event) -> Row:
    """An event as raw SQL gives it."""
    values = stored(event_values(event))
    return tuple(values[name] for name in HISTORY.removeprefix("SELECT ").split(" FROM ")[0].split(", "))


def timed(work: Callable[[int], object], rounds: int) -> list[float]:
    """Milliseconds of each round."""
    times = []
    for number in range(rounds):
        start = time.process_time()
        work(number)
        times.append((time.process_time() - start) * 1000)
    return sorted(times)


def p95(times: list[float]) -> float:
    """The time that nineteen of twenty rounds stay under."""
    return times[min(len(times) - 1, int(len(times) * 0.95))]


def compared(question: Question) -> bool:
    """Whether both sides give the same answers."""
    for number in range(min(question.rounds, 3)):
        ours, raws = question.ours(question.ask(number)), question.raws(question.raw(number))
        if ours != raws:
            return False
    return True


def measured(question: Question) -> float:
    """Time a question, print the line; the median of ours in milliseconds."""
    timed(question.raw, question.rounds)  # both sides find the pages in the machine's memory
    ours, raws = timed(question.ask, question.rounds), timed(question.raw, question.rounds)
    median, raw_median = statistics.median(ours), statistics.median(raws)
    ratio = median / raw_median
    met = ratio <= RATIO if raw_median > SLOW else p95(ours) <= P95
    target = f"target {RATIO}x" if raw_median > SLOW else f"target p95 {P95:g} ms"
    print(
        f"{question.name}: median {median:.2f} ms, p95 {p95(ours):.2f} ms; raw {raw_median:.2f}, {p95(raws):.2f} ms; {ratio:.2f}x"
        f" ({target}{'' if met else ', MISSED'})",
    )
    return median


def chart_against_events(database: Database, raw: sqlite3.Connection) -> None:
    """The chart beside counting every event."""
    start = time.process_time()
    counted = raw.execute(COUNTED).fetchall()
    slow = (time.process_time() - start) * 1000
    with database.read() as ledger:
        assert [(one.month, one.kind, one.count) for one in ledger.events.by_month()] == counted
    fast = statistics.median(timed(lambda _: _chart(database), 50))
    met = slow / fast >= ROLLUP and fast <= ROLLED_UP
    print(
        f"the chart beside counting every event: {slow / fast:.0f}x, {fast:.2f} ms"
        f" (target {ROLLUP}x and {ROLLED_UP:g} ms{'' if met else ', MISSED'})",
    )


def _chart(database: Database) -> object:
    with database.read() as ledger:
        return ledger.events.by_month()


def ingest(database: Database, path: Path, models: int = 2000) -> None:
    """One reading with thousands of claims and events, recorded by us and then by raw executemany of the very rows, both undone."""
    reading = long_reading(models, f"of{path.stem}-b")
    decided = decide(Known(), reading, NOW)
    parents, tables = ("sources", "pages", "readings"), ("claims", "events", "lifecycles")
    numbers = dict.fromkeys((*parents, *tables), "rowid") | {"events": "id"}
    rows: Tables = {}
    ours, raws, checking = list[float](), list[float](), list[float]()
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA cache_size=-64000")
    for _ in range(INGESTS):
        gc.collect()  # the rows below are garbage of this bench's own
        with undone(database) as ledger:
            connection = ledger.sources._db.connection.driver_connection  # noqa: SLF001 - the same connection, past the store
            last = {table: connection.execute(f"SELECT max({numbers[table]}) FROM {table}").fetchone()[0] for table in numbers}
            record = ledger.readings.record  # what it imports is no part of it
            start = time.process_time()
            record(reading, decided, {})
            ours.append(time.process_time() - start)
            for table, newest in last.items():
                found = connection.execute(f"SELECT * FROM {table} WHERE {numbers[table]} > ?", (newest,))
                rows[table] = [column[0] for column in found.description], found.fetchall()
        given = {table: rows.pop(table) for table in parents}
        raws.append(raw_ingest(raw, rows))
        checking.append(raw_ingest(raw, rows, given))
    raw.close()
    written = sum(len(found) for _, found in rows.values())
    ratio, checked, first = *(statistics.median(map(truediv, times, ours)) for times in (raws, checking)), statistics.median(raws) / ours[0]
    print(
        f"ingest of a reading ({written} rows): {ratio:.2f} of raw"
        f" ({checked:.2f} where it checks foreign keys, {first:.2f} the first time), "
        f"{written / statistics.median(ours):,.0f} rows/s, raw "
        f"{written / statistics.median(raws):,.0f} (target {INGEST}{'' if ratio >= INGEST else ', MISSED'})",
    )


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


def main() -> int:
    """Build, compare, measure."""
    arguments = argparse.ArgumentParser(description="The ledger at size, beside raw sqlite3.")
    arguments.add_argument("--events", type=int, default=200_000, help="events in the large database; the small one has a tenth")
    arguments.add_argument("--keep", type=Path, help="build in this folder and leave it there; what is there is used")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="modelwatch-bench-") as place:
        return measure(given.keep or Path(place), given.events)


def measure(folder: Path, events: int) -> int:
    """Both databases; 1 if an answer is wrong."""
    medians: list[dict[str, float]] = []
    folder.mkdir(exist_ok=True)
    for size in (Size(events // 10), Size(events)):
        path = folder / f"{size.events}.db"
        start = time.process_time()
        database = open_database(f"sqlite:///{path}") if path.exists() else build(path, size)
        spent, megabytes = time.process_time() - start, path.stat().st_size / 1e6
        print(f"\n{size.events:,} events, {size.claims:,} claims, {size.models:,} models: {megabytes:,.0f} MB in {spent:.0f} s")
        raw = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        raw.execute("PRAGMA cache_size=-64000")
        asked = questions(database, raw, size)
        if wrong := [question.name for question in asked if not compared(question)]:
            print(f"the answers differ: {', '.join(wrong)}")
            return 1
        gc.set_threshold(SELDOM)
        medians.append({question.name: measured(question) for question in asked})
        chart_against_events(database, raw)
        gc.set_threshold(*USUAL)
        ingest(database, path)
        raw.close()
        database.close()
    small, large = medians
    for name in small:
        growth = large[name] / small[name]
        missed = ", MISSED" if name == "one model's history" and growth > GROWTH else ""
        target = f" (target {GROWTH}x{missed})" if name == "one model's history" else ""
        print(f"growth of {name} with ten times the events: {growth:.2f}x{target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
