from dataclasses import replace

import pytest

from monitor.domain.claims import Authority, Claim
from monitor.domain.facts import AliasOf, Deprecated, Fact, InStage, Listed, NoRetirement, ReplacedBy, Retires, Spec, SpecName, Stage
from monitor.domain.identity import Kind, ModelKey
from monitor.domain.lifecycle import Belief, Lifecycle
from monitor.domain.reconcile.resolve import resolve, resolve_all
from monitor.domain.when import When
from tests.builders import claim, day, key, listing, source, statement, when

FEBRUARY, MARCH = Retires(when("2026-02-13")), Retires(when("2026-03-01"))
PAGE, API, BLOG = source(), listing(), source("openai_blog")
AGGREGATOR = source("litellm", authority=Authority.AGGREGATOR)


def lifecycle(*claims: Claim | Fact) -> Lifecycle:
    state = resolve([item if isinstance(item, Claim) else claim(item) for item in claims])
    assert state
    return state


def belief(state: Lifecycle, slot: str = "retires") -> Belief:
    found = state.belief(slot)
    assert found
    return found


def facts(claims: tuple[Claim, ...]) -> list[Fact]:
    return [said.fact for said in claims]


def test_no_claims_make_no_lifecycle() -> None:
    assert resolve([]) is None
    assert resolve([claim(FEBRUARY, withdrawn=day(1))]) is None


def test_a_slot_nobody_speaks_of_has_no_belief() -> None:
    state = lifecycle(claim(Listed()))
    assert (state.belief("retires"), state.claim("retires"), state.retires) == (None, None, None)


# One page against itself


def test_the_status_table_outranks_the_history() -> None:
    state = lifecycle(claim(statement(FEBRUARY, said_on="2026-01-30")), claim(statement(MARCH, status=True)))
    assert state.retires == MARCH.on
    assert (facts(belief(state).differences), state.disputed_slots) == ([FEBRUARY], ())


def test_in_the_history_the_later_announcement_wins() -> None:
    state = lifecycle(claim(statement(MARCH, said_on="2026-01-30")), claim(statement(FEBRUARY, said_on="2025-12-01")))
    assert (state.retires, state.disputed_slots) == (MARCH.on, ())


def test_else_the_earliest_date_of_a_page_wins_and_is_disputed() -> None:
    state = lifecycle(claim(MARCH), claim(FEBRUARY))
    assert (state.retires, state.disputed_slots) == (FEBRUARY.on, ("retires",))
    assert facts(belief(state).disputed) == [MARCH]


# Among sources


def test_the_highest_authority_that_speaks_is_believed_and_lower_ranks_are_differences() -> None:
    state = lifecycle(claim(FEBRUARY, AGGREGATOR), claim(MARCH, PAGE))
    assert (state.retires, state.disputed_slots) == (MARCH.on, ())
    assert facts(belief(state).differences) == [FEBRUARY]


def test_an_operator_is_believed_above_all() -> None:
    state = lifecycle(claim(FEBRUARY, API), claim(MARCH, source("mail", authority=Authority.OPERATOR)))
    assert state.retires == MARCH.on


def test_second_hand_words_on_a_providers_page_are_worth_a_report() -> None:
    state = lifecycle(claim(statement(FEBRUARY, authority=Authority.REPORT)), claim(MARCH, AGGREGATOR))
    assert state.retires == MARCH.on


def test_sources_of_one_rank_that_differ_give_the_earliest_date_and_a_dispute() -> None:
    state = lifecycle(claim(MARCH, PAGE), claim(FEBRUARY, BLOG))
    assert (state.retires, state.disputed_slots) == (FEBRUARY.on, ("retires",))


def test_each_source_of_a_rank_is_heard_with_its_newest_word() -> None:
    old, new = claim(statement(FEBRUARY, said_on="2025-12-01"), BLOG), claim(statement(MARCH, said_on="2026-01-01"), BLOG)
    state = lifecycle(claim(MARCH, PAGE), old, new)
    assert (state.retires, state.disputed_slots) == (MARCH.on, ())
    assert facts(belief(state).differences) == [FEBRUARY]


@pytest.mark.parametrize("vague", [when("2026-02"), when("2026-Q1"), when("2026")])
def test_a_refinement_is_no_dispute_and_the_more_exact_word_is_believed(vague: When) -> None:
    state = lifecycle(claim(Retires(vague), PAGE), claim(FEBRUARY, BLOG))
    assert (state.retires, state.disputed_slots) == (FEBRUARY.on, ())


def test_of_the_same_day_the_printed_instant_is_believed() -> None:
    at = when("2026-02-13", at=day(34))
    assert lifecycle(claim(FEBRUARY, PAGE), claim(Retires(at), source("zzz"))).retires == at


def test_a_month_that_ends_before_a_day_is_the_earlier() -> None:
    state = lifecycle(claim(Retires(when("2026-02")), PAGE), claim(MARCH, BLOG))
    assert (state.retires, state.disputed_slots) == (when("2026-02"), ("retires",))


def test_another_bound_on_the_same_day_is_a_dispute_and_the_exact_day_is_believed() -> None:
    state = lifecycle(claim(Retires(FEBRUARY.on.as_floor()), PAGE), claim(FEBRUARY, BLOG))
    assert (state.retires, state.disputed_slots) == (FEBRUARY.on, ("retires",))


def test_a_date_is_believed_before_a_promise_that_it_keeps() -> None:
    promise = Retires(when("2026-01-15", floor=True), promise=True)
    state = lifecycle(claim(promise, PAGE), claim(FEBRUARY, BLOG))
    assert (state.retires, state.promised, state.disputed_slots) == (FEBRUARY.on, False, ())


def test_a_date_that_breaks_a_promise_is_believed_and_disputed() -> None:
    promise = Retires(when("2026-06-01", floor=True), promise=True)
    state = lifecycle(claim(promise, PAGE), claim(FEBRUARY, BLOG))
    assert (state.retires, state.disputed_slots) == (FEBRUARY.on, ("retires",))


def test_two_promises_give_the_earlier_and_a_dispute() -> None:
    promises = [Retires(when(text, floor=True), promise=True) for text in ("2026-06-01", "2026-07-01")]
    state = lifecycle(claim(promises[1], PAGE), claim(promises[0], BLOG))
    assert (state.retires, state.disputed_slots) == (promises[0].on, ("retires",))


def test_a_date_is_believed_before_no_date_of_the_same_rank_and_disputed() -> None:
    state = lifecycle(claim(NoRetirement(), PAGE), claim(FEBRUARY, BLOG))
    assert (state.retires, state.cancelled, state.disputed_slots) == (FEBRUARY.on, False, ("retires",))


def test_a_field_that_an_api_leaves_empty_does_not_silence_the_providers_page() -> None:
    state = lifecycle(claim(NoRetirement(), API), claim(FEBRUARY, PAGE))
    assert (state.retires, state.disputed_slots) == (FEBRUARY.on, ())


def test_a_field_that_an_api_leaves_empty_is_believed_against_lower_ranks() -> None:
    state = lifecycle(claim(NoRetirement(), API), claim(FEBRUARY, AGGREGATOR))
    assert (state.retires, state.cancelled) == (None, True)


def test_an_apis_date_silences_the_providers_page() -> None:
    assert lifecycle(claim(MARCH, API), claim(FEBRUARY, PAGE)).retires == MARCH.on


def test_a_source_that_still_says_it_is_believed_before_one_whose_row_is_gone() -> None:
    state = lifecycle(claim(FEBRUARY, PAGE, missing=day(1), gone=day(2)), claim(MARCH, BLOG))
    assert (state.retires, state.unconfirmed) == (MARCH.on, False)


def test_a_gone_row_keeps_its_date_before_lower_ranks() -> None:
    state = lifecycle(claim(FEBRUARY, PAGE, missing=day(1), gone=day(2)), claim(MARCH, AGGREGATOR))
    assert (state.retires, state.unconfirmed) == (FEBRUARY.on, True)


# Sets and words


def test_replacements_of_one_rank_add_up() -> None:
    state = lifecycle(claim(ReplacedBy("gpt-5")), claim(ReplacedBy("gpt-5-mini")), claim(ReplacedBy("gpt-5"), BLOG))
    assert (state.replacements, state.disputed_slots) == (("gpt-5", "gpt-5-mini"), ())


def test_a_model_without_replacements_has_none() -> None:
    assert lifecycle(Listed()).replacements == ()


def test_of_two_state_words_the_later_in_life_is_believed_and_unknown_never_is() -> None:
    state = lifecycle(claim(InStage(Stage.ACTIVE)), claim(InStage(Stage.RETIRED), BLOG), claim(InStage(Stage.UNKNOWN), source("third")))
    assert (state.printed_stage, state.disputed_slots) == (Stage.RETIRED, ("stage",))


def test_differing_specs_of_one_rank_are_disputed() -> None:
    state = lifecycle(claim(Spec(SpecName.CONTEXT_WINDOW, "128000")), claim(Spec(SpecName.CONTEXT_WINDOW, "1047576"), BLOG))
    assert state.disputed_slots == ("context_window",)


def test_an_alias_knows_its_snapshot() -> None:
    assert lifecycle(AliasOf("gpt-4.1-mini-2025-04-14")).snapshot == "gpt-4.1-mini-2025-04-14"
    assert lifecycle(Listed()).snapshot is None


def test_a_key_is_a_service_only_where_nobody_calls_it_a_model() -> None:
    service = claim(statement(FEBRUARY, kind=Kind.SERVICE))
    assert lifecycle(service).kind is Kind.SERVICE
    assert lifecycle(service, claim(Listed(), API)).kind is Kind.MODEL


def test_a_belief_is_as_old_as_the_first_who_said_so() -> None:
    state = lifecycle(
        claim(FEBRUARY, PAGE, day(20)), claim(FEBRUARY, AGGREGATOR, day(3)), claim(MARCH, source("x", authority=Authority.REPORT))
    )
    assert belief(state).since == day(3)
    assert (belief(state).chosen[0].first_seen_at, state.known_since) == (day(20), day(0))


def test_every_claim_of_a_lifecycle_can_be_shown() -> None:
    claims = {claim(FEBRUARY), claim(MARCH), claim(Listed(), API), claim(MARCH, AGGREGATOR)}
    assert set(lifecycle(*claims).claims()) == claims


# Families


def family(fact: Fact, name: str, provider: str = "openai", **scope: str) -> Claim:
    return claim(statement(fact, key(name, provider, **scope), family=True))


def resolved(*claims: Claim) -> dict[str, Lifecycle]:
    return {str(whose): state for whose, state in resolve_all(claims).items()}


def listed(name: str, **scope: str) -> Claim:
    return claim(statement(Listed(), key(name, **scope)), API)


def test_a_family_covers_listed_names_and_says_that_it_is_inferred() -> None:
    states = resolved(family(FEBRUARY, "gpt-realtime"), listed("gpt-realtime-2025-08-28"))
    inferred = states["openai/gpt-realtime-2025-08-28"].claim("retires")
    assert inferred
    assert (inferred.fact, inferred.inferred_from, inferred.statement.family) == (FEBRUARY, "gpt-realtime", False)


def test_a_family_name_is_no_model_unless_it_is_listed_itself() -> None:
    assert resolved(family(FEBRUARY, "gpt-realtime"))["openai/gpt-realtime"].family
    assert not resolved(family(FEBRUARY, "gpt-realtime"), listed("gpt-realtime"))["openai/gpt-realtime"].family


def test_a_family_never_covers_a_numbered_sibling_its_replacement_or_an_unlisted_name() -> None:
    states = resolved(
        family(FEBRUARY, "gpt-realtime"),
        family(ReplacedBy("gpt-realtime-mini"), "gpt-realtime"),
        listed("gpt-realtime-2.1"),
        listed("gpt-realtime-mini"),
        claim(statement(Spec(SpecName.CONTEXT_WINDOW, "32000"), "gpt-realtime-preview")),
    )
    assert [name for name, state in states.items() if state.retires] == ["openai/gpt-realtime"]


def test_a_model_with_a_word_of_its_own_is_not_covered() -> None:
    own = claim(statement(Deprecated(when("2026-01-01")), "gpt-realtime-preview"))
    assert resolved(family(FEBRUARY, "gpt-realtime"), listed("gpt-realtime-preview"), own)["openai/gpt-realtime-preview"].retires is None


def test_the_nearest_family_wins() -> None:
    families = (family(FEBRUARY, "gpt-4o"), family(MARCH, "gpt-4o-audio"))
    states = resolved(*families, listed("gpt-4o-audio-preview"), listed("gpt-4o-search"))
    assert states["openai/gpt-4o-audio-preview"].retires == MARCH.on
    assert states["openai/gpt-4o-search"].retires == FEBRUARY.on


def test_a_family_of_another_provider_or_scope_covers_nothing_here() -> None:
    other, tuned = family(FEBRUARY, "gpt-4o", "azure"), family(FEBRUARY, "gpt-4o", feature="fine-tuning")
    states = resolved(other, tuned, listed("gpt-4o-audio"), listed("gpt-4o-audio", feature="fine-tuning"))
    assert states["openai/gpt-4o-audio"].retires is None
    assert states["openai/gpt-4o-audio [feature=fine-tuning]"].retires == FEBRUARY.on


def test_only_the_wanted_keys_are_resolved() -> None:
    claims = [claim(statement(FEBRUARY, "a")), claim(statement(FEBRUARY, "b")), claim(statement(FEBRUARY, "c"), withdrawn=day(1))]
    wanted: list[ModelKey] = [key("b"), key("c"), key("d")]
    assert list(resolve_all(claims, wanted)) == [key("b")]


def test_resolving_ignores_what_was_withdrawn() -> None:
    assert lifecycle(claim(MARCH), replace(claim(FEBRUARY), withdrawn_at=day(1))).retires == MARCH.on
