"""A ledger of any size, from a seed: the real schema, filled past the program."""

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

from monitor.domain.claims import Authority, Claim, Place, Statement
from monitor.domain.events import Event, EventKind
from monitor.domain.facts import Deprecated, Fact, Listed, ReplacedBy, Retires, Spec, SpecName, fact_value
from monitor.domain.identity import ModelKey
from monitor.domain.when import When
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
BATCH = 20_000

Row = tuple[Any, ...]


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
