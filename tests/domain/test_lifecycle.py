"""Stages, floors and ends: what follows from what is believed, on a given day."""

from datetime import datetime

import pytest

from monitor.domain.facts import Deprecated, Fact, InStage, Listed, NoRetirement, Redirects, Retires, Stage
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.reconcile.resolve import resolve
from tests.builders import claim, day, listing, on, source, when

DAY = Retires(when("2026-02-13"))
FLOOR = Retires(when("2026-02-13", floor=True))
PROMISE = Retires(when("2026-02-13", floor=True), promise=True)
LONG_AFTER = on("2027-06-01")


def state(*facts: Fact, gone: datetime | None = None) -> Lifecycle:
    found = resolve([claim(fact, missing=gone, gone=gone) for fact in facts])
    assert found
    return found


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ([NoRetirement()], Stage.UNKNOWN),
        ([Listed()], Stage.ACTIVE),
        ([Listed(), InStage(Stage.PREVIEW)], Stage.PREVIEW),
        ([Listed(), InStage(Stage.LEGACY)], Stage.LEGACY),
        ([Listed(), InStage(Stage.DEPRECATED)], Stage.DEPRECATED),
        ([Listed(), Deprecated(when("2026-01-01"))], Stage.DEPRECATED),
        ([Listed(), Redirects(when("2026-02-13"))], Stage.DEPRECATED),
        ([Listed(), DAY], Stage.DEPRECATED),
        ([Listed(), InStage(Stage.RETIRED)], Stage.RETIRED),
    ],
)
def test_a_stage_is_computed_for_an_instant(facts: list[Fact], stage: Stage) -> None:
    assert state(*facts).stage_on(day(1)) is stage


def test_a_model_is_retired_once_its_day_has_ended_everywhere() -> None:
    assert state(DAY).stage_on(on("2026-02-14", "11:59")) is Stage.DEPRECATED
    assert state(DAY).stage_on(on("2026-02-14", "12:00")) is Stage.RETIRED


def test_a_month_retires_with_its_last_day_and_a_printed_instant_at_once() -> None:
    month, instant = state(Retires(when("2026-02"))), state(Retires(when("2026-02-13", at=on("2026-02-13", "18:00"))))
    assert month.retired_at(on("2026-03-01", "11:59")) is None
    assert month.retired_at(on("2026-03-01", "12:00")) == on("2026-03-01", "12:00")
    assert instant.retired_at(on("2026-02-13", "18:00")) == on("2026-02-13", "18:00")


def test_a_model_called_retired_before_its_day_is_retired() -> None:
    assert state(DAY, InStage(Stage.RETIRED)).ended_at(day(1)) == day(0)


# Floors


@pytest.mark.parametrize("stage", [Stage.ACTIVE, Stage.PREVIEW, Stage.LEGACY])
def test_a_promise_never_deprecates_nor_retires(stage: Stage) -> None:
    promised = state(PROMISE, InStage(stage))
    assert {promised.stage_on(at) for at in (day(0), on("2026-02-20"), LONG_AFTER)} == {stage}
    assert (promised.announced, promised.soft, promised.overdue(LONG_AFTER.date())) == (False, True, False)


@pytest.mark.parametrize("stage", [None, Stage.ACTIVE, Stage.PREVIEW])
def test_a_floor_in_a_schedule_of_shutdowns_deprecates_and_is_overdue_once_past_but_never_retires(stage: Stage | None) -> None:
    scheduled = state(FLOOR, *([InStage(stage)] if stage else []))
    assert {scheduled.stage_on(at) for at in (day(0), on("2026-02-20"), LONG_AFTER)} == {Stage.DEPRECATED}
    assert not scheduled.overdue(on("2026-02-13").date())
    assert scheduled.overdue(on("2026-02-14").date())
    assert not scheduled.soft


def test_an_overdue_model_retires_on_the_pages_word_or_on_delisting() -> None:
    assert state(FLOOR, InStage(Stage.RETIRED)).stage_on(LONG_AFTER) is Stage.RETIRED
    assert state(FLOOR, Listed(), gone=on("2026-02-20")).stage_on(LONG_AFTER) is Stage.RETIRED


def test_nothing_but_a_floor_is_overdue() -> None:
    assert not state(DAY).overdue(LONG_AFTER.date())
    assert not state(Listed()).overdue(LONG_AFTER.date())


def test_an_exact_day_beside_active_on_one_page_leaves_the_model_active() -> None:
    assert state(DAY, InStage(Stage.ACTIVE)).stage_on(day(0)) is Stage.ACTIVE


def test_active_on_another_page_does_not_undo_an_announced_day() -> None:
    both = resolve([claim(DAY), claim(InStage(Stage.ACTIVE), source("openai_model_pages"))])
    assert both
    assert both.stage_on(day(0)) is Stage.DEPRECATED


@pytest.mark.parametrize("stage", [Stage.PREVIEW, Stage.LEGACY])
def test_an_exact_day_beside_another_living_state_deprecates(stage: Stage) -> None:
    assert state(DAY, InStage(stage)).stage_on(day(0)) is Stage.DEPRECATED


# Ends


def test_reminders_count_to_the_redirect_where_it_comes_first() -> None:
    assert state(DAY, Redirects(when("2026-02-01"))).ends == when("2026-02-01")
    assert state(DAY, Redirects(when("2026-03-01"))).ends == DAY.on
    assert state(DAY).ends == DAY.on
    assert state(Listed()).ends is None


def test_a_promise_counts_only_where_no_other_date_is_known() -> None:
    assert state(PROMISE).ends == PROMISE.on
    redirected = state(PROMISE, Redirects(when("2026-06-01")))
    assert (redirected.ends, redirected.soft) == (when("2026-06-01"), False)


def test_a_delisted_model_knows_when_that_was_confirmed() -> None:
    assert state(Listed(), gone=day(2)).delisted_at == day(2)
    assert state(Listed()).delisted_at is None
    assert state(DAY).delisted_at is None
    assert not state(DAY).listed


def test_a_delisting_does_not_reach_back_into_the_past() -> None:
    assert state(Listed(), gone=day(5)).retired_at(day(4)) is None
    assert state(Listed(), DAY, gone=day(5)).retired_at(LONG_AFTER) == day(5)


def test_who_lists_it_decides_whether_it_is_offered() -> None:
    both = resolve([claim(Listed(), listing(), missing=day(1), gone=day(2)), claim(Listed(), listing("openai_other"))])
    assert both
    assert both.listed
