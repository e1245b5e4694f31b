import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.when import Bound, Precision, When
from monitor.errors import UnreadableDate
from monitor.parsing.dates import Order, find_dates, read_date

LONG = ["", *"January February March April May June July August September October November December".split()]  # noqa: SIM905
ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
PIECES = [
    "2026", "2026-05-14", "May", "june", "14", "32", ",", " ", "-", "\u2013", "\u2014", "/", ".", ":", "T", "Z", "12:00", "PM", " PT",
    "UTC+08:00", "not sooner than ",
    "before ", "or later", "(", ")", "*", "\n", "\u00a0", "\u200b", "5/6/26", "Q3", "\u5e74", "\u6708", "\u65e5", "mid", " and ",
    "\u0130", "\u017f", "\u00b9", "\u0662",
    "24:00", "25:61", "at ", "on ", "earliest", "noon", "_", "gpt-4o-", "99", "February 30, 2026",
]  # fmt: skip

days = st.dates(date(2015, 1, 1), date(2100, 12, 31))
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
orders = st.sampled_from(Order)
years = st.none() | st.integers(-5, 12_000)
zones = st.none() | st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))])


def ordinal(day: int) -> str:
    return f"{day}{ENDINGS.get(day, 'th')}"


DAY_STYLES: dict[str, Callable[[date], str]] = {
    "iso": lambda day: day.isoformat(),
    "iso, U+2011": lambda day: day.isoformat().replace("-", "\u2011"),
    "iso, minus": lambda day: day.isoformat().replace("-", "\u2212"),
    "slashes": lambda day: f"{day:%Y/%m/%d}",
    "dots": lambda day: f"{day.year}.{day.month}.{day.day}",
    "short": lambda day: f"{LONG[day.month][:3]} {day.day}, {day.year}",
    "short, dot": lambda day: f"{LONG[day.month][:3]}. {day.day}, {day.year}",
    "long": lambda day: f"{LONG[day.month]} {day.day}, {day.year}",
    "long, NBSP": lambda day: f"{LONG[day.month]}\u00a0{day.day},\u00a0{day.year}",
    "upper": lambda day: f"{LONG[day.month]} {day.day}, {day.year}".upper(),
    "ordinal": lambda day: f"{LONG[day.month]} {ordinal(day.day)}, {day.year}",
    "day first": lambda day: f"{day.day} {LONG[day.month]} {day.year}",
    "ordinal first": lambda day: f"{ordinal(day.day)} of {LONG[day.month]}, {day.year}",
    "chinese": lambda day: f"{day.year}\u5e74{day.month}\u6708{day.day}\u65e5",
}
FLOORS = (
    "Not sooner than {}", "No sooner than {}", "Not before {}", "No earlier than {}", "Not earlier than {}", "Earliest {}",
    "at earliest {}", "at the earliest {}",
    "{} at the earliest", "{}, at earliest", "{} or later", "{} or after", "On or after {}", "Will not retire before {}",
    "won't be retired before {}",
    "No retirement scheduled. Will not retire before {}",
)  # fmt: skip
LABELS = ("gpt-4o-{}", "{}-preview", "{}_v1", "x{}", "{}x", "/{}", "{}/", "5{}", "{}5", "model@{}", "a:{}", "${}", "v{}", "#{}")


@given(texts, orders, years, zones)
def test_nothing_but_our_own_error_is_raised_and_what_is_found_is_sound(
    text: str, order: Order, year: int | None, zone: timezone | None
) -> None:
    found = find_dates(text, order=order, year=year, zone=zone)
    assert [one.text for one in found] == [text[one.start : one.end] for one in found]
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert all(one.text and (one.when.at is None or one.when.at.tzinfo is UTC) for one in found)
    try:
        when = read_date(text, order=order, year=year, zone=zone)
    except UnreadableDate:
        return
    assert not found or [one.when for one in found] == [when]


@given(texts, orders, years, zones)
def test_a_date_found_reads_the_same_on_its_own(text: str, order: Order, year: int | None, zone: timezone | None) -> None:
    for one in find_dates(text, order=order, year=year, zone=zone):
        again = find_dates(one.text, order=order, year=year, zone=zone)
        assert [other.when.value for other in again] == [one.when.value]


@pytest.mark.parametrize("style", DAY_STYLES)
@given(day=days)
def test_a_day_written_in_any_style_is_read_back(style: str, day: date) -> None:
    assert read_date(DAY_STYLES[style](day)) == When(day)


@given(days)
def test_numbers_are_read_back_in_the_order_of_the_page(day: date) -> None:
    assert read_date(f"{day.month}/{day.day}/{day.year}", order=Order.MDY) == When(day)
    assert read_date(f"{day:%d/%m/%Y}", order=Order.DMY) == When(day)


@given(st.dates(date(2015, 1, 1), date(2099, 12, 31)))
def test_two_digit_years_are_of_this_century(day: date) -> None:
    assert read_date(f"{day:%m/%d/%y}", order=Order.MDY) == When(day)


@given(days)
def test_without_an_order_a_number_is_read_only_where_one_reading_is_possible(day: date) -> None:
    text = f"{day.month}/{day.day}/{day.year}"
    if day.day > 12 or day.day == day.month:
        assert read_date(text) == When(day)
    else:
        assert find_dates(text) == ()


@given(days)
def test_a_period_is_read_back_from_its_own_value(day: date) -> None:
    month, year = When(day.replace(day=1), Precision.MONTH), When(date(day.year, 1, 1), Precision.YEAR)
    quarter = When(date(day.year, day.month - (day.month - 1) % 3, 1), Precision.QUARTER)
    assert [read_date(when.value) for when in (month, quarter, year)] == [month, quarter, year]
    assert read_date(f"{LONG[day.month]} {day.year}") == month
    assert read_date(f"Q{(day.month + 2) // 3} {day.year}") == quarter


@given(st.datetimes(datetime(2015, 1, 2), datetime(2100, 12, 30)), st.integers(-12, 14))  # noqa: DTZ001
def test_an_instant_is_read_back_whatever_its_zone(moment: datetime, hours: int) -> None:
    local = moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
    when = When(local.date(), at=local.astimezone(UTC))
    assert read_date(local.isoformat()) == when
    assert read_date(f"{local:%Y-%m-%d %H:%M:%S} (UTC{hours:+d})") == when
    assert read_date(f"{local:%Y-%m-%d, %I:%M:%S %p} UTC{hours:+03d}:00") == when


@pytest.mark.parametrize("floor", FLOORS)
@given(day=days, style=st.sampled_from(sorted(DAY_STYLES)))
def test_a_floor_is_read_as_one_and_its_words_belong_to_the_date(floor: str, day: date, style: str) -> None:
    text = floor.format(DAY_STYLES[style](day))
    assert read_date(text) == When(day, bound=Bound.NOT_BEFORE)
    assert [text.removeprefix("No retirement scheduled. ")] == [one.text for one in find_dates(f"| {text} |")]


@pytest.mark.parametrize("label", LABELS)
@given(day=days)
def test_a_date_inside_an_id_is_never_found(label: str, day: date) -> None:
    name = label.format(day.isoformat())
    assert find_dates(f"Use {name} instead", year=2026) == ()
    with pytest.raises(UnreadableDate):
        read_date(name, year=2026)


@given(days)
def test_a_date_cut_off_in_its_year_is_refused(day: date) -> None:
    whole = f"{LONG[day.month]} {day.day}, {day.year}"
    for length in range(len(whole) - 3, len(whole)):
        assert find_dates(whole[:length], year=2026) == ()


@given(st.integers(2015, 2100), st.integers(1, 12), st.integers(29, 99))
def test_a_day_that_does_not_exist_leaves_nothing_to_read(year: int, month: int, day: int) -> None:
    try:
        date(year, month, day)
    except ValueError:
        written = (f"{year}-{month:02}-{day:02}", f"{LONG[month]} {day}, {year}", f"{day} {LONG[month]} {year}", f"{month}/{day}/{year}")
        for text in written:
            assert find_dates(text, order=Order.MDY, year=year) == ()


@given(texts)
def test_invisible_characters_change_nothing(text: str) -> None:
    plain = re.sub("[\u200b\u00ad]", "", text)
    assert [one.when for one in find_dates(text)] == [one.when for one in find_dates(plain)]
