"""What a reading does to what its source said before: replaced, missed, gone, back."""

import pytest

from monitor.domain.claims import Authority
from monitor.domain.events import EventKind
from monitor.domain.facts import Deprecated, Fact, InStage, Listed, NoRetirement, ReplacedBy, Retires, Spec, SpecName, Stage
from monitor.domain.readings import Outcome, Parsed, SourceFacts
from monitor.domain.when import When
from tests.builders import day, key, listing, on, reading, skipped, source, statement, when
from tests.domain.memory import Memory, kinds

FEBRUARY, MARCH = Retires(when("2026-02-13")), Retires(when("2026-03-01"))
OTHER = statement(FEBRUARY, "gpt-4o")  # keeps a page from being empty
API = listing()
TORN = Parsed(cut=True)
TEXT, IMAGE = Spec(SpecName.INPUT_MODALITY, "text"), Spec(SpecName.INPUT_MODALITY, "image")


@pytest.fixture
def memory() -> Memory:
    return Memory()


# Supersession


def test_a_later_word_of_the_same_source_replaces_the_earlier(memory: Memory) -> None:
    memory.reads(day(0), FEBRUARY)
    assert memory.reads(day(1), MARCH) == [EventKind.RETIREMENT_MOVED]
    assert (memory.state().retires, memory.state().disputed_slots, len(memory.claims)) == (MARCH.on, (), 1)


def test_a_set_of_values_replaces_the_set_before(memory: Memory) -> None:
    memory.reads(day(0), ReplacedBy("gpt-5"), ReplacedBy("gpt-5-mini"), TEXT, IMAGE)
    memory.reads(day(1), ReplacedBy("gpt-5-nano"), ReplacedBy("gpt-5-mini"), TEXT)
    assert memory.state().replacements == ("gpt-5-mini", "gpt-5-nano")
    modalities = memory.state().belief("input_modality")
    assert modalities
    assert modalities.values == ("text",)


def test_stating_nothing_replaces_nothing(memory: Memory) -> None:
    memory.reads(day(0), Deprecated(when("2026-01-01")), ReplacedBy("gpt-5"), InStage(Stage.DEPRECATED), OTHER)
    before = memory.claims
    for later in (1, 2, 3):
        assert memory.reads(day(later), OTHER, statement(FEBRUARY, "o1"), statement(FEBRUARY, "o3")) != [EventKind.CLAIM_CORRECTED]
    assert set(before) <= set(memory.claims)


def test_one_source_does_not_replace_the_words_of_another(memory: Memory) -> None:
    memory.reads(day(0), FEBRUARY)
    memory.reads(day(1), MARCH, by=source("litellm", authority=Authority.AGGREGATOR))
    assert memory.state().retires == FEBRUARY.on


def test_a_page_can_lower_its_own_word_but_never_raise_it(memory: Memory) -> None:
    litellm = source("litellm", authority=Authority.AGGREGATOR)
    raised, lowered = statement(FEBRUARY, authority=Authority.OPERATOR), statement(FEBRUARY, "o1", authority=Authority.REPORT)
    memory.reads(day(0), raised, lowered, by=litellm)
    assert [claim.authority for claim in memory.claims] == [Authority.AGGREGATOR, Authority.REPORT]


def test_a_value_that_only_changed_its_place_keeps_the_day_it_was_first_seen(memory: Memory) -> None:
    memory.reads(day(0), statement(FEBRUARY, said_on="2026-01-01"))
    assert memory.reads(day(5), statement(FEBRUARY, status=True)) == []
    assert [(claim.first_seen_at, claim.recorded_at) for claim in memory.claims] == [(day(0), day(5))]


def test_a_date_that_comes_back_after_another_is_new_again(memory: Memory) -> None:
    for at, fact in enumerate((FEBRUARY, MARCH, FEBRUARY)):
        memory.reads(day(at), fact)
    assert memory.claims[0].first_seen_at == day(2)


def test_a_fact_stated_twice_is_one_claim(memory: Memory) -> None:
    memory.reads(day(0), statement(FEBRUARY, quote="in the table"), statement(FEBRUARY, quote="in the text"))
    assert [claim.statement.quote for claim in memory.claims] == ["in the table"]


def test_a_rewording_without_new_facts_is_no_news_and_writes_nothing(memory: Memory) -> None:
    memory.reads(day(0), statement(FEBRUARY, quote="retires on Feb 13"))
    changes = memory.take(reading([statement(FEBRUARY, quote="will be shut down on 2026-02-13")], at=day(1)))
    assert (changes.events, changes.claims.added, changes.claims.updated) == ((), (), ())


# A date that has passed


@pytest.mark.parametrize(
    "weaker",
    [
        Retires(when("2026-02-13", floor=True)),
        Retires(when("2026-02-13", floor=True), promise=True),
        Retires(when("2026-02", floor=True)),
        Retires(when("2026-02")),
        Retires(when("2026-Q1")),
        Retires(when("2026")),
    ],
)
def test_saying_a_past_date_less_exactly_never_unretires(memory: Memory, weaker: Retires) -> None:
    memory.reads(day(0), FEBRUARY)
    for at in ("2026-02-15", "2026-02-16"):
        assert memory.reads(on(at), weaker) == []
    assert memory.state().stage_on(on("2026-02-16")) is Stage.RETIRED


def test_losing_the_clock_of_a_past_date_never_unretires(memory: Memory) -> None:
    memory.reads(day(0), Retires(when("2026-02-13", at=on("2026-02-13", "18:00"))))
    assert memory.reads(on("2026-02-13", "19:00"), FEBRUARY) == []
    assert memory.state().stage_on(on("2026-02-13", "19:00")) is Stage.RETIRED


def test_weakening_in_one_place_of_a_page_while_another_stays_never_unretires(memory: Memory) -> None:
    floor = statement(Retires(FEBRUARY.on.as_floor()), said_on="2025-12-01")
    memory.reads(day(0), statement(FEBRUARY, status=True), floor)
    weaker = statement(Retires(FEBRUARY.on.as_floor()), status=True)
    assert memory.reads(on("2026-02-15"), weaker, floor) == []
    assert memory.state().retired_at(on("2026-02-15"))


def test_a_date_ahead_can_be_weakened(memory: Memory) -> None:
    memory.reads(day(0), FEBRUARY)
    assert memory.reads(day(1), Retires(FEBRUARY.on.as_floor())) == [EventKind.RETIREMENT_MOVED]


@pytest.mark.parametrize("later", [when("2026-06-01", floor=True), when("2026-06-01"), when("2026-03")])
def test_a_past_date_can_be_moved_to_a_later_one(memory: Memory, later: When) -> None:
    memory.reads(day(0), FEBRUARY)
    assert memory.reads(on("2026-02-15"), Retires(later)) == [EventKind.RETIREMENT_MOVED]
    assert memory.state().retired_at(on("2026-02-15")) is None


# Explicit absence


def test_no_date_announced_after_a_date_cancels_it(memory: Memory) -> None:
    memory.reads(day(0), FEBRUARY)
    assert memory.reads(day(1), NoRetirement()) == [EventKind.RETIREMENT_CANCELLED]
    assert (memory.state().retires, memory.state().cancelled) == (None, True)


def test_a_date_after_no_date_is_scheduled(memory: Memory) -> None:
    assert memory.reads(day(0), NoRetirement()) == []
    assert memory.reads(day(1), FEBRUARY) == [EventKind.DEPRECATION_ANNOUNCED, EventKind.RETIREMENT_SCHEDULED]


def test_a_listings_null_counts_after_two_good_readings(memory: Memory) -> None:
    memory.reads(day(0), Listed(), FEBRUARY, by=API)
    assert memory.reads(day(1), Listed(), NoRetirement(), by=API) == []
    assert memory.state().retires == FEBRUARY.on
    assert memory.reads(day(2), Listed(), NoRetirement(), by=API) == [EventKind.RETIREMENT_CANCELLED]


def test_a_listings_null_seen_twice_at_one_instant_counts_once(memory: Memory) -> None:
    memory.reads(day(0), Listed(), FEBRUARY, by=API)
    assert memory.reads(day(1), Listed(), NoRetirement(), by=API) == []
    changes = memory.take(reading([Listed(), NoRetirement()], API, day(1)))
    assert (changes.events, changes.claims.updated) == ((), ())


def test_a_listings_null_that_was_a_slip_changes_nothing(memory: Memory) -> None:
    memory.reads(day(0), Listed(), FEBRUARY, by=API)
    slip: list[Fact] = [NoRetirement(), FEBRUARY, NoRetirement()]
    for at, fact in enumerate(slip, start=1):
        assert memory.reads(day(at), Listed(), fact, by=API) == []
    assert memory.state().retires == FEBRUARY.on


def test_an_absent_field_never_speaks(memory: Memory) -> None:
    memory.reads(day(0), Listed(), FEBRUARY, by=API)
    for at in (1, 2, 3):
        assert memory.reads(day(at), Listed(), by=API) == []
    assert (memory.state().retires, memory.state().unconfirmed) == (FEBRUARY.on, False)


def test_a_listing_that_always_said_null_is_no_news(memory: Memory) -> None:
    assert memory.reads(day(0), Listed(), NoRetirement(), by=API) == [EventKind.MODEL_LISTED]
    assert memory.reads(day(1), Listed(), NoRetirement(), by=API) == []


# Vanished rows


def test_a_row_with_a_past_date_that_leaves_changes_nothing(memory: Memory) -> None:
    memory.take(reading([statement(FEBRUARY, name) for name in "abc"], at=day(0)))
    for at in ("2026-02-20", "2026-02-21", "2026-02-22"):
        changes = memory.take(reading([statement(FEBRUARY, name) for name in "ab"], at=on(at)))
        assert (changes.verdict.outcome, changes.events, changes.claims.updated) == (Outcome.GOOD, (), ())


def test_a_row_with_a_future_date_gone_from_two_good_readings_is_unconfirmed_and_keeps_its_date(memory: Memory) -> None:
    memory.take(reading([statement(MARCH, name) for name in "abc"], at=day(0)))
    two = [statement(MARCH, name) for name in "ab"]
    assert kinds(memory.take(reading(two, at=day(1)))) == []
    assert not memory.state("c").unconfirmed
    second = memory.take(reading(two, at=day(2)))
    assert [(event.kind, event.key.model, event.after) for event in second.events] == [
        (EventKind.RETIREMENT_UNCONFIRMED, "c", "2026-03-01")
    ]
    assert (memory.state("c").retires, memory.state("c").unconfirmed) == (MARCH.on, True)
    assert kinds(memory.take(reading(two, at=day(3)))) == []


def test_a_row_gone_that_passes_its_date_before_the_second_reading_is_history(memory: Memory) -> None:
    memory.take(reading([statement(FEBRUARY, name) for name in "abc"], at=day(0)))
    two = [statement(FEBRUARY, name) for name in "ab"]
    for at in ("2026-02-13", "2026-02-15"):
        assert kinds(memory.take(reading(two, at=on(at)))) == []
    assert not memory.state("c").unconfirmed


def test_a_row_that_reappears_is_confirmed_again(memory: Memory) -> None:
    three, two = ([statement(MARCH, name) for name in names] for names in ("abc", "ab"))
    for at, said in enumerate((three, two, three, two)):
        assert kinds(memory.take(reading(said, at=day(at)))) == [] or at == 0
    assert memory.state("c").claim("retires").missing_since == day(3)  # type: ignore[union-attr]
    memory.take(reading(two, at=day(4)))
    assert memory.state("c").unconfirmed
    assert kinds(memory.take(reading(three, at=day(5)))) == []
    assert not memory.state("c").unconfirmed
    assert {claim.first_seen_at for claim in memory.claims} == {day(0)}


def test_an_unconfirmed_row_that_reappears_with_another_date_has_moved(memory: Memory) -> None:
    three, two = ([statement(MARCH, name) for name in names] for names in ("abc", "ab"))
    for at, said in enumerate((three, two, two)):
        memory.take(reading(said, at=day(at)))
    moved = memory.take(reading([*two, statement(Retires(when("2026-04-01")), "c")], at=day(3)))
    assert kinds(moved) == [EventKind.RETIREMENT_MOVED]
    assert not memory.state("c").unconfirmed


# Delisting


def test_a_delisting_takes_two_good_readings_and_a_relisting_one(memory: Memory) -> None:
    three, two = ([statement(Listed(), name) for name in names] for names in ("abc", "ab"))
    memory.take(reading(three, API, day(0)))
    assert kinds(memory.take(reading(two, API, day(1)))) == []
    assert memory.state("c").listed
    assert kinds(memory.take(reading(two, API, day(2)))) == [EventKind.MODEL_DELISTED]
    assert (memory.state("c").listed, memory.state("c").stage_on(day(2))) == (False, Stage.RETIRED)
    assert kinds(memory.take(reading(three, API, day(3)))) == [EventKind.MODEL_LISTED]
    assert memory.state("c").stage_on(day(3)) is Stage.ACTIVE


def test_a_name_that_an_announcement_no_longer_mentions_is_not_delisted(memory: Memory) -> None:
    three, two = ([statement(Listed(), name) for name in names] for names in ("abc", "ab"))
    for at, said in enumerate((three, two, two, two)):
        memory.take(reading(said, at=day(at)))
    assert memory.state("c").listed


def test_the_dates_of_a_delisted_model_are_not_called_unconfirmed(memory: Memory) -> None:
    others = [statement(Listed(), name) for name in "abde"]
    memory.take(reading([*others, statement(Listed(), "c"), statement(MARCH, "c")], API, day(0)))
    found = [kinds(memory.take(reading(others, API, day(at)))) for at in (1, 2, 3)]
    assert found == [[], [EventKind.MODEL_DELISTED], []]


# Partial readings


def test_a_partial_reading_withdraws_nothing_and_misses_nothing(memory: Memory) -> None:
    memory.take(reading([statement(MARCH, name) for name in "abcde"], API, day(0)))
    for at in (1, 2, 3):
        changes = memory.take(reading([statement(MARCH, "a")], API, day(at), parsed=TORN))
        assert (changes.verdict.outcome, changes.events, changes.claims.updated) == (Outcome.PARTIAL, (), ())


def test_what_a_partial_reading_adds_or_moves_counts(memory: Memory) -> None:
    memory.reads(day(0), MARCH, OTHER)
    odd = Parsed(skipped=(skipped("no model"),))
    found = memory.reads(day(1), Retires(when("2026-04-01")), statement(FEBRUARY, "o1"), OTHER, parsed=odd)
    assert found == [EventKind.RETIREMENT_MOVED, EventKind.DEPRECATION_ANNOUNCED, EventKind.RETIREMENT_SCHEDULED]


def test_a_partial_reading_leaves_a_value_that_it_does_not_repeat(memory: Memory) -> None:
    memory.reads(day(0), ReplacedBy("gpt-5"), ReplacedBy("gpt-5-mini"), TEXT, IMAGE)
    assert memory.reads(day(1), ReplacedBy("gpt-5"), TEXT, parsed=TORN) == []
    assert memory.state().replacements == ("gpt-5", "gpt-5-mini")


def test_a_partial_reading_moves_only_the_part_of_the_page_it_states(memory: Memory) -> None:
    table, old = statement(FEBRUARY, status=True), statement(MARCH, said_on="2025-10-01")
    memory.reads(day(0), table, old)
    moved = statement(Retires(when("2026-02-20")), status=True)
    assert memory.reads(day(1), moved, parsed=TORN) == [EventKind.RETIREMENT_MOVED]
    assert {claim.fact for claim in memory.claims} == {moved.fact, MARCH}


@pytest.mark.parametrize("by", [source(), API])
def test_no_date_in_a_partial_reading_withdraws_no_date(memory: Memory, by: SourceFacts) -> None:
    memory.reads(day(0), FEBRUARY, by=by)
    for at in (1, 2, 3):
        assert memory.reads(day(at), NoRetirement(), by=by, parsed=TORN) == []
    assert memory.state().retires == FEBRUARY.on


def test_no_date_in_a_partial_reading_is_heard_where_there_was_none(memory: Memory) -> None:
    memory.reads(day(0), OTHER)
    memory.reads(day(1), OTHER, NoRetirement(), parsed=TORN)
    assert memory.state().cancelled


def test_a_partial_reading_between_two_good_ones_does_not_confirm_an_absence(memory: Memory) -> None:
    three, two = ([statement(Listed(), name) for name in names] for names in ("abc", "ab"))
    memory.take(reading(three, API, day(0)))
    assert kinds(memory.take(reading(two, API, day(1)))) == []
    assert kinds(memory.take(reading(two, API, day(2), parsed=TORN))) == []
    assert kinds(memory.take(reading(two, API, day(3)))) == [EventKind.MODEL_DELISTED]


def test_a_foreign_reading_counts_for_nothing(memory: Memory) -> None:
    memory.reads(day(0), FEBRUARY)
    changes = memory.take(reading([MARCH, statement(FEBRUARY, "o1")], at=day(1), parsed=Parsed(drift="a login page")))
    assert (changes.verdict.outcome, changes.events, changes.claims.added, changes.claims.updated) == (Outcome.FOREIGN, (), (), ())


def test_what_a_replaced_capture_would_have_shown_comes_one_capture_later(memory: Memory) -> None:
    memory.reads(day(0), FEBRUARY, OTHER)
    memory.take(reading([], at=day(1)))
    assert memory.reads(day(2), MARCH, OTHER) == [EventKind.RETIREMENT_MOVED]


def test_a_model_is_known_by_its_scope(memory: Memory) -> None:
    free, paid = (statement(fact, key(tier=tier)) for fact, tier in ((FEBRUARY, "free"), (MARCH, "paid")))
    memory.reads(day(0), free, paid)
    assert memory.state(key(tier="free")).retires == FEBRUARY.on
    assert memory.state(key(tier="paid")).retires == MARCH.on
