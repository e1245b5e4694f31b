"""Lifecycles → views: what an alias takes over from its snapshot, and where the keys of a line disagree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from monitor.domain.facts import SpecName
from monitor.domain.identity import EVERYWHERE, ModelKey, Scope
from monitor.domain.lifecycle import Belief, Lifecycle
from monitor.domain.lines import fold, line_of
from monitor.queries.views import KeyView, Slots, Word

INHERITED = ("deprecated", "redirects", "replaced_by", "retires", "stage")
EVERYWHERE_THE_SAME = frozenset({*(name.value for name in SpecName), "released"})
OWN_DATES = frozenset({"deprecated", "redirects", "retires"})
States = Mapping[ModelKey, Lifecycle]


def key_views(states: States, now: datetime) -> tuple[KeyView, ...]:
    """A view of every key at *now*, with the differences inside its line, in the order of `by_rank`."""
    aliases: dict[ModelKey, list[str]] = defaultdict(list)
    views = []
    for state in states.values():
        snapshot = _snapshot(state, states)
        if snapshot:
            aliases[snapshot.key].append(state.key.model)
        views.append(_view(state, snapshot, now))
    views = [replace(view, aliases=tuple(aliases[view.key])) for view in views]
    by_line: dict[str, list[KeyView]] = defaultdict(list)
    for view in views:
        by_line[view.line].append(view)
    return tuple(found for line in by_line.values() for found in _compared(by_rank(line)))


def by_rank(views: Iterable[KeyView]) -> list[KeyView]:
    """The maker's own surface first, then by the authority of what is said, then by name."""
    views = list(views)
    makers = makers_of(views)
    return sorted(views, key=lambda view: (view.key.provider not in makers, -_authority(view), view.key))


def makers_of(views: Iterable[KeyView]) -> frozenset[str]:
    """Who makes a line's model, as routers' names say it: `openai/gpt-4.1-mini` names openai."""
    return frozenset(view.key.model.split("/")[0].casefold() for view in views if "/" in view.key.model)


def line_differences(views: tuple[KeyView, ...]) -> Slots:
    """The slots in which a line's sources disagree, each with everything said in it, the highest word first."""
    makers = makers_of(views)
    found = []
    for slot in sorted({slot for view in views for slot, _ in view.words}):
        said = _said(views, slot)
        extra = [word for view in views for word in (*view.disputes, *view.differences) if word.claim.slot == slot]
        if extra:
            found.append((slot, _ranked([*said, *extra], makers)))
    return tuple(found)


def _ranked(words: Iterable[Word], makers: frozenset[str]) -> tuple[Word, ...]:
    def rank(word: Word) -> tuple[int, bool, datetime, ModelKey, str, str]:
        claim = word.claim
        return -claim.authority, claim.key.provider not in makers, claim.first_seen_at, claim.key, claim.source, word.value

    return tuple(sorted(dict.fromkeys(words), key=rank))


def _said(views: Iterable[KeyView], slot: str) -> list[Word]:
    return [word for view in views for word in view.all(slot) if not word.inherited_from]


def _authority(view: KeyView) -> int:
    return max((word.claim.authority for _, words in view.words for word in words), default=0)


def _snapshot(state: Lifecycle, states: States) -> Lifecycle | None:
    """The lifecycle of the snapshot that an alias points to: of its own scope, else of every scope."""
    if state.snapshot is None:
        return None
    scopes: tuple[Scope, ...] = (state.key.scope, EVERYWHERE)
    return next(
        (found for scope in scopes if (found := states.get(ModelKey(state.key.provider, state.snapshot, scope))) and found is not state),
        None,
    )


def _view(state: Lifecycle, snapshot: Lifecycle | None, now: datetime) -> KeyView:
    inherited = _inherited(state, snapshot)
    given = {slot for slot, _ in inherited}
    own = tuple((slot, belief) for slot, belief in state.beliefs if slot not in given)
    whole = replace(state, beliefs=tuple(sorted((*own, *inherited), key=lambda pair: pair[0])))
    whose = {slot: snapshot.key.model if snapshot and slot in given else "" for slot, _ in whole.beliefs}
    ends = whole.ends
    return KeyView(
        key=state.key,
        kind=state.kind,
        line=line_of(state.key.model),
        stage=whole.stage_on(now),
        words=tuple((slot, tuple(Word(claim, whose[slot]) for claim in belief.chosen)) for slot, belief in whole.beliefs),
        known_since=state.known_since,
        disputes=tuple(Word(claim, whose[slot]) for slot, belief in whole.beliefs for claim in belief.disputed),
        differences=tuple(Word(claim) for _, belief in own for claim in belief.differences),
        ends=ends,
        days_left=ends.days_left(now.date()) if ends else None,
        promised=whole.promised,
        overdue=whole.overdue(now.date()),
        unconfirmed=whole.unconfirmed,
        listed=state.listed,
        family=state.family,
    )


def _inherited(state: Lifecycle, snapshot: Lifecycle | None) -> list[tuple[str, Belief]]:
    """The end of life of its snapshot, for an alias that has no date of its own."""
    if snapshot is None or state.retires or state.redirects:
        return []
    return [(slot, belief) for slot in INHERITED if (belief := snapshot.belief(slot)) and (state.belief(slot) is None or slot == "retires")]


def _compared(views: list[KeyView]) -> list[KeyView]:
    """The views of one line, each with the words of the others that it contradicts."""
    makers = makers_of(views)
    return [replace(view, differences=_ranked((*view.differences, *_elsewhere(view, views)), makers)) for view in views]


def _elsewhere(view: KeyView, views: list[KeyView]) -> list[Word]:
    found = []
    for slot, words in view.words:
        own = {word.compared for word in words}
        others = [other for other in views if other is not view and _comparable(slot, view, other)]
        found += [word for word in _said(others, slot) if word.compared not in own]
    return found


def _comparable(slot: str, one: KeyView, other: KeyView) -> bool:
    """Properties belong to the model; dates to a surface, where an alias and its snapshot are one, and so are two spellings."""
    if slot in EVERYWHERE_THE_SAME:
        return True
    return slot in OWN_DATES and _surface(one) == _surface(other)


def _surface(view: KeyView) -> tuple[str, str, Scope]:
    alias = view.word("alias_of")
    return view.key.provider, fold(alias.value if alias else view.key.model), view.key.scope
