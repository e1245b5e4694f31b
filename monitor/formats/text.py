"""Small values as people read them."""

from datetime import datetime, timedelta

from monitor.alerts.wording import countdown, dated
from monitor.domain.when import When


def instant(at: datetime | None, otherwise: str = "") -> str:
    """`2026-02-13 17:00Z`."""
    return f"{at:%Y-%m-%d %H:%MZ}" if at else otherwise


def length(time: timedelta) -> str:
    """`6 h`, `15 min`."""
    seconds = int(time.total_seconds())
    sizes = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))
    count, unit = next(((seconds // size, unit) for size, unit in sizes if seconds % size == 0), (seconds, "s"))
    return f"{count} {unit}"


def date_words(when: When, now: datetime | None = None, *, promise: bool = False) -> str:
    """`not before 2026-02-13 (in 34 days)`; the days only where *now* is given."""
    left = f" ({countdown(when, now.date())})" if now else ""
    return dated(when, promise=promise) + left
