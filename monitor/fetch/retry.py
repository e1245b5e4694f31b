"""When to ask again: what servers say in Retry-After, and how long we wait where they say nothing. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor.errors import BadStatus, FetchError, RateLimited, Unreachable

_FIRST_PAUSE_SECONDS = 1.0
_SERVER_ERRORS = 500


def read_retry_at(text: str | None, now: datetime, cap_seconds: int) -> datetime | None:
    """The instant that a Retry-After names, seconds or a date (RFC 9110, section 10.2.3), at most *cap_seconds* after *now*.

    None for what is no such thing: negative, past, or garbage.
    """
    latest = now + timedelta(seconds=cap_seconds)
    text = (text or "").strip()
    if text.isascii() and text.isdigit():
        digits = text.lstrip("0")
        return latest if len(digits) > len(str(cap_seconds)) else min(now + timedelta(seconds=int(digits or "0")), latest)
    asked = _read_http_date(text)
    return min(asked, latest) if asked is not None and asked > now else None


def _read_http_date(text: str) -> datetime | None:
    try:
        instant = parsedate_to_datetime(text)
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


@dataclass(slots=True)
class Retries:
    """What one fetch has left of retries and of patience; *jitter* draws a pause out of the longest one."""

    left: int
    budget_seconds: float
    jitter: Callable[[float], float]
    longest_pause: float = _FIRST_PAUSE_SECONDS

    def pause_after(self, error: FetchError, now: datetime) -> float | None:
        """The seconds to wait before asking again, taken off the budget; None: do not ask again."""
        if not self.left or not _may_pass(error):
            return None
        pause = self._asked_for(error, now)
        if pause > self.budget_seconds:
            return None
        self.left -= 1
        self.budget_seconds -= pause
        self.longest_pause *= 2
        return pause

    def _asked_for(self, error: FetchError, now: datetime) -> float:
        if isinstance(error, RateLimited) and error.retry_at is not None:
            return max((error.retry_at - now).total_seconds(), 0.0)
        return self.jitter(self.longest_pause)


def _may_pass(error: FetchError) -> bool:
    return isinstance(error, Unreachable | RateLimited) or (isinstance(error, BadStatus) and error.status >= _SERVER_ERRORS)
