"""Dates without a year, where what surrounds them gives it: an entry of April 2024 that says "as of May 14"."""

from monitor.domain.when import When
from monitor.parsing.dates import Found, Order, find_dates


def dates_near(text: str, near: When | None, order: Order = Order.REFUSE) -> tuple[Found, ...]:
    """Every date of a text; one without a year takes that of *near* where it does not lie before it."""
    printed = find_dates(text, order=order)
    if near is None:
        return printed
    known = {(date.start, date.end) for date in printed}
    given = find_dates(text, order=order, year=near.starts_on.year)
    return tuple(date for date in given if (date.start, date.end) in known or date.when.ends_on >= near.starts_on)
