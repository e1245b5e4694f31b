"""What a release brings along, decided: copies take the place of older copies, never of our own readings, and are no news."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.domain.bundles import Copy
from monitor.domain.calendar import Calendar, Past, calendar_events
from monitor.domain.claims import Claim, substance
from monitor.domain.events import Event
from monitor.domain.facts import slot_of
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.reconcile.decide import merged
from monitor.domain.reconcile.diff import corrections
from monitor.domain.reconcile.resolve import resolve_all
from monitor.domain.reconcile.supersede import ClaimChanges


@dataclass(frozen=True, slots=True)
class Taken:
    """What copies change: the claims of each, the lifecycles that result, and the events, which alert nobody."""

    copies: tuple[tuple[Copy, ClaimChanges], ...]
    lifecycles: tuple[Lifecycle, ...]
    events: tuple[Event, ...]


def take_over(known: Iterable[Claim], copies: Iterable[Copy], written: Past, now: datetime) -> Taken:
    """Take *copies* over; *known* are all claims in force, *written* the calendar's events there are.

    What a newer copy says otherwise than the older one is a correction: whether the vendor moved or our reader learned, nobody here saw.
    What the calendar already has to say of the new lifecycles is written with them, for it is no news either.
    """
    known = tuple(known)
    taken = tuple((copy, _changes(copy, [claim for claim in known if claim.source == copy.source], now)) for copy in copies)
    added = tuple(claim for _, changes in taken for claim in changes.added)
    withdrawn = tuple(claim for _, changes in taken for claim in changes.updated)
    after = merged(known, ClaimChanges(added, withdrawn))
    old, new = resolve_all(known), resolve_all(after)
    replaced = {claim.key for claim in withdrawn}
    corrected = [event for key in sorted(replaced) for event in corrections(old.get(key), new.get(key), now)]
    touched = replaced | {claim.key for claim in added}
    differing = {key: state for key, state in new.items() if key in touched or state != old.get(key)}
    due = (event for event in calendar_events(new.values(), Calendar(written), now) if event.key in differing)
    return Taken(taken, tuple(differing.values()), (*corrected, *due))


def _changes(copy: Copy, own: list[Claim], now: datetime) -> ClaimChanges:
    ours = {(claim.key, claim.slot) for claim in own if not claim.origin.bundled}
    older = [claim for claim in own if claim.origin.bundled]
    first_seen = {(claim.key, claim.fact): claim.first_seen_at for claim in older}
    added = tuple(claim for claim in _signed(copy, now) if (claim.key, slot_of(claim.fact)) not in ours)
    return ClaimChanges(
        tuple(replace(claim, first_seen_at=first_seen.get((claim.key, claim.fact), now)) for claim in added),
        tuple(replace(claim, withdrawn_at=now) for claim in older),
    )


def _signed(copy: Copy, now: datetime) -> Iterator[Claim]:
    """Its statements as claims; of equal ones the first."""
    said = {substance(statement): (statement, sheet) for sheet in reversed(copy.sheets) for statement in reversed(sheet.statements)}
    for statement, sheet in said.values():
        authority = min(copy.authority, statement.authority or copy.authority)
        yield Claim(statement, copy.source, authority, sheet.url, sheet.page, now, now, origin=copy.origin)
