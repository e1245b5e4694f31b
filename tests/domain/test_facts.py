from typing import get_args

import pytest
from msgspec import structs

from monitor.domain.claims import Authority, Place, read_authority, substance
from monitor.domain.facts import (
    AliasOf,
    Deprecated,
    Fact,
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
    fact_name,
    fact_value,
    read_fact,
    slot_of,
    when_of,
)
from monitor.domain.providers import title_of
from tests.builders import claim, statement, when

DAY = when("2026-02-13")
FACTS: list[tuple[Fact, str, str]] = [
    (Listed(), "listed", ""),
    (Released(DAY), "released", "2026-02-13"),
    (Deprecated(DAY), "deprecated", "2026-02-13"),
    (Retires(DAY), "retires", "2026-02-13"),
    (NoRetirement(), "no_retirement", ""),
    (Redirects(DAY), "redirects", "2026-02-13"),
    (ReplacedBy("gpt-5-mini"), "replaced_by", "gpt-5-mini"),
    (InStage(Stage.LEGACY), "stage", "legacy"),
    (AliasOf("gpt-4.1-mini-2025-04-14"), "alias_of", "gpt-4.1-mini-2025-04-14"),
    (Spec(SpecName.CONTEXT_WINDOW, "1047576"), "context_window", "1047576"),
]


def test_every_fact_is_named_here() -> None:
    assert {type(fact) for fact, _, _ in FACTS} == set(get_args(Fact))


@pytest.mark.parametrize(("fact", "name", "value"), FACTS)
def test_a_fact_has_a_name_and_a_value_and_is_read_back_from_them(fact: Fact, name: str, value: str) -> None:
    assert (fact_name(fact), fact_value(fact)) == (name, value)
    assert read_fact(name, value) == fact


def test_a_promise_and_a_bound_are_read_back() -> None:
    promise = Retires(when("2026-02", floor=True), promise=True)
    assert read_fact("retires", "2026-02", "not_before", promise=True) == promise


@pytest.mark.parametrize(("name", "value"), [("colour", "red"), ("stage", "tired"), ("retires", "soon"), ("released", "")])
def test_an_unknown_name_or_a_value_that_does_not_fit_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_fact(name, value)


def test_no_date_takes_the_place_of_a_date() -> None:
    assert slot_of(NoRetirement()) == slot_of(Retires(DAY)) == "retires"


def test_only_dated_facts_have_a_date() -> None:
    assert [when_of(fact) for fact, _, _ in FACTS].count(DAY) == 4


def test_authorities_rank_and_read_back_from_their_labels() -> None:
    ranked = ["operator", "provider-api", "provider", "aggregator", "report"]
    assert [authority.label for authority in sorted(Authority, reverse=True)] == ranked
    assert [read_authority(label) for label in ranked] == sorted(Authority, reverse=True)


def test_wording_is_no_part_of_what_a_statement_says() -> None:
    said = statement(Retires(DAY), quote="retires on Feb 13")
    assert substance(said) == substance(statement(Retires(DAY), quote="shut down 2026-02-13"))
    assert substance(said) != substance(statement(Retires(DAY), status=True))
    assert substance(said) != substance(statement(Retires(DAY), said_on="2026-01-01"))


def test_a_claim_speaks_of_what_its_statement_says() -> None:
    said = claim(statement(NoRetirement(), "o1", status=True))
    assert (said.key.model, said.fact, said.slot, said.statement.place) == ("o1", NoRetirement(), "retires", Place.STATUS)


def test_a_provider_has_the_name_people_write() -> None:
    assert (title_of("openai"), title_of("nobody-knows")) == ("OpenAI API", "nobody-knows")


def test_a_statement_is_equal_to_one_that_says_the_same_in_the_same_words_wherever_it_links() -> None:
    said = statement(Retires(DAY), quote="gone")
    linked = structs.replace(said, link="https://vendor.example/news")
    assert {said, linked} == {said}
    assert said != structs.replace(said, quote="gone for good")
    assert said != structs.replace(said, family=True)
    assert said != "gone"
