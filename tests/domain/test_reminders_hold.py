"""Whatever the watches, the days looked at and the moves of a date: nobody is left out, nobody hears a thing twice."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.facts import Retires
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert
from monitor.domain.policy.reminding import reminders
from monitor.domain.policy.severity import Nearness, Severity
from monitor.domain.policy.watches import Watch
from monitor.domain.reconcile.resolve import resolve
from monitor.domain.when import When
from tests.builders import claim

FIRST = datetime(2026, 11, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)

leads = st.lists(st.integers(0, 100), min_size=1, max_size=5, unique=True).map(tuple)
nearness = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda days: Nearness(max(days), min(days)))
called = st.dictionaries(
    st.sampled_from([Severity.WARNING, Severity.CRITICAL]), st.sampled_from([("pager",), ("pager", "lead")]), max_size=2
)
channels = st.sampled_from([("team",), ("team", "dm"), ("dm",)])
watches = st.lists(st.builds(Watch, st.just("w"), channels, lead_times=leads, nearness=nearness, escalate=called), min_size=1, max_size=3)
looks = st.lists(st.integers(1, 30), min_size=1, max_size=40)
moves = st.lists(st.tuples(st.integers(0, 150), st.integers(0, 150)), max_size=3)  # on which day, to how many days after it


def believed(seen: datetime, on: date) -> Lifecycle:
    state = resolve([claim(Retires(When(on)), seen=seen)])
    assert state
    return state


def hears(watch: Watch, channel: str, left: int) -> set[int]:
    """The lead times that a channel of a watch should have been told of with so many days left, if it may be told at all."""
    if channel in watch.channels:
        return set(watch.lead_times)
    bound = watch.called_in(channel) if channel in watch.channels_from(watch.nearness.of(left)) else None
    return set() if bound is None else {bound, *(lead for lead in watch.lead_times if lead <= bound)}


@given(watches, looks, moves, st.integers(0, 150))
def test_every_threshold_that_was_crossed_was_told_once_to_everybody_concerned(
    watching: list[Watch], gaps: list[int], moved: list[tuple[int, int]], ahead: int
) -> None:
    now, seen, end = FIRST, FIRST, FIRST.date() + ahead * DAY
    told: dict[tuple[str, date], list[int]] = defaultdict(list)
    sent = set[str]()
    for gap in gaps:
        now += gap * DAY
        for on, after in moved:
            if FIRST + on * DAY <= now and FIRST + on * DAY > seen:
                seen, end = FIRST + on * DAY, FIRST.date() + (on + after) * DAY
        state = believed(seen, end)
        found = reminders([state], watching, (), sent, now)
        assert len({alert.channel for alert in found}) == len(found)
        for alert in found:
            sent.add(alert.idempotency_key)
            told[alert.channel, end].append(lead_of(alert))
        if not state.retired_at(now):
            nobody_is_left_out(watching, told, seen, end, now)
    for heard in told.values():
        assert heard == sorted(set(heard), reverse=True)


def lead_of(alert: Alert) -> int:
    assert alert.lead is not None
    return alert.lead


def nobody_is_left_out(watching: list[Watch], told: dict[tuple[str, date], list[int]], seen: datetime, end: date, now: datetime) -> None:
    left, announced = (end - now.date()).days, (end - seen.date()).days
    for watch in watching:
        for channel in watch.channels_from(Severity.CRITICAL):
            crossed = {lead for lead in hears(watch, channel, left) if left <= lead < announced}
            if crossed and left >= 0:
                assert min(told[channel, end], default=1000) <= min(crossed), (channel, left)


@given(watches, looks, st.integers(0, 150))
def test_nobody_is_told_what_the_announcement_said_or_called_in_too_early(watching: list[Watch], gaps: list[int], ahead: int) -> None:
    now, sent, state = FIRST, set[str](), believed(FIRST, FIRST.date() + ahead * DAY)
    for gap in gaps:
        now += gap * DAY
        for alert in reminders([state], watching, (), sent, now):
            sent.add(alert.idempotency_key)
            left = ahead - (now - FIRST).days
            assert ahead > lead_of(alert) >= left
            bounds = [watch.called_in(alert.channel) for watch in watching if alert.channel in watch.channels_from(Severity.CRITICAL)]
            assert any(bound is None or left <= bound for bound in bounds)
