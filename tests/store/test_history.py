"""Properties over whatever three sources may say: the cache equals a rebuild, the past stays as it was, a repetition is no news."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain.claims import Statement
from monitor.domain.facts import AliasOf, Deprecated, InStage, Listed, NoRetirement, ReplacedBy, Retires, Spec, SpecName, Stage
from monitor.domain.readings import SourceFacts
from monitor.domain.reconcile.resolve import resolve_all
from monitor.store import Database, open_database
from tests.store.words import CATALOGUE, JULY, JUNE, LISTING, NEWS, Visitor, day, in_force, lifecycles, says

MEMORY = Path("/dev/shm")  # every example is a database: no need to wait for a disk
MODELS = st.sampled_from(["gpt-4", "gpt-4-0613", "gpt-4-mini", "gpt-4-mini-2025-01-01", "gpt-5"])
FACTS = st.sampled_from(
    [
        Listed(),
        NoRetirement(),
        Retires(JUNE),
        Retires(JULY),
        Retires(JUNE.as_floor(), promise=True),
        Deprecated(JUNE),
        InStage(Stage.ACTIVE),
        InStage(Stage.DEPRECATED),
        AliasOf("gpt-4-0613"),
        ReplacedBy("gpt-5"),
        ReplacedBy("gpt-4-mini"),
        Spec(SpecName.CONTEXT_WINDOW, "128000"),
        Spec(SpecName.CONTEXT_WINDOW, "200000"),
    ],
)
STATEMENTS = st.builds(says, FACTS, MODELS, st.sampled_from(["openai", "openai", "mindstudio"]), family=st.booleans())
VISITS = st.lists(st.tuples(st.sampled_from([LISTING, NEWS, CATALOGUE]), st.lists(STATEMENTS, max_size=7)), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(visits=VISITS)
def test_whatever_is_said_the_store_stays_true(sqlite_template: Path, visits: list[tuple[SourceFacts, list[Statement]]]) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        shutil.copy(sqlite_template, Path(folder) / "watch.db")
        database = open_database(f"sqlite:///{folder}/watch.db")
        try:
            _live_through(database, visits)
        finally:
            database.close()


def _live_through(database: Database, visits: list[tuple[SourceFacts, list[Statement]]]) -> None:
    past = {}
    for number, (source, statements) in enumerate(visits):
        Visitor(database, source).hears(day(number), *statements)
        past[day(number)] = (in_force(database), lifecycles(database))
        with database.write() as ledger:
            assert ledger.claims.rebuild() == 0
    for at, (claims, states) in past.items():
        assert in_force(database, as_of=at) == claims
        assert lifecycles(database, as_of=at) == states == resolve_all(claims)
    source, statements = visits[-1]
    for number in range(6):  # until a new shape is the baseline, and what is missing is gone
        Visitor(database, source).hears(day(len(visits) + number), *statements)
    settled = in_force(database)
    again = Visitor(database, source).hears(day(len(visits) + 6), *statements)
    assert (again.events, again.claims.added, in_force(database)) == ((), (), settled)
