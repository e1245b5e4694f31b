"""Models: one line on every surface, and what ends next."""

from datetime import datetime, timedelta
from difflib import get_close_matches

from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.lines import fold, line_of
from monitor.queries.keys import by_rank, key_views, line_differences
from monitor.queries.views import KeyView, LineView
from monitor.store import Ledger

NEAR = 5


def line(ledger: Ledger, name: str, now: datetime, as_of: datetime | None = None) -> LineView:
    """Everything believed about the line that *name* belongs to (as it was believed at *as_of*); similar names if there is nothing."""
    title = line_of(name)
    own = ledger.claims.resolved(lines=[title], as_of=as_of)
    states = own | _snapshots(ledger, own, as_of)
    views = tuple(by_rank(key_views(states, as_of or now)))
    near = () if views else near_lines(ledger, name)
    return LineView(title, views, line_differences(views), near)


def upcoming(
    ledger: Ledger,
    now: datetime,
    within: timedelta | None = None,
    as_of: datetime | None = None,
    *,
    promises: bool = False,
) -> tuple[KeyView, ...]:
    """The keys whose end is ahead, the nearest first, then those that are overdue, the latest first.

    *promises* adds those that only will not end sooner.
    """
    at = as_of or now
    if as_of:
        every = ledger.claims.resolved(as_of=as_of)
        ending = {line_of(state.key.model) for state in every.values() if state.ends}
        states = {key: state for key, state in every.items() if line_of(key.model) in ending}
    else:
        until = now.date() + within if within is not None else None
        states = ledger.claims.resolved(lines=ledger.claims.ending_lines(now.date(), until))
    ahead = [view for view in key_views(states, at) if _ahead(view, within, promises=promises)]
    return tuple(sorted(ahead, key=_urgency))


def _urgency(view: KeyView) -> tuple[bool, int, ModelKey]:
    left = view.days_left or 0
    return left < 0, abs(left), view.key


def near_lines(ledger: Ledger, name: str) -> tuple[str, ...]:
    """Lines that somebody who wrote *name* may have meant."""
    wanted = line_of(name)
    known = ledger.claims.lines()
    begun = [found for found in known if found.startswith(fold(wanted))] if wanted else []
    return tuple(dict.fromkeys([*get_close_matches(wanted, known, n=NEAR), *begun]))[:NEAR]


def _snapshots(ledger: Ledger, states: dict[ModelKey, Lifecycle], as_of: datetime | None) -> dict[ModelKey, Lifecycle]:
    """The snapshots that names of a line point to, where they belong to another line (`chatgpt-4o-latest`)."""
    pointed = {ModelKey(state.key.provider, state.snapshot) for state in states.values() if state.snapshot}
    missing = pointed - states.keys()
    return ledger.claims.resolved(keys=missing, as_of=as_of) if missing else {}


def _covered(view: KeyView) -> bool:
    """Whether a scope ends with the whole model, which has a row of its own."""
    words = (word for slot in ("redirects", "retires") if (word := view.word(slot)) and word.when == view.ends)
    return bool(view.key.scope) and any(word.inherited_from == view.key.model for word in words)


def _ahead(view: KeyView, within: timedelta | None, *, promises: bool) -> bool:
    if view.days_left is None or view.stage == "retired" or (view.promised and not promises) or _covered(view):
        return False
    return within is None or view.days_left <= within.days
