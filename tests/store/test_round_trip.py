"""What goes in comes out: every fact, scope and date, on both engines."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from monitor.domain.claims import Authority, Place, Statement
from monitor.domain.facts import (
    AliasOf,
    Deprecated,
    InStage,
    Listed,
    NoRetirement,
    Redirects,
    Released,
    ReplacedBy,
    Retires,
    Spec,
    SpecName,
    Stage,
)
from monitor.domain.identity import Kind, scope_of
from monitor.domain.when import Bound, Precision, When
from monitor.errors import StoreError
from monitor.store import Database
from monitor.store.codec import read_scope_text, read_when_text, scope_text, when_text
from monitor.store.types import clean_text
from tests.store.words import JUNE, Visitor, bare, day, in_force, key, says

INSTANT = datetime(2026, 6, 1, 17, 0, 0, 123456, tzinfo=timezone(timedelta(hours=-7))).astimezone(UTC)
WHENS = [
    JUNE,
    When(date(2026, 6, 1), Precision.MONTH),
    When(date(2026, 4, 1), Precision.QUARTER, Bound.NOT_BEFORE),
    When(date(2027, 1, 1), Precision.YEAR),
    When(date(2026, 6, 1), Precision.DAY, Bound.NOT_BEFORE, INSTANT),
]
FACTS = [
    Listed(),
    NoRetirement(),
    ReplacedBy("gpt-6"),
    AliasOf("gpt-5-2025-08-07"),
    *(kind(when) for kind in (Released, Deprecated, Retires, Redirects) for when in WHENS),
    Retires(JUNE, promise=True),
    *(InStage(stage) for stage in Stage),
    *(Spec(name, "1,047,576 – “about” ½") for name in SpecName),
]
SCOPES = [
    scope_of({}),
    scope_of({"region": "us-east-1"}),
    scope_of({"region": ["eu", "us"], "tier": "Priority tier; fast=yes"}),
    scope_of({"feature": 'fine-tuning "v2"', "cloud": "中国"}),
]


def test_every_fact_comes_back_as_it_was_stated(database: Database) -> None:
    statements = [says(fact, model=f"model-{number}") for number, fact in enumerate(FACTS)]
    changes = Visitor(database).hears(day(0), *statements)
    assert len(changes.claims.added) == len(FACTS)
    assert bare(in_force(database)) == set(changes.claims.added)


def test_every_scope_comes_back_as_it_was_stated(database: Database) -> None:
    statements = [Statement(key(scope=scope), Listed(), "gpt-5") for scope in SCOPES]
    changes = Visitor(database).hears(day(0), *statements)
    assert {claim.key.scope for claim in in_force(database)} == set(SCOPES)
    assert bare(in_force(database)) == set(changes.claims.added)


def test_all_that_belongs_to_a_statement_comes_back(database: Database) -> None:
    marks = [
        structs.replace(says(Listed(), "service"), kind=Kind.SERVICE),
        structs.replace(says(Listed(), "table"), place=Place.STATUS),
        structs.replace(says(Listed(), "hearsay"), authority=Authority.REPORT),
        structs.replace(says(Retires(JUNE), "kin"), family=True),
        *(structs.replace(says(Listed(), f"said-{number}"), said_on=when) for number, when in enumerate(WHENS)),
    ]
    changes = Visitor(database).hears(day(0), *marks)
    assert bare(in_force(database)) == set(changes.claims.added)


@given(st.dictionaries(st.text(min_size=1), st.lists(st.text(min_size=1), min_size=1), max_size=3))
def test_a_scope_survives_whatever_its_text(parts: dict[str, list[str]]) -> None:
    scope = scope_of({clean_text(name): [clean_text(value) for value in values] for name, values in parts.items()})
    assert read_scope_text(scope_text(scope)) == scope


@pytest.mark.parametrize("when", WHENS)
def test_a_date_fits_one_column(when: When) -> None:
    assert read_when_text(when_text(when) or "") == when


def test_poisoned_text_is_cleaned_the_same_everywhere(database: Database) -> None:
    dirty = structs.replace(says(Listed()), quote="a\x00b\ud800c \u202e e\u0301")
    Visitor(database).hears(day(0), dirty, text="dirty")
    assert [claim.statement.quote for claim in in_force(database)] == ["a\ufffdb\ufffdc \u202e e\u0301"]


@pytest.mark.parametrize("name", ["gpt\x005", "gpt\ud8005", "x" * 3000])
def test_a_name_that_would_read_back_differently_is_refused_everywhere(database: Database, name: str) -> None:
    with pytest.raises(StoreError, match="model"):
        Visitor(database).hears(day(0), says(Listed(), name), text="names")
    assert in_force(database) == ()


def test_a_megabyte_of_quote_is_kept(database: Database) -> None:
    long = structs.replace(says(Listed()), quote="x" * 1_000_000)
    Visitor(database).hears(day(0), long)
    assert len(in_force(database)[0].statement.quote) == 1_000_000


def test_a_naive_instant_is_refused(database: Database) -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - the point
    with pytest.raises(StoreError, match="naive"), database.write() as ledger:
        ledger.sources.schedule("openai_models", naive)
