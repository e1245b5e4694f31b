"""Whether a source's silence can be trusted, and that a change of this is told once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.domain.events import EventKind
from monitor.domain.health import Health, SourceState, health_events, health_of, read_reason
from monitor.domain.identity import Kind
from monitor.domain.readings import Level, Mark, Outcome, Past, Shape
from tests.builders import day, key, source

CADENCE = timedelta(hours=6)


def mark(at: float, outcome: Outcome = Outcome.GOOD) -> Mark:
    return Mark(day(at), outcome, Shape(10))


def state(good: float | None, last: Mark | None, reason: str = "", page: str = "") -> SourceState:
    return SourceState(source(), CADENCE, None if good is None else mark(good), last, reason, page)


@pytest.mark.parametrize(
    ("known", "now", "health"),
    [
        (state(None, None), day(9), Health.NEVER_READ),
        (state(0, mark(0)), day(0.1), Health.GOOD),
        (state(0, mark(0)), day(0.75), Health.GOOD),
        (state(0, mark(0)), day(0.76), Health.STALE),
        (state(0, mark(0.1, Outcome.PARTIAL)), day(0.2), Health.DRIFTING),
        (state(0, mark(0.1, Outcome.FOREIGN)), day(0.2), Health.DRIFTING),
        (state(0, mark(0.1, Outcome.FAILED)), day(0.2), Health.FAILING),
        (state(0, mark(0.7, Outcome.FAILED)), day(0.8), Health.STALE),
        (state(None, mark(0, Outcome.FAILED)), day(9), Health.FAILING),
    ],
)
def test_health_follows_from_the_last_readings(known: SourceState, now: datetime, health: Health) -> None:
    assert health_of(known, now) is health


def kinds(known: SourceState, told: Health | None, now: datetime) -> list[EventKind]:
    return [event.kind for event in health_events(known, told, now)]


def test_a_change_of_health_is_an_event() -> None:
    good, drifting = state(0, mark(0)), state(0, mark(0.1, Outcome.PARTIAL))
    failing = state(0, mark(0.1, Outcome.FAILED))
    assert kinds(drifting, None, day(0.2)) == [EventKind.SOURCE_DRIFTED]
    assert kinds(failing, Health.DRIFTING, day(0.2)) == [EventKind.SOURCE_FAILED]
    assert kinds(good, Health.FAILING, day(2)) == [EventKind.SOURCE_STALE]
    assert kinds(good, Health.STALE, day(0.2)) == [EventKind.SOURCE_RECOVERED]


def test_a_health_that_was_told_is_not_told_again() -> None:
    assert kinds(state(0, mark(0.1, Outcome.FAILED)), Health.FAILING, day(0.2)) == []
    assert kinds(state(0, mark(0)), Health.GOOD, day(0.1)) == []


def test_a_source_that_is_well_from_the_start_or_not_yet_visited_is_no_news() -> None:
    assert kinds(state(0, mark(0)), None, day(0.1)) == []
    assert kinds(state(None, None), None, day(9)) == []


def test_an_event_about_a_source_says_why_and_since_when() -> None:
    (drifted,) = health_events(state(0, mark(0.1, Outcome.PARTIAL), "2 claims, 10 before", "page-9"), Health.GOOD, day(0.2))
    assert (drifted.key, drifted.subject, drifted.source) == (key("openai_deprecations"), Kind.SERVICE, "openai_deprecations")
    assert (drifted.before, drifted.after, drifted.quote, drifted.page) == (
        "good",
        "drifting",
        "2 claims, 10 before; last good reading: 2026-01-10T12:00:00+00:00",
        "page-9",
    )
    assert read_reason(drifted) == ("2 claims, 10 before", day(0))
    (stale,) = health_events(state(0, mark(0)), None, day(2))
    assert (stale.before, stale.quote) == ("", "last good reading: 2026-01-10T12:00:00+00:00")
    (failed,) = health_events(state(None, mark(0, Outcome.FAILED)), None, day(1))
    assert failed.quote == "last good reading: never"
    assert [read_reason(event) for event in (stale, failed)] == [("", day(0)), ("", None)]
    assert read_reason(replace(failed, quote="HTTP 503")) == ("HTTP 503", None)


def halved(at: float, since: float, times: int, good: float) -> SourceState:
    """Half of the claims, as *times* before since then; read in full in between."""
    past = Past(partial=(Level(Shape(5), day(since), day(at), times),))
    return SourceState(source(), CADENCE, mark(good), Mark(day(at), Outcome.PARTIAL, Shape(5)), "5 claims", "", past)


def test_a_source_that_varies_as_it_has_for_days_does_not_nag() -> None:
    assert health_of(halved(4, 1, 4, 3.9), day(4)) is Health.GOOD
    assert halved(4, 1, 4, 3.9).varies


@pytest.mark.parametrize(
    ("state_then", "why"),
    [
        (halved(4, 1, 3, 3.9), "three times are not yet a habit"),
        (halved(4, 2.5, 9, 3.9), "less than 48 hours are not, either"),
        (halved(4, 1, 9, 0.5), "it has not been read in full in between"),
    ],
)
def test_what_is_no_habit_is_drift(state_then: SourceState, why: str) -> None:
    assert not state_then.varies, why
    assert health_of(replace(state_then, cadence=timedelta(days=9)), day(4)) is Health.DRIFTING


def test_another_shape_than_the_usual_is_drift() -> None:
    usual = halved(4, 1, 9, 3.9)
    assert health_of(replace(usual, last=Mark(day(4), Outcome.PARTIAL, Shape(2))), day(4)) is Health.DRIFTING


def test_varying_does_not_hide_that_a_source_is_stale() -> None:
    assert health_of(halved(4, 1, 9, 3.9), day(5)) is Health.STALE
