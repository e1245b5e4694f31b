"""The dead man's switch: an address that hears of every pass in which enough sources were read in full, and of nothing else."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from monitor.domain.pages import Request, Validators
from monitor.errors import BadStatus, FetchError
from monitor.jobs.shop import Fetching
from monitor.jobs.visits import Visit

LATE = 1.25  # of a cadence: visits are spread by a tenth, and take their time
SLACK = timedelta(minutes=2)


def read_in_time(visits: Iterable[Visit], last_good_at: Mapping[str, datetime], now: datetime) -> tuple[int, int]:
    """How many of the configured sources were last read in full within their cadence, and how many are configured."""
    configured = [visit for visit in visits if not visit.not_configured]
    fresh = [visit for visit in configured if (at := last_good_at.get(visit.key)) is not None and now - at <= LATE * visit.cadence + SLACK]
    return len(fresh), len(configured)


def ping(fetcher: Fetching, address: str) -> str:
    """Call the address; "" if it answered, else why not, in words that do not hold the address. Never raises a FetchError."""
    try:
        fetcher.fetch(Request(address, keyed=True), Validators())
    except BadStatus as error:
        return f"HTTP {error.status}"
    except FetchError as error:
        return type(error).__name__
    return ""
