"""Statements in a short form, for tests of readers: who, what, on which words."""

from collections.abc import Iterable

from monitor.domain.claims import Place, Statement
from monitor.domain.facts import Retires, fact_name, fact_value, when_of

Said = tuple[str, str, str, str]


def short(statements: Iterable[Statement]) -> list[Said]:
    """(provider/model with scope, fact, value, quote) of each; a floor as `not_before:…`, a promise as `promise:…`."""
    return [(str(said.key), fact_name(said.fact), _value(said), said.quote) for said in statements]


def status(statements: Iterable[Statement]) -> set[str]:
    """The models of the statements that stand in a status table."""
    return {said.key.model for said in statements if said.place is Place.STATUS}


def _value(said: Statement) -> str:
    when = when_of(said.fact)
    floor = "promise:" if isinstance(said.fact, Retires) and said.fact.promise else "not_before:" if when and when.is_floor else ""
    return floor + fact_value(said.fact)
