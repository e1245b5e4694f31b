"""The database: its revision, whether it takes a write, its disk, its clock, its leases, and the catalogue."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from monitor.cli.doctor.findings import Finding, bad, good, note
from monitor.config import Settings
from monitor.errors import StoreError
from monitor.store import Database, open_database

LEAST_FREE = 500 * 1024 * 1024
CLOCKS_APART = timedelta(seconds=5)
OLD_CATALOGUE = timedelta(days=180)


def looked_at(settings: Settings, url: str | None, now: datetime) -> Iterator[Finding]:
    """Everything about the database; only that it cannot be opened, where it cannot."""
    try:
        database = open_database(url or settings.database_url)
    except StoreError as error:
        yield bad("database", str(error), "check database_url, and that the folder or the server is there and may be written to")
        return
    try:
        yield from _opened(database, now)
    except StoreError as error:
        yield bad("database", str(error), "see the database's own log; `modelwatch db current` tries it again")
    finally:
        database.close()


def _opened(database: Database, now: datetime) -> Iterator[Finding]:
    found, head = database.current(), database.head()
    if found != head:
        yield bad("revision", f"{found or 'none'}, this program needs {head}", "`modelwatch db upgrade`")
        return
    yield good("revision", head)
    condition = database.condition()
    yield good("writable", "yes")  # `condition` wrote, or raised
    if condition.free_bytes is not None:
        yield _disk(condition.free_bytes)
    if condition.server_clock:
        yield _server_clock(condition.server_clock - now)
    yield from _contents(database, now)


def _disk(free: int) -> Finding:
    found = f"{free / 1024**2:.0f} MB free"
    return good("disk", found) if free >= LEAST_FREE else bad("disk", found, "make room: a full disk stops every reading and every alert")


def _server_clock(apart: timedelta) -> Finding:
    found = f"the server's is {apart.total_seconds():+.1f} s from ours"
    return good("clocks", found) if abs(apart) <= CLOCKS_APART else bad("clocks", found, "let NTP set both")


def _contents(database: Database, now: datetime) -> Iterator[Finding]:
    with database.read() as ledger:
        bundled, overdue = ledger.bundles.as_of(), ledger.leases.overdue(now)
        waiting = ledger.counts.all().alerts
    if bundled:
        newest = max(bundled.values())
        found = f"{len(bundled)} sources still stand on bundled readings, the newest of {newest:%Y-%m-%d}"
        yield note("catalogue", found, "install a newer modelwatch") if now - newest > OLD_CATALOGUE else good("catalogue", found)
    if overdue:
        yield note("leases", f"{', '.join(overdue)}: left by a process that died", "nothing: the next visit takes them over")
    given_up = sum(count for (_, state), count in waiting.items() if state == "given_up")
    if given_up:
        yield note("outbox", f"{given_up} alerts were given up", "`modelwatch alerts list --state given_up` says why")
