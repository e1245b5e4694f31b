"""The decider: what is known + one reading → changes. The only place where news is made."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.domain.claims import Claim
from monitor.domain.events import Event
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.readings import Mark, Outcome, Past, Reading, Shape, Verdict
from monitor.domain.reconcile.diff import corrections, diff
from monitor.domain.reconcile.quality import judge
from monitor.domain.reconcile.resolve import members, resolve_all
from monitor.domain.reconcile.supersede import ClaimChanges, supersede


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows before a reading: the claims in force of every provider it touches, and the source's past.

    *last_good* is its last good reading; *since* the readings after that, oldest first; *past* what its own history has taught.
    """

    claims: tuple[Claim, ...] = ()
    last_good: Mark | None = None
    since: tuple[Mark, ...] = ()
    past: Past = field(default_factory=Past)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a reading changes; *baseline* marks a source's first good reading, which alerts nobody one by one."""

    verdict: Verdict
    baseline: bool
    claims: ClaimChanges
    lifecycles: tuple[Lifecycle, ...]
    events: tuple[Event, ...]


def decide(known: Known, reading: Reading, now: datetime) -> Changes:
    """Judge the reading, supersede claims, resolve what they touch, name the events. Polling the same pages twice yields none.

    What a release of this program brought along under the source's key was no reading of ours: the first good one takes its place and
    is told as if nothing had been there.
    """
    verdict = judge(reading, known.last_good, known.since, known.past)
    claims = supersede(reading, verdict.outcome, known.claims, now)
    after = merged(known.claims, claims)
    touched = _touched(claims, after)
    ours = known.claims if verdict.outcome is not Outcome.GOOD else _without_bundled(known.claims, reading.source.key)
    old, new = resolve_all(ours, touched), resolve_all(after, touched)
    events = [event for key in touched for event in _events(old.get(key), new.get(key), now, correction=reading.correction)]
    baseline = known.last_good is None and verdict.outcome is Outcome.GOOD
    return Changes(verdict, baseline, claims, tuple(new[key] for key in touched if key in new), tuple(events))


def _events(before: Lifecycle | None, after: Lifecycle | None, at: datetime, *, correction: bool) -> tuple[Event, ...]:
    """Only a correction can leave nothing that is believed about a key."""
    if correction:
        return corrections(before, after, at)
    return diff(before, after, at) if after else ()


def retract(known: Iterable[Claim], going: Collection[Claim], reason: str, now: datetime) -> Changes:
    """Take claims back: an operator's word that expired, or what somebody should not have recorded. What the others say takes over.

    *known* are the claims in force of every provider concerned, *going* those of them that go.
    """
    known = tuple(known)
    claims = ClaimChanges(updated=tuple(replace(claim, withdrawn_at=now) for claim in going))
    after = merged(known, claims)
    touched = _touched(claims, after)
    old, new = resolve_all(known, touched), resolve_all(after, touched)
    events = [event for key in touched for event in _taken_back(old.get(key), new.get(key), now)]
    verdict = Verdict(Outcome.GOOD, Shape(0), reason)
    return Changes(verdict, False, claims, tuple(new[key] for key in touched if key in new), tuple(events))  # noqa: FBT003 - no baseline


def _taken_back(before: Lifecycle | None, after: Lifecycle | None, at: datetime) -> tuple[Event, ...]:
    """The events that lead to what is believed without it; a slot that no event speaks of is corrected."""
    told = diff(before, after, at) if after else ()
    spoken_of = {event.fact for event in told}
    return (*told, *(event for event in corrections(before, after, at) if event.fact not in spoken_of))


def _without_bundled(claims: Iterable[Claim], source: str) -> tuple[Claim, ...]:
    return tuple(claim for claim in claims if claim.source != source or not claim.origin.bundled)


def merged(claims: Iterable[Claim], changes: ClaimChanges) -> tuple[Claim, ...]:
    """The claims in force once *changes* are applied."""
    changed = {_identity(claim): claim for claim in changes.updated}
    kept = [changed.get(_identity(claim), claim) for claim in claims]
    return tuple(claim for claim in (*kept, *changes.added) if claim.withdrawn_at is None)


def _identity(claim: Claim) -> tuple[object, ...]:
    return claim.statement, claim.source, claim.recorded_at


def _touched(changes: ClaimChanges, after: tuple[Claim, ...]) -> list[ModelKey]:
    """The keys whose lifecycle may differ: those of changed claims, and whatever changed families cover or covered.

    Replacements are left out of account: one that is no longer named may be a member now, and the reverse.
    """
    changed = (*changes.added, *changes.updated)
    keys = {claim.key for claim in changed}
    named = {claim.key for claim in after}
    for claim in changed:
        if claim.statement.family:
            keys.update(members(claim, (), named))
    return sorted(keys)
