"""What is done quickly is what would be done slowly: values made past their guard, JSON by msgspec, columns converted at once."""

import json
from dataclasses import FrozenInstanceError, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.events import Event, EventKind
from monitor.domain.facts import Listed, NoRetirement, Retires
from monitor.store import Database
from monitor.store.codec import Spelled, claim_values, statement_values
from monitor.store.making import maker
from monitor.store.types import clean_text, json_text
from tests.builders import START, claim, key, when

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


def test_columns_are_made_once_for_each_value() -> None:
    spelled, said = Spelled(), claim(NoRetirement())
    assert spelled.claim(said) == claim_values(said)
    assert spelled.claim(said) is spelled.claim(said)
    assert spelled.statement(said.statement) == statement_values(said.statement)
    assert spelled.claim(claim(Listed())) == claim_values(claim(Listed()))  # another value, though nobody keeps it


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
