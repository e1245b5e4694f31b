"""What to use instead: the recommended replacements, whether they are at risk themselves, and how they compare; pure."""

from collections.abc import Mapping
from datetime import datetime

from monitor.alerts.inert import field
from monitor.alerts.known import Facts, end_verb
from monitor.alerts.wording import countdown, dated
from monitor.domain.facts import SpecName
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.lines import fold
from monitor.domain.policy.alerts import Background

MOST = 3  # replacements told one by one, and names followed along one chain
_PRICES = ((SpecName.INPUT_PRICE, "in"), (SpecName.OUTPUT_PRICE, "out"))
_SIZES = ((SpecName.CONTEXT_WINDOW, "context"), (SpecName.MAX_OUTPUT, "output"))

Named = Mapping[tuple[str, str], Lifecycle]


def about_successors(state: Lifecycle, background: Background | None, now: datetime) -> Facts:
    """Each recommended replacement with its own end, followed along the chain; and price and size of both, where they are known.

    Without a *background* only their names: nobody looked.
    """
    named = background.successors if background else {}
    told = [_told(state, name, named, now) if background else field(name, 60) for name in state.replacements[:MOST]]
    rest = len(state.replacements) - len(told)
    more = [("Replacement", f"+{rest} more")] if rest else []
    return [*(("Replacement", one) for one in told), *more, *_comparison(state, named)]


def _told(state: Lifecycle, name: str, named: Named, now: datetime) -> str:
    """`gpt-5 (no end announced)`, `gpt-4o (itself retires 2026-10-14, in 90 days; after it gpt-5: no end announced)`."""
    own = outlook(_found(named, state.key.provider, name), now, itself=True)
    chain = _chain(state, name, named)
    then = "".join(f"; after it {field(later, 60)}: {outlook(other, now)}" for later, other in chain)
    return f"{field(name, 60)} ({own}{then})"


def outlook(state: Lifecycle | None, now: datetime, *, itself: bool = False) -> str:
    """How long a replacement lasts, in a few words."""
    if state is None:
        return "nothing is known of it here"
    end = state.ends
    if state.retired_at(now) and not (end and state.ended_at(now)):
        return "it is gone already"
    if end is None:
        return "its end is announced, without a date" if state.announced else "no end announced"
    reservation = ", a promise" if state.soft else ""
    words = f"{end_verb(state, end, now)} {dated(end, promise=state.promised)}, {countdown(end, now.date())}{reservation}"
    return f"itself {words}" if itself and not state.soft else words


def _chain(state: Lifecycle, name: str, named: Named) -> list[tuple[str, Lifecycle | None]]:
    """What follows a replacement that ends, and what follows that; a circle of names is walked once."""
    found: list[tuple[str, Lifecycle | None]] = []
    seen, provider = {fold(state.key.model), fold(name)}, state.key.provider
    current = _found(named, provider, name)
    while current and current.announced and len(found) < MOST:
        later = next((one for one in current.replacements if fold(one) not in seen), None)
        if later is None:
            break
        seen.add(fold(later))
        current = _found(named, provider, later)
        found.append((later, current))
    return found


def _found(named: Named, provider: str, name: str) -> Lifecycle | None:
    """The lifecycle of that name; that of the snapshot it points to, where only this one's end is known."""
    own = named.get((provider, fold(name)))
    pointed = named.get((provider, fold(own.snapshot))) if own and own.snapshot else None
    return pointed if pointed and own and own.ends is None else own


def _comparison(state: Lifecycle, named: Named) -> Facts:
    others = [(name, other) for name in state.replacements[:MOST] if (other := _found(named, state.key.provider, name))]
    found: Facts = []
    for label, words in (("Price", _price), ("Size", _size)):
        mine = words(state)
        theirs = [f"{field(name, 60)}: {told}" for name, other in others if (told := words(other))]
        if theirs:
            found.append((label, "; ".join([f"now {mine or 'unknown'}", *theirs])))
    return found


def _price(state: Lifecycle) -> str:
    """`$0.40 in, $1.60 out per million tokens`."""
    parts = [f"${value} {word}" for name, word in _PRICES if (value := _value(state, name))]
    return f"{', '.join(parts)} per million tokens" if parts else ""


def _size(state: Lifecycle) -> str:
    """`1,047,576 tokens of context, 32,768 of output`."""
    parts = [f"{_thousands(value)} tokens of {word}" for name, word in _SIZES if (value := _value(state, name))]
    return ", ".join(parts)


def _value(state: Lifecycle, name: SpecName) -> str:
    belief = state.belief(name.value)
    return field(belief.values[0], 20) if belief else ""


def _thousands(value: str) -> str:
    return f"{int(value):,}" if value.isascii() and value.isdecimal() else value
