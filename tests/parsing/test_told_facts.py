"""Facts and scopes as a person types them."""

from datetime import UTC, datetime

import pytest

from monitor.domain.facts import (
    AliasOf,
    Deprecated,
    Fact,
    InStage,
    Listed,
    NoRetirement,
    Redirects,
    ReplacedBy,
    Retires,
    Spec,
    SpecName,
    Stage,
)
from monitor.domain.identity import EVERYWHERE, scope_of
from monitor.errors import UsageError
from monitor.parsing.told_facts import read_told_fact, read_told_scope
from tests.builders import when


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("retires=2027-01-31", Retires(when("2027-01-31"))),
        (" retires = January 31, 2027 ", Retires(when("2027-01-31"))),
        ("retires=2027-01-31T17:00:00Z", Retires(when("2027-01-31", at=datetime(2027, 1, 31, 17, tzinfo=UTC)))),
        ("deprecated=2027-01", Deprecated(when("2027-01"))),
        ("redirects=2027-Q1", Redirects(when("2027-Q1"))),
        ("no_retirement", NoRetirement()),
        ("listed", Listed()),
        ("stage=legacy", InStage(Stage.LEGACY)),
        ("replaced_by=gpt-5.4-mini", ReplacedBy("gpt-5.4-mini")),
        ("alias_of=gpt-4.1-mini-2025-04-14", AliasOf("gpt-4.1-mini-2025-04-14")),
        ("context_window=128000", Spec(SpecName.CONTEXT_WINDOW, "128000")),
    ],
)
def test_a_fact_as_it_is_typed(text: str, fact: Fact) -> None:
    assert read_told_fact(text) == fact


def test_not_before_makes_a_retirement_a_promise_and_nothing_else() -> None:
    assert read_told_fact("retires=2027-01-31", not_before=True) == Retires(when("2027-01-31", floor=True), promise=True)
    assert read_told_fact("deprecated=2027-01-31", not_before=True) == Deprecated(when("2027-01-31"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("retires=soon", "expected something like 2027-01-31"),
        ("retires=4/5/2027", "expected something like 2027-01-31"),
        ("retires", "expected something like 2027-01-31"),
        ("no_retirement=yes", "expected no_retirement"),
        ("replaced_by", "expected replaced_by=VALUE"),
        ("stage=dead", "is no fact"),
        ("colour=blue", "is no fact"),
    ],
)
def test_what_is_no_fact_is_refused_with_what_was_expected(text: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        read_told_fact(text)


def test_a_scope_as_it_is_typed() -> None:
    assert read_told_scope(("region=eu", "tier=free;developer")) == scope_of({"region": "eu", "tier": ["free", "developer"]})
    assert read_told_scope(()) == EVERYWHERE


@pytest.mark.parametrize("text", ["eu", "region=", "=eu", "region=;", "my region=eu"])
def test_what_is_no_scope_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no scope"):
        read_told_scope((text,))
