"""Lifecycles → views: what is believed of each key, and where the keys of a line disagree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.lines import line_of
from monitor.queries.lineage import PROPERTIES, Lineage, Model, Whole
from monitor.queries.views import KeyView, Slots, Word

OWN_DATES = frozenset({"deprecated", "redirects", "retires"})


def key_views(states: Mapping[ModelKey, Lifecycle], now: datetime) -> tuple[KeyView, ...]:
    """A view of every key at *now* with the differences inside its line; per line those of whoever makes the model first."""
    lineage = Lineage(states)
    aliases: dict[ModelKey, list[str]] = defaultdict(list)
    for state in states.values():
        if snapshot := lineage.snapshot(state):
            aliases[snapshot.key].append(state.key.model)
    models = {state.key: lineage.model(state) for state in states.values()}
    lines: dict[str, list[KeyView]] = defaultdict(list)
    for state in states.values():
        view = _view(lineage.whole(state), now)
        lines[view.line].append(replace(view, aliases=tuple(aliases[view.key])) if view.key in aliases else view)
    return tuple(view for line in lines.values() for view in _compared(by_rank(line), models))


def by_rank(views: Iterable[KeyView]) -> list[KeyView]:
    """The maker's own surface first, then by the authority of what is said, then by name."""
    views = list(views)
    makers = makers_of(views)
    return sorted(views, key=lambda view: (view.key.provider not in makers, -_authority(view), view.key))


def makers_of(views: Iterable[KeyView]) -> frozenset[str]:
    """Who makes a line's model, as routers' names say it: `openai/gpt-4.1-mini` names openai."""
    return frozenset(view.key.model.split("/")[0].casefold() for view in views if "/" in view.key.model)


def line_differences(views: tuple[KeyView, ...]) -> Slots:
    """The slots in which a line's sources disagree, each with everything said by those who take part, the highest word first."""
    makers = makers_of(views)
    by_key = {view.key: view for view in views}
    others: dict[str, list[Word]] = defaultdict(list)
    for view in views:
        for word in (*view.disputes, *view.differences):
            if not word.inherited_from:
                slot, speakers = word.claim.slot, (view, by_key[word.claim.key])
                believed = (replace(own, inherited_from="") for speaker in speakers for own in speaker.all(slot))
                others[slot] += [word, *believed]
    return tuple((slot, _ranked(others[slot], makers)) for slot in sorted(others))


def _ranked(words: Iterable[Word], makers: frozenset[str]) -> tuple[Word, ...]:
    def rank(word: Word) -> tuple[int, bool, datetime, ModelKey, str, str]:
        claim = word.claim
        return -claim.authority, claim.key.provider not in makers, claim.first_seen_at, claim.key, claim.source, word.value

    return tuple(sorted(dict.fromkeys(words), key=rank))


def _said(views: Iterable[KeyView], slot: str) -> list[Word]:
    return [word for view in views for word in view.all(slot) if not word.inherited_from]


def _authority(view: KeyView) -> int:
    return max((word.claim.authority for _, words in view.words for word in words if not word.inherited_from), default=0)


def _view(both: Whole, now: datetime) -> KeyView:
    own, whole, given = both.own, both.whole, both.given
    ends = whole.ends
    return KeyView(
        key=own.key,
        kind=own.kind,
        line=line_of(own.key.model),
        stage=whole.stage_on(now),
        words=tuple((slot, tuple(Word(claim, given.get(slot, "")) for claim in belief.chosen)) for slot, belief in whole.beliefs),
        known_since=own.known_since,
        disputes=tuple(Word(claim, given.get(slot, "")) for slot, belief in whole.beliefs for claim in belief.disputed),
        differences=tuple(_lower(both)),
        ends=ends,
        days_left=ends.days_left(now.date()) if ends else None,
        promised=whole.promised,
        overdue=whole.overdue(now.date()),
        unconfirmed=whole.unconfirmed,
        listed=whole.listed,
        family=own.family,
    )


def _lower(both: Whole) -> Iterable[Word]:
    """What is said of the key itself and not believed: by lower ranks, and where another name of the model has a higher word."""
    for slot, belief in both.own.beliefs:
        overruled = (*belief.chosen, *belief.disputed) if slot in both.given else ()
        if overruled or belief.differences:  # seldom
            found = both.whole.belief(slot) or belief
            believed = {Word(claim).compared for claim in found.chosen}
            yield from (word for claim in (*overruled, *belief.differences) if (word := Word(claim)).compared not in believed)


def _compared(views: list[KeyView], models: Mapping[ModelKey, Model]) -> list[KeyView]:
    """The views of one line, each with the words of the others that it contradicts."""
    if len(views) == 1 and not views[0].differences:
        return views
    makers = makers_of(views)
    return [replace(view, differences=_ranked((*view.differences, *_elsewhere(view, views, models)), makers)) for view in views]


def _elsewhere(view: KeyView, views: list[KeyView], models: Mapping[ModelKey, Model]) -> list[Word]:
    """Properties belong to the model wherever it is; dates to a surface, where an alias and its snapshot are one."""
    found = []
    for slot, words in view.words:
        alike = [other for other in views if other is not view and (slot in PROPERTIES or models[other.key] == models[view.key])]
        said = _said(alike, slot) if slot in PROPERTIES or slot in OWN_DATES else []
        own = {word.compared for word in words} if said else set()
        found += [word for word in said if word.compared not in own]
    return found
