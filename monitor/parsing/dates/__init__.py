"""Dates in vendors' text: a fixed grammar that reads what is printed, refuses what is unclear and never looks at a clock."""

from monitor.parsing.dates.absence import absent, announced_absence
from monitor.parsing.dates.periods import Order
from monitor.parsing.dates.reader import Found, find_dates, read_date

__all__ = ["Found", "Order", "absent", "announced_absence", "find_dates", "read_date"]
