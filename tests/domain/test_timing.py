"""When alerts leave: at once, with a digest, never in quiet hours; over time zones, summer time and the turn of the year."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.policy.severity import Severity
from monitor.domain.policy.timing import AT_ONCE, Digest, Quiet, Timing

ZURICH, NEW_YORK = ZoneInfo("Europe/Zurich"), ZoneInfo("America/New_York")
WEEKEND = frozenset({5, 6})
NIGHT = Quiet(time(22), time(7))
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def leaves(timing: Timing, at: str, severity: Severity = Severity.WARNING) -> str:
    """When an alert of *at* leaves (both UTC)."""
    due = timing.leaves_at(severity, utc(at))
    return f"{due:%Y-%m-%d %H:%M}" if due else "at once"


@pytest.mark.parametrize("severity", Severity)
def test_where_nothing_is_said_everything_leaves_at_once(severity: Severity) -> None:
    assert leaves(AT_ONCE, "2026-03-01 03:00", severity) == "at once"


@pytest.mark.parametrize(
    ("quiet", "zone", "at", "due"),
    [
        (NIGHT, UTC, "2026-03-04 21:59", "at once"),
        (NIGHT, UTC, "2026-03-04 22:00", "2026-03-05 07:00"),
        (NIGHT, UTC, "2026-03-05 06:59:59", "2026-03-05 07:00"),
        (NIGHT, UTC, "2026-03-05 07:00", "at once"),
        (NIGHT, UTC, "2026-12-31 23:00", "2027-01-01 07:00"),
        (NIGHT, ZURICH, "2026-01-15 21:30", "2026-01-16 06:00"),
        (NIGHT, ZURICH, "2026-07-15 20:30", "2026-07-16 05:00"),
        (NIGHT, ZURICH, "2026-03-28 21:30", "2026-03-29 05:00"),  # the night in which summer time begins
        (NIGHT, ZURICH, "2026-10-24 20:30", "2026-10-25 06:00"),  # and in which it ends
        (NIGHT, NEW_YORK, "2027-01-01 03:00", "2027-01-01 12:00"),
        (Quiet(time(12), time(13)), UTC, "2026-03-04 12:30", "2026-03-04 13:00"),
        (Quiet(days=WEEKEND), UTC, "2026-03-07 00:00", "2026-03-09 00:00"),  # a Saturday
        (Quiet(days=WEEKEND), NEW_YORK, "2026-03-07 04:59", "at once"),
        (Quiet(days=WEEKEND), NEW_YORK, "2026-03-07 05:00", "2026-03-09 04:00"),  # summer time begins on that Sunday
        (Quiet(time(22), time(7), WEEKEND), UTC, "2026-03-06 23:00", "2026-03-09 07:00"),
        (Quiet(time(1), time(2, 30)), ZURICH, "2026-03-29 00:30", "2026-03-29 01:00"),  # 02:30 does not exist that day
        (Quiet(time(1), time(2, 30)), ZURICH, "2026-10-24 23:30", "2026-10-25 00:30"),  # 02:30 comes twice; the first will do
        (Quiet(time(1), time(2, 30)), ZURICH, "2026-10-25 01:10", "2026-10-25 01:30"),  # quiet again while 02:10 comes twice
    ],
)
def test_what_is_not_critical_waits_until_quiet_hours_end(quiet: Quiet, zone: ZoneInfo, at: str, due: str) -> None:
    assert leaves(Timing(quiet, zone=zone), at) == due


def test_what_is_critical_does_not_wait_unless_it_is_said() -> None:
    night = "2026-03-05 03:00"
    assert leaves(Timing(NIGHT), night, Severity.CRITICAL) == "at once"
    assert leaves(Timing(Quiet(time(22), time(7), critical_waits=True)), night, Severity.CRITICAL) == "2026-03-05 07:00"


@pytest.mark.parametrize(
    ("digest", "quiet", "zone", "at", "due"),
    [
        (Digest(time(9)), None, UTC, "2026-03-04 08:59", "2026-03-04 09:00"),
        (Digest(time(9)), None, UTC, "2026-03-04 09:00", "at once"),
        (Digest(time(9)), None, UTC, "2026-12-31 09:01", "2027-01-01 09:00"),
        (Digest(time(9), 0), None, UTC, "2026-03-02 09:01", "2026-03-09 09:00"),  # Mondays
        (Digest(time(9), 0), None, ZURICH, "2026-03-27 12:00", "2026-03-30 07:00"),
        (Digest(time(9), 0), None, ZURICH, "2026-10-23 12:00", "2026-10-26 08:00"),
        (Digest(time(2, 30)), None, ZURICH, "2026-03-28 23:00", "2026-03-29 01:30"),  # 02:30 is 03:30 that day
        (Digest(time(9), 5), Quiet(days=WEEKEND), UTC, "2026-03-05 10:00", "2026-03-09 00:00"),  # Saturdays are quiet
        (Digest(time(9), 5), Quiet(days=WEEKEND), UTC, "2026-03-07 10:00", "2026-03-09 00:00"),  # the same digest takes it along
        (Digest(time(23)), NIGHT, UTC, "2026-03-04 12:00", "2026-03-05 07:00"),
        (Digest(time(23)), NIGHT, UTC, "2026-03-05 03:00", "2026-03-05 07:00"),
        (Digest(time(23)), NIGHT, UTC, "2026-03-05 07:01", "2026-03-06 07:00"),
    ],
)
def test_a_digest_leaves_at_its_time_or_when_the_quiet_hours_around_it_end(
    digest: Digest, quiet: Quiet | None, zone: ZoneInfo, at: str, due: str
) -> None:
    assert leaves(Timing(quiet, digest, zone), at) == due


def test_a_digest_lets_what_is_urgent_leave_at_once() -> None:
    usual, eager = Timing(digest=Digest()), Timing(digest=Digest(immediate_from=Severity.WARNING))
    at = "2026-03-04 12:00"
    assert [leaves(usual, at, severity) for severity in Severity] == ["2026-03-05 09:00", "2026-03-05 09:00", "at once"]
    assert [leaves(eager, at, severity) for severity in Severity] == ["2026-03-05 09:00", "at once", "at once"]


def test_a_week_that_is_quiet_throughout_holds_nothing_longer_than_a_week() -> None:
    assert leaves(Timing(Quiet(days=frozenset(range(7)))), "2026-03-04 12:00") == "2026-03-11 12:00"


zones = st.sampled_from([UTC, *map(ZoneInfo, ("Europe/Zurich", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"))])
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
days = st.frozensets(st.integers(0, 6), max_size=6)
quiets = st.builds(Quiet, clocks, clocks, days, st.booleans())
nights = st.builds(lambda hour, length: Quiet(time(hour), time((hour + length) % 24)), st.integers(0, 23), st.integers(1, 12))
digests = st.builds(Digest, clocks, st.none() | st.integers(0, 6), st.sampled_from(Severity))
timings = st.builds(Timing, st.none() | quiets | nights, st.none() | digests, zones)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


@given(timings, st.sampled_from(Severity), moments)
def test_nothing_leaves_before_it_is_written_or_more_than_a_week_late(timing: Timing, severity: Severity, now: datetime) -> None:
    due = timing.leaves_at(severity, now)
    assert due is None or now < due <= now + WEEK + 2 * HOUR  # the week in which summer time ends is longer
    assert due is None or due.tzinfo is UTC


@given(st.builds(Timing, nights | st.builds(Quiet, days=days), st.none() | digests, zones), st.sampled_from(Severity), moments)
def test_nothing_leaves_in_quiet_hours(timing: Timing, severity: Severity, now: datetime) -> None:
    assert timing.quiet
    leaving = timing.leaves_at(severity, now) or now
    assert severity is Severity.CRITICAL or not timing.quiet.covers(leaving.astimezone(timing.zone))


@given(timings, moments)
def test_what_is_critical_is_never_late_unless_it_is_said(timing: Timing, now: datetime) -> None:
    waits = timing.quiet is not None and timing.quiet.critical_waits
    assert waits or timing.leaves_at(Severity.CRITICAL, now) is None


@given(timings, st.sampled_from(Severity), moments, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_what_is_written_later_never_leaves_earlier(timing: Timing, severity: Severity, now: datetime, later: timedelta) -> None:
    first, second = (timing.leaves_at(severity, at) or at for at in (now, now + later))
    assert first <= second
