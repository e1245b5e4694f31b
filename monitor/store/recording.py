"""Writing what a reading changed: claims added, claims with another state, and the lifecycles they amount to."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from monitor.domain.claims import Claim
from monitor.domain.reconcile.decide import Changes
from monitor.errors import StoreError
from monitor.store.bulk import write_columns
from monitor.store.codec import Spelled, Values, claim_columns
from monitor.store.lifecycles import LifecycleCache
from monitor.store.schema import AbsenceRow, ClaimRow

_STATE = ("missing_since", "gone_at", "withdrawn_at")
_UPDATE = (
    update(ClaimRow)
    .where(ClaimRow.id == bindparam("claim_id"), ClaimRow.withdrawn_at.is_(None))
    .values({name: bindparam(f"new_{name}") for name in (*_STATE, "ended_reading_id")})
)


def apply(connection: Connection, reading_id: int, read_at: datetime, changes: Changes, spelled: Spelled | None = None) -> None:
    """Write the claims and lifecycles of *changes*; StoreError where a claim to be changed is not in force in this database."""
    _note_absences(connection, changes.claims.updated, read_at)
    for claim in changes.claims.updated:
        _change(connection, reading_id, claim)
    spelled = spelled or Spelled()
    write_columns(connection, ClaimRow, claim_columns(changes.claims.added, spelled), {"reading_id": reading_id})
    cache = LifecycleCache(connection)
    cache.put(changes.lifecycles, spelled)
    cache.drop({claim.key for claim in changes.claims.updated} - {lifecycle.key for lifecycle in changes.lifecycles})


def _change(connection: Connection, reading_id: int, claim: Claim) -> None:
    state: Values = {f"new_{name}": getattr(claim, name) for name in _STATE}
    ended = reading_id if claim.withdrawn_at else None
    if connection.execute(_UPDATE, {"claim_id": claim.claim_id, "new_ended_reading_id": ended, **state}).rowcount != 1:
        msg = f"the claim {claim.claim_id} about {claim.key} is not in force: it was decided on another state of the database"
        raise StoreError(msg)


def _note_absences(connection: Connection, updated: Iterable[Claim], found_at: datetime) -> None:
    """A value that was missing and came back: remember since when, so that questions as of that time are answered as then."""
    back = [claim.claim_id for claim in updated if claim.missing_since is None]
    if not back:
        return
    missing = select(ClaimRow.id, ClaimRow.missing_since).where(ClaimRow.id.in_(back), ClaimRow.missing_since.is_not(None))
    rows = [{"claim_id": row.id, "missing_since": row.missing_since, "found_at": found_at} for row in connection.execute(missing)]
    if rows:
        connection.execute(insert(AbsenceRow), rows)
