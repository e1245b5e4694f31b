"""The decider as a whole: baselines, families, corrections, repetition."""

from dataclasses import replace

import pytest

from monitor.domain.claims import Authority, Statement
from monitor.domain.events import EventKind
from monitor.domain.facts import Deprecated, Fact, InStage, Listed, NoRetirement, ReplacedBy, Retires, Spec, SpecName, Stage
from monitor.domain.identity import Kind
from monitor.domain.readings import Outcome, Parsed
from monitor.domain.reconcile.decide import Changes
from tests.builders import day, key, listing, on, reading, source, statement, when
from tests.domain.memory import Memory, kinds

FEBRUARY, MARCH = Retires(when("2026-02-13")), Retires(when("2026-03-01"))
API = listing()
SCHEDULED = [EventKind.DEPRECATION_ANNOUNCED, EventKind.RETIREMENT_SCHEDULED]


@pytest.fixture
def memory() -> Memory:
    return Memory()


def told(changes: Changes) -> list[tuple[str, str, str, str]]:
    return [(event.key.model, event.fact, event.before, event.after) for event in changes.events]


def test_the_first_good_reading_is_the_baseline_and_is_recorded_with_events(memory: Memory) -> None:
    first = memory.take(reading([FEBRUARY]))
    assert (first.baseline, kinds(first)) == (True, SCHEDULED)
    assert not memory.take(reading([FEBRUARY], at=day(1))).baseline


def test_a_first_reading_that_is_not_good_is_no_baseline(memory: Memory) -> None:
    assert not memory.take(reading([FEBRUARY], parsed=Parsed(cut=True))).baseline
    assert memory.take(reading([FEBRUARY], at=day(1))).baseline


def test_an_event_carries_its_evidence(memory: Memory) -> None:
    changes = memory.take(reading([statement(FEBRUARY, "o1", "o1 retires on February 13, 2026", kind=Kind.SERVICE)]))
    scheduled = changes.events[1]
    assert (scheduled.at, scheduled.source, scheduled.quote) == (day(0), "openai_deprecations", "o1 retires on February 13, 2026")
    assert (scheduled.url, scheduled.page) == ("https://openai_deprecations.test", reading([]).pages[0][0].hash)
    assert (scheduled.before, scheduled.after, scheduled.subject) == ("", "2026-02-13", Kind.SERVICE)


def test_the_same_pages_polled_twice_bring_no_events(memory: Memory) -> None:
    said: list[Statement | Fact] = [
        Listed(),
        FEBRUARY,
        ReplacedBy("gpt-5"),
        Spec(SpecName.CONTEXT_WINDOW, "1"),
        statement(NoRetirement(), "o1"),
    ]
    memory.take(reading(said))
    for at in (0, 1):
        again = memory.take(reading(said, at=day(at)))
        assert (again.events, again.claims.added, again.claims.updated, again.lifecycles) == ((), (), (), ())


def test_events_are_the_difference_of_what_all_sources_amount_to(memory: Memory) -> None:
    memory.take(reading([FEBRUARY]))
    assert memory.reads(day(1), FEBRUARY, by=API) == []
    assert memory.reads(day(2), MARCH, by=source("litellm", authority=Authority.AGGREGATOR)) == []


def test_a_service_has_a_lifecycle_like_a_model(memory: Memory) -> None:
    memory.take(reading([statement(FEBRUARY, "Assistants API", kind=Kind.SERVICE)]))
    assert (memory.state("Assistants API").kind, memory.state("Assistants API").retires) == (Kind.SERVICE, FEBRUARY.on)


# Families


def test_a_family_row_schedules_the_retirement_of_its_listed_members(memory: Memory) -> None:
    memory.take(reading([statement(Listed(), "gpt-realtime-2025-08-28"), statement(Listed(), "gpt-realtime-2.1")], API))
    changes = memory.take(reading([statement(FEBRUARY, "gpt-realtime", family=True)], at=day(1)))
    assert {event.key.model for event in changes.events} == {"gpt-realtime", "gpt-realtime-2025-08-28"}


def test_a_model_that_is_listed_later_inherits_from_its_family(memory: Memory) -> None:
    memory.take(reading([statement(FEBRUARY, "gpt-realtime", family=True)]))
    assert memory.reads(day(1), statement(Listed(), "gpt-realtime-preview"), by=API) == [EventKind.MODEL_LISTED, *SCHEDULED]


def test_a_familys_date_that_moves_moves_its_members(memory: Memory) -> None:
    memory.take(reading([statement(Listed(), "gpt-realtime-preview")], API))
    memory.take(reading([statement(FEBRUARY, "gpt-realtime", family=True)]))
    assert memory.reads(day(1), statement(MARCH, "gpt-realtime", family=True)) == [EventKind.RETIREMENT_MOVED] * 2


def test_a_replacement_named_later_leaves_the_family(memory: Memory) -> None:
    memory.take(reading([statement(Listed(), "gpt-realtime-mini")], API))
    memory.take(reading([statement(FEBRUARY, "gpt-realtime", family=True)]))
    assert memory.state("gpt-realtime-mini").retires
    named = [statement(fact, "gpt-realtime", family=True) for fact in (FEBRUARY, ReplacedBy("gpt-realtime-mini"))]
    changes = memory.take(reading(named, at=day(1)))
    assert ("gpt-realtime-mini", "retires", "2026-02-13", "") in told(changes)
    assert memory.state("gpt-realtime-mini").retires is None
    assert [event.kind for event in changes.events if event.key.model == "gpt-realtime-mini"] == [EventKind.CLAIM_CORRECTED]


# Reader upgrades


def test_what_a_newer_reader_reads_differently_is_a_correction_and_no_move(memory: Memory) -> None:
    memory.take(reading([FEBRUARY, InStage(Stage.LEGACY)]))
    changes = memory.take(reading([MARCH, InStage(Stage.DEPRECATED), NoRetirement()], at=day(1), correction=True))
    assert set(kinds(changes)) == {EventKind.CLAIM_CORRECTED}
    assert told(changes) == [("gpt-4.1-mini", "retires", "2026-02-13", "2026-03-01"), ("gpt-4.1-mini", "stage", "legacy", "deprecated")]


def test_a_newer_reader_that_reads_the_same_corrects_nothing(memory: Memory) -> None:
    memory.take(reading([FEBRUARY]))
    assert memory.take(reading([FEBRUARY], at=day(1), correction=True)).events == ()


def test_a_name_that_was_misread_is_believed_no_more(memory: Memory) -> None:
    memory.take(reading([statement(FEBRUARY, "gpt-4 (", kind=Kind.SERVICE), statement(Listed(), "gpt-4 (")]))
    changes = memory.take(reading([statement(FEBRUARY, "gpt-4")], at=day(1), correction=True))
    assert told(changes) == [
        ("gpt-4", "retires", "", "2026-02-13"),
        ("gpt-4 (", "listed", "listed", ""),
        ("gpt-4 (", "retires", "2026-02-13", ""),
    ]
    assert [state.key.model for state in changes.lifecycles] == ["gpt-4"]
    assert {claim.key.model for claim in memory.claims} == {"gpt-4"}


def test_a_misread_name_is_believed_no_more_though_the_page_changed_elsewhere_since(memory: Memory) -> None:
    wrong, right = ([statement(fact, name) for fact in (MARCH, ReplacedBy("gpt-5"))] for name in ("gpt-4 (", "gpt-4"))
    memory.take(reading([*wrong, statement(MARCH, "o1")], body="page-1"))
    memory.take(reading([*wrong, statement(MARCH, "o1"), statement(MARCH, "o3")], at=day(1), body="page-2"))
    last = [*right, statement(MARCH, "o1"), statement(MARCH, "o3")]
    assert set(kinds(memory.take(reading(last, at=day(2), body="page-2", correction=True)))) == {EventKind.CLAIM_CORRECTED}
    assert "gpt-4 (" not in {claim.key.model for claim in memory.claims}
    assert [kinds(memory.take(reading(last, at=day(at), body="page-2"))) for at in (3, 4)] == [[], []]


def test_rows_that_had_left_the_page_before_are_no_misreadings(memory: Memory) -> None:
    old = [statement(FEBRUARY, name) for name in "abc"]
    memory.take(reading(old, body="page-1"))
    memory.take(reading(old[:2], at=on("2026-03-01"), body="page-2"))
    changes = memory.take(reading(old[:2], at=on("2026-03-02"), body="page-2", correction=True))
    assert (changes.events, changes.claims.updated) == ((), ())
    assert memory.state("c").retires == FEBRUARY.on


def test_a_correction_may_weaken_a_past_date_and_needs_no_second_null(memory: Memory) -> None:
    memory.take(reading([Listed(), FEBRUARY, statement(FEBRUARY, "o1"), statement(Listed(), "o1")], API))
    floor = Retires(FEBRUARY.on.as_floor())
    said: list[Statement | Fact] = [Listed(), floor, statement(NoRetirement(), "o1"), statement(Listed(), "o1")]
    changes = memory.take(reading(said, API, on("2026-03-01"), correction=True))
    assert told(changes) == [
        ("gpt-4.1-mini", "retires", "2026-02-13", "not_before:2026-02-13"),
        ("o1", "retires", "2026-02-13", "no_retirement"),
    ]


def test_a_corrected_value_that_nobody_is_told_of_otherwise_is_an_event_too(memory: Memory) -> None:
    memory.take(reading([Deprecated(when("2026-01-01")), ReplacedBy("gpt-5")]))
    changes = memory.take(reading([Deprecated(when("2026-01-02"))], at=day(1), correction=True))
    assert told(changes) == [("gpt-4.1-mini", "deprecated", "2026-01-01", "2026-01-02"), ("gpt-4.1-mini", "replaced_by", "gpt-5", "")]


def test_a_listing_read_again_withdraws_what_it_never_listed(memory: Memory) -> None:
    memory.take(reading([statement(Listed(), name) for name in "abc"], API, body="page-1"))
    memory.take(reading([statement(Listed(), name) for name in "abcd"], API, day(1), body="page-2"))
    said = [statement(Listed(), name) for name in "abd"]
    assert told(memory.take(reading(said, API, day(2), body="page-2", correction=True))) == [("c", "listed", "listed", "")]


# Quality


def test_a_partial_reading_keeps_the_last_good_one_as_its_measure(memory: Memory) -> None:
    memory.take(reading([statement(Listed(), f"m{number}") for number in range(10)]))
    for at in (1, 1.5):
        changes = memory.take(reading([statement(Listed(), "m1")], at=day(at)))
        assert (changes.verdict.outcome, changes.baseline) == (Outcome.PARTIAL, False)


def test_an_accepted_new_shape_speaks_again_in_full(memory: Memory) -> None:
    memory.take(reading([statement(Listed(), f"m{number}") for number in range(10)], API))
    few = [statement(Listed(), "m1")]
    outcomes = [memory.take(reading(few, API, day(at))).verdict.outcome for at in (1, 2, 3)]
    assert outcomes == [Outcome.PARTIAL, Outcome.PARTIAL, Outcome.GOOD]
    assert len(memory.take(reading(few, API, day(4))).events) == 9


def test_scopes_do_not_disturb_each_other(memory: Memory) -> None:
    memory.take(reading([statement(FEBRUARY, key(tier="free")), statement(Listed(), key(tier="paid"))]))
    changes = memory.take(reading([statement(MARCH, key(tier="free")), statement(Listed(), key(tier="paid"))], at=day(1)))
    assert [event.key for event in changes.events] == [key(tier="free")]
    assert replace(changes.events[0], key=key()).before == "2026-02-13"
