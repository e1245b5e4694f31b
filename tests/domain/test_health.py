"""Whether a source's silence can be trusted, and that a change of this is told once."""

from datetime import datetime, timedelta

import pytest

from monitor.domain.events import EventKind
from monitor.domain.health import Health, SourceState, health_events, health_of
from monitor.domain.identity import Kind
from monitor.domain.readings import Mark, Outcome, Shape
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
    assert (drifted.before, drifted.after, drifted.quote, drifted.page) == ("good", "drifting", "2 claims, 10 before", "page-9")
    (stale,) = health_events(state(0, mark(0)), None, day(2))
    assert (stale.before, stale.quote) == ("", "last good reading: 2026-01-10T12:00:00+00:00")
    (failed,) = health_events(state(None, mark(0, Outcome.FAILED)), None, day(1))
    assert failed.quote == "last good reading: never"
