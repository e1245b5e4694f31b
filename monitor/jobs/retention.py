"""Thinning out what proves nothing and repeats itself, once a day."""

from datetime import datetime, timedelta

from monitor.store import Database
from monitor.store.upkeep.retention import Thinned


def thin(database: Database, pages: timedelta, readings: timedelta, now: datetime, *, dry_run: bool = False) -> Thinned:
    """Take what is older than *pages* and *readings* allow, and say what that was; *dry_run* only says it. Raises StoreError only.

    Nothing is written, and no write transaction begun, when there is nothing to take.
    """
    before = (now - pages, now - readings)
    with database.read() as ledger:
        due = ledger.retention.thinnable(*before)
    if dry_run or due == Thinned():
        return due
    with database.write() as ledger:
        return ledger.retention.thin(*before)
