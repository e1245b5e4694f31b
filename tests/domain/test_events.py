"""Every kind of event from readings, from one pair of readings each; and what is no event."""

import pytest

from monitor.domain.events import ABOUT_SOURCES, FROM_CALENDAR, Event, EventKind
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
)
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.reconcile.diff import diff
from monitor.domain.reconcile.resolve import resolve
from tests.builders import claim, day, on, source, when

OLD, NEW = Spec(SpecName.CONTEXT_WINDOW, "128000"), Spec(SpecName.CONTEXT_WINDOW, "1047576")
CHEAP, DEAR = Spec(SpecName.INPUT_PRICE, "0.4"), Spec(SpecName.INPUT_PRICE, "0.8")
FEBRUARY, MARCH = Retires(when("2026-02-13")), Retires(when("2026-03-01"))
FLOOR = Retires(when("2026-02-13", floor=True))
PROMISE = Retires(when("2026-02-13", floor=True), promise=True)


def state(*facts: Fact) -> Lifecycle | None:
    return resolve([claim(fact) for fact in facts])


def events(before: list[Fact], after: list[Fact]) -> list[tuple[EventKind, str, str, str]]:
    new = state(*after)
    assert new
    return [(event.kind, event.before, event.after, event.direction) for event in diff(state(*before), new, day(1))]


CASES: list[tuple[list[Fact], list[Fact], EventKind, str, str]] = [
    ([NoRetirement()], [NoRetirement(), Listed()], EventKind.MODEL_LISTED, "", ""),
    ([AliasOf("a")], [AliasOf("b")], EventKind.ALIAS_MOVED, "a", "b"),
    ([Listed()], [Listed(), Deprecated(when("2026-01"))], EventKind.DEPRECATION_ANNOUNCED, "", "2026-01"),
    ([Listed()], [Listed(), InStage(Stage.DEPRECATED)], EventKind.DEPRECATION_ANNOUNCED, "", ""),
    ([InStage(Stage.DEPRECATED)], [InStage(Stage.DEPRECATED), FEBRUARY], EventKind.RETIREMENT_SCHEDULED, "", "2026-02-13"),
    ([FEBRUARY], [MARCH], EventKind.RETIREMENT_MOVED, "2026-02-13", "2026-03-01"),
    ([Retires(when("2026-02"))], [FEBRUARY], EventKind.RETIREMENT_REFINED, "2026-02", "2026-02-13"),
    ([FEBRUARY], [NoRetirement()], EventKind.RETIREMENT_CANCELLED, "2026-02-13", ""),
    ([FEBRUARY], [FEBRUARY, Redirects(when("2026-02-01"))], EventKind.REDIRECT_SCHEDULED, "", "2026-02-01"),
    ([Redirects(when("2026-02"))], [Redirects(when("2026-03"))], EventKind.REDIRECT_SCHEDULED, "2026-02", "2026-03"),
    ([Listed()], [Listed(), ReplacedBy("b"), ReplacedBy("a")], EventKind.REPLACEMENT_NAMED, "", "a;b"),
    ([ReplacedBy("a")], [ReplacedBy("b")], EventKind.REPLACEMENT_CHANGED, "a", "b"),
    ([OLD], [NEW], EventKind.SPEC_CHANGED, "128000", "1047576"),
    ([CHEAP], [DEAR], EventKind.PRICE_CHANGED, "0.4", "0.8"),
    ([FEBRUARY], [FEBRUARY, MARCH], EventKind.DISPUTE_OPENED, "2026-03-01", "2026-02-13"),
    ([FEBRUARY, MARCH], [FEBRUARY], EventKind.DISPUTE_CLOSED, "", "2026-02-13"),
]


@pytest.mark.parametrize(("before", "after", "kind", "old", "new"), CASES, ids=[str(case[2]) for case in CASES])
def test_a_change_of_what_is_believed_is_one_event(before: list[Fact], after: list[Fact], kind: EventKind, old: str, new: str) -> None:
    assert [found[:3] for found in events(before, after)] == [(kind, old, new)]


def test_every_kind_of_event_is_tried_somewhere() -> None:
    elsewhere = {EventKind.MODEL_DELISTED, EventKind.RETIREMENT_UNCONFIRMED, EventKind.CLAIM_CORRECTED} | FROM_CALENDAR | ABOUT_SOURCES
    assert {case[2] for case in CASES} | elsewhere == set(EventKind)


def test_a_model_that_is_gone_from_its_listing_is_delisted() -> None:
    before, after = resolve([claim(Listed())]), resolve([claim(Listed(), missing=day(1), gone=day(2))])
    assert after
    assert [event.kind for event in diff(before, after, day(2))] == [EventKind.MODEL_DELISTED]
    assert diff(None, after, day(2)) == ()


def test_a_date_whose_row_is_gone_is_unconfirmed_once() -> None:
    gone = resolve([claim(FEBRUARY, missing=day(1), gone=day(2))])
    assert gone
    assert [event.kind for event in diff(state(FEBRUARY), gone, day(2))] == [EventKind.RETIREMENT_UNCONFIRMED]
    assert diff(gone, gone, day(3)) == ()


def test_an_older_word_that_is_believed_again_after_its_day_is_not_called_unconfirmed() -> None:
    gone = resolve([claim(FEBRUARY, missing=day(1), gone=day(2))])
    assert gone
    assert diff(state(FEBRUARY), gone, on("2026-03-01")) == ()


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (FEBRUARY, MARCH, "postponed"),
        (MARCH, FEBRUARY, "brought_forward"),
        (FEBRUARY, FLOOR, "postponed"),
        (FLOOR, FEBRUARY, "brought_forward"),
        (Retires(when("2026-03")), FEBRUARY, "brought_forward"),
        (
            Retires(when("2026-02-13", at=on("2026-02-13", "09:00"))),
            Retires(when("2026-02-13", at=on("2026-02-13", "17:00"))),
            "postponed",
        ),
    ],
)
def test_a_move_says_in_which_direction(before: Retires, after: Retires, direction: str) -> None:
    assert events([before], [after])[0][::3] == (EventKind.RETIREMENT_MOVED, direction)


def test_a_bound_that_becomes_exact_is_a_move() -> None:
    assert events([FLOOR], [FEBRUARY]) == [(EventKind.RETIREMENT_MOVED, "not_before:2026-02-13", "2026-02-13", "brought_forward")]


def test_a_promise_that_becomes_an_exact_day_announces_the_end() -> None:
    assert [found[0] for found in events([PROMISE], [FEBRUARY])] == [EventKind.DEPRECATION_ANNOUNCED, EventKind.RETIREMENT_MOVED]


def test_a_promise_that_becomes_a_schedule_announces_the_end_and_moves_nothing() -> None:
    assert [found[0] for found in events([PROMISE], [FLOOR])] == [EventKind.DEPRECATION_ANNOUNCED]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Retires(when("2026-Q1")), FEBRUARY),
        (FEBRUARY, Retires(when("2026-02-13", at=on("2026-02-13", "18:00")))),
        (FEBRUARY, Retires(when("2026-02"))),
    ],
)
def test_saying_the_same_more_or_less_exactly_is_no_move(before: Retires, after: Retires) -> None:
    assert [found[0] for found in events([before], [after])] == [EventKind.RETIREMENT_REFINED]


def test_a_printed_time_that_is_dropped_is_no_event() -> None:
    assert events([Retires(when("2026-02-13", at=on("2026-02-13", "18:00")))], [FEBRUARY]) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([Listed()], [Listed(), AliasOf("a")]),
        ([Listed()], [Listed(), NEW, CHEAP]),
        ([FEBRUARY, ReplacedBy("a")], [FEBRUARY]),
        ([Listed(), Redirects(when("2026-02"))], [Listed(), InStage(Stage.DEPRECATED)]),
        ([Released(when("2025-04-14"))], [Released(when("2025-04-15"))]),
        ([Deprecated(when("2026-01-01"))], [Deprecated(when("2026-01-02"))]),
        ([NoRetirement()], [Released(when("2025"))]),
    ],
)
def test_what_appears_beside_or_is_no_longer_said_is_no_event(before: list[Fact], after: list[Fact]) -> None:
    assert events(before, after) == []


def test_a_withdrawn_inference_is_a_correction() -> None:
    assert [found[0] for found in events([FEBRUARY], [Listed()])] == [EventKind.MODEL_LISTED, EventKind.CLAIM_CORRECTED]


def test_a_dispute_with_no_date_names_it() -> None:
    disputed = resolve([claim(FEBRUARY), claim(NoRetirement(), source("openai_blog"))])
    assert disputed
    (event,) = diff(state(FEBRUARY), disputed, day(1))
    assert (event.kind, event.before, event.after) == (EventKind.DISPUTE_OPENED, "no_retirement", "2026-02-13")


def test_the_sides_of_a_dispute_are_told_apart_by_their_bounds() -> None:
    assert events([FEBRUARY], [FEBRUARY, FLOOR]) == [(EventKind.DISPUTE_OPENED, "not_before:2026-02-13", "2026-02-13", "")]
    assert events([FEBRUARY, FLOOR], [FLOOR])[-1][:3] == (EventKind.DISPUTE_CLOSED, "", "not_before:2026-02-13")


def test_a_dispute_that_goes_on_is_no_news() -> None:
    assert events([FEBRUARY, MARCH], [FEBRUARY, Retires(when("2026-04-01"))]) == []


def test_the_evidence_of_a_deprecation_is_the_word_that_announces_it() -> None:
    active = claim(InStage(Stage.ACTIVE), source("openai_model_pages"))
    after = resolve([active, claim(FEBRUARY)])
    assert after
    announced = diff(resolve([active]), after, day(1))[0]
    assert (announced.kind, announced.fact, announced.source) == (EventKind.DEPRECATION_ANNOUNCED, "retires", "openai_deprecations")


def test_an_event_about_what_nobody_says_any_more_has_the_old_evidence() -> None:
    before, after = state(FEBRUARY), state(Released(when("2025")))
    assert after
    event: Event = diff(before, after, day(1))[0]
    assert event.source == "openai_deprecations"
