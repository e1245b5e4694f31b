from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.when import Bound, Precision, When, read_value
from tests.builders import on, when

VALUES = st.one_of(
    st.dates().map(date.isoformat),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.builds(lambda year, quarter: f"{year:04}-Q{quarter}", st.integers(1, 9999), st.integers(1, 4)),
    st.integers(1, 9999).map(lambda year: f"{year:04}"),
)
WHENS = st.builds(read_value, VALUES, st.sampled_from(Bound), st.none() | st.datetimes(timezones=st.just(UTC)))


@given(VALUES)
def test_a_value_reads_back_as_itself(text: str) -> None:
    assert read_value(text).value == text


@given(WHENS)
def test_a_date_is_rebuilt_from_its_value_bound_and_instant(one: When) -> None:
    assert read_value(one.value, one.bound, one.at) == one


@given(WHENS, WHENS)
def test_refining_goes_one_way_only(one: When, other: When) -> None:
    assert not (one.refines(other) and other.refines(one))


@given(WHENS)
def test_no_date_refines_itself(one: When) -> None:
    assert not one.refines(one)


@given(WHENS)
def test_every_date_has_a_first_day_and_a_last_moment_after_it(one: When) -> None:
    assert one.starts_on <= one.ends_on
    assert one.at or one.last_moment.date() > min(one.first_day, date(9999, 11, 30))


@pytest.mark.parametrize(
    "text", ["", "soon", "26-01-01", "2026-13", "2026-00", "2026-02-30", "2026-Q5", "2026-Q1-01", "0000", "2026-1-1", " 2026"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"period|month|day|year"):
        read_value(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-02-13", "2026-02-13", "2026-02-13"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    period = when(text)
    assert (period.first_day.isoformat(), period.ends_on.isoformat()) == (first, last)


def test_a_day_ends_when_it_ends_in_the_last_zone() -> None:
    assert when("2026-02-13").last_moment == on("2026-02-14", "12:00")
    assert not when("2026-02-13").past(on("2026-02-14", "11:59"))
    assert when("2026-02-13").past(on("2026-02-14", "12:00"))


def test_a_month_ends_with_its_last_day() -> None:
    assert when("2026-08").last_moment == on("2026-09-01", "12:00")


def test_a_printed_instant_is_both_the_first_and_the_last_moment() -> None:
    at = on("2026-05-16", "02:00")
    period = when("2026-05-15", at=at)
    assert (period.first_day, period.last_moment) == (date(2026, 5, 16), at)


def test_the_last_day_of_the_calendar_has_a_last_moment() -> None:
    assert when("9999-12-31").last_moment > datetime(9999, 12, 1, tzinfo=UTC)
    assert not when("9999").past(on("2026-01-01"))


def test_days_are_counted_to_the_first_day() -> None:
    assert when("2026-08").days_left(date(2026, 7, 30)) == 2
    assert when("2026-08").days_left(date(2026, 8, 3)) == -2


def test_a_smaller_period_inside_refines() -> None:
    assert when("2026-08-15").refines(when("2026-08"))
    assert when("2026-08").refines(when("2026-Q3"))
    assert when("2026-Q3").refines(when("2026"))


def test_an_instant_for_the_same_day_refines() -> None:
    assert when("2026-08-15", at=on("2026-08-15")).refines(when("2026-08-15"))


def test_another_bound_or_another_period_does_not_refine() -> None:
    assert not when("2026-08-15").refines(when("2026-08", floor=True))
    assert not when("2026-09-01").refines(when("2026-08"))
    assert not when("2026-08-15", at=on("2026-08-15", "13:00")).refines(when("2026-08-15", at=on("2026-08-15")))


def test_a_floor_keeps_its_period() -> None:
    floor = when("2026-08").as_floor()
    assert (floor.value, floor.is_floor, floor.precision) == ("2026-08", True, Precision.MONTH)
