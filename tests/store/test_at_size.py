"""What is done quickly is what would be done slowly: values made past their guard, JSON by msgspec, columns converted at once."""

import json
from dataclasses import FrozenInstanceError, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, inspect

from monitor.domain.events import Event, EventKind
from monitor.domain.facts import Listed, NoRetirement, Retires
from monitor.store import Database
from monitor.store.codec import Spelled, statement_row
from monitor.store.making import maker, turned
from monitor.store.types import clean_text, json_rows, json_text
from tests.builders import START, claim, key, statement, when

SMALL = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "value",
    [
        claim(Retires(when("2026-02"))),
        Event(EventKind.MODEL_LISTED, key(), START),
    ],
)
def test_a_value_made_quickly_is_the_value(value: Any) -> None:  # noqa: ANN401 - of any kind
    make: Any = maker
    made = make(type(value))(*(getattr(value, name) for name in value.__slots__))
    assert (made, hash(made), repr(made), type(made)) == (value, hash(value), repr(value), type(value))
    assert replace(made) == value
    with pytest.raises(FrozenInstanceError):
        setattr(made, value.__slots__[0], None)


@given(SMALL)
def test_canonical_json_is_that_of_the_standard_library_without_poison(value: object) -> None:
    assert json_text(value) == clean_text(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


@given(st.lists(st.lists(SMALL, min_size=3, max_size=3)))
def test_the_json_of_many_rows_is_that_of_each(rows: list[list[object]]) -> None:
    assert json_rows(turned(rows, 3)) == [json_text(row) for row in rows]


@given(st.lists(st.lists(st.integers(), min_size=2, max_size=2)))
def test_columns_of_rows_are_the_rows_turned(rows: list[list[int]]) -> None:
    assert turned(rows, 2) == [[row[0] for row in rows], [row[1] for row in rows]]


def test_columns_are_made_once_for_each_statement() -> None:
    spelled, said = Spelled(), statement(NoRetirement())
    assert spelled(said) == statement_row(said)
    assert spelled(said) is spelled.rows([statement(Listed()), said, said])[2]
    assert spelled.rows(statement(fact) for fact in (Listed(), said.fact)) == [statement_row(statement(Listed())), statement_row(said)]
    assert spelled(statement(Listed())) == statement_row(statement(Listed()))  # another value, though nobody keeps it


def test_a_column_that_is_not_named_is_null(url: str) -> None:
    """Columns of NULLs alone are left out of what is written by the thousand."""
    engine = create_engine(url)
    tables = {table: inspect(engine).get_columns(table) for table in ("claims", "events", "lifecycles", "event_months")}
    assert [
        (table, column["name"]) for table, columns in tables.items() for column in columns if column["nullable"] and column["default"]
    ] == []
    engine.dispose()


def test_many_rows_are_read_as_they_were_written_one_by_one(database: Database) -> None:
    events = [
        Event(
            kind, key(f"model-{number}", region=["eu", "us"]), START + number * timedelta(microseconds=1), quote=f"“{number}”\n", after="é"
        )
        for number, kind in enumerate(EventKind)
    ]
    with database.write() as ledger:
        ledger.events.append(events[:9])
        for event in events[9:]:
            ledger.events.append([event])
        ledger.events.append([])
    with database.read() as ledger:
        assert ledger.events.since() == tuple(events)
        assert ledger.events.recounted() == ledger.events.counted()
