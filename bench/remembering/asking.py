"""What is asked of the ledger: by the program, and in hand-written SQL."""

import random
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from remembering.filling import NOW, SPAN, START, Row, Size, instant, key_of, stored

from monitor.domain.events import Event
from monitor.queries.models import line, upcoming
from monitor.queries.news import changes, history
from monitor.store import Database
from monitor.store.codec import event_values

WITHIN = timedelta(days=90)


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
