"""What one key takes over from another: an alias from its snapshot, a spelling from the name it spells, a scope from the whole model."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from msgspec import structs

from monitor.domain.facts import SpecName
from monitor.domain.identity import EVERYWHERE, ModelKey, Scope
from monitor.domain.lifecycle import Belief, Lifecycle
from monitor.domain.lines import fold

END_OF_LIFE = ("deprecated", "redirects", "replaced_by", "retires", "stage")
PROPERTIES = (*(name.value for name in SpecName), "released")
Model = tuple[str, str, Scope]


@dataclass(frozen=True, slots=True)
class Whole:
    """A lifecycle with what it takes over: *given* names, by slot, whose belief that is."""

    own: Lifecycle
    whole: Lifecycle
    given: Mapping[str, str]


class Lineage:
    """Who points to whom among some lifecycles."""

    def __init__(self, states: Mapping[ModelKey, Lifecycle]) -> None:
        self._states = states
        self._spelled: dict[Model, list[Lifecycle]] = defaultdict(list)
        for state in states.values():
            self._spelled[state.key.provider, fold(state.key.model), state.key.scope].append(state)
        self._models: dict[Model, list[Lifecycle]] = defaultdict(list)
        for state in states.values():
            self._models[self.model(state)].append(state)

    def snapshot(self, state: Lifecycle) -> Lifecycle | None:
        """The lifecycle of the snapshot that an alias points to: of its own scope, else of every scope."""
        if state.snapshot is None or state.snapshot == state.key.model:
            return None
        keys = (ModelKey(state.key.provider, state.snapshot, scope) for scope in (state.key.scope, EVERYWHERE))
        return next((self._states[key] for key in keys if key in self._states), None)

    def model(self, state: Lifecycle) -> Model:
        """What it is a name of: the provider, the last name that it leads to, the scope."""
        seen = [state]
        while (following := self._origin(seen[-1])) and following not in seen:
            seen.append(following)
        last = seen[-1].key
        return last.provider, fold(last.model), last.scope

    def whole(self, state: Lifecycle) -> Whole:
        """The lifecycle with what it takes over; what it says itself of its end, or with the higher authority, stays its own."""
        taken: dict[str, tuple[Belief, str]] = {}
        seen = [state]
        while (following := self._origin(seen[-1])) and following not in seen:
            spelling = fold(following.key.model) == fold(state.key.model)
            taken = _end_of(state, following, spelling=spelling) | taken
            seen.append(following)
        general = self._states.get(structs.replace(state.key, scope=EVERYWHERE)) if state.key.scope else None
        if general:
            taken = _covering(state, self.whole(general).whole) | taken
        taken |= _properties(state, self._models[self.model(state)])
        if not taken:
            return Whole(state, state, {})
        beliefs = {**dict(state.beliefs), **{slot: belief for slot, (belief, _) in taken.items()}}
        whole = replace(state, beliefs=tuple(sorted(beliefs.items(), key=lambda pair: pair[0])))
        return Whole(state, whole, {slot: name for slot, (_, name) in taken.items()})

    def _origin(self, state: Lifecycle) -> Lifecycle | None:
        """The next name it leads to: its snapshot, else the best known name that is spelled alike."""
        alike = self._spelled[state.key.provider, fold(state.key.model), state.key.scope]
        best = max(alike, key=_standing)
        return self.snapshot(state) or (best if best is not state else None)


def _standing(state: Lifecycle) -> tuple[bool, bool, int, str]:
    return (
        state.snapshot is not None,
        state.listed,
        _authority(claim for _, belief in state.beliefs for claim in belief.chosen),
        state.key.model,
    )


def _authority(claims: Iterable[object]) -> int:
    return max((getattr(claim, "authority", 0) for claim in claims), default=0)


def _end_of(state: Lifecycle, origin: Lifecycle, *, spelling: bool) -> dict[str, tuple[Belief, str]]:
    """What *state* takes over of another name's end: all that it does not say, unless it has a date of its own."""
    if state.retires or state.redirects:
        return {}
    slots = (*END_OF_LIFE, "listed") if spelling else END_OF_LIFE
    free = [slot for slot in slots if state.belief(slot) is None or (slot == "retires" and origin.retires)]
    return {slot: (belief, origin.key.model) for slot in free if (belief := origin.belief(slot))}


def _covering(state: Lifecycle, general: Lifecycle) -> dict[str, tuple[Belief, str]]:
    """What an unscoped word says of a scope that has no claim of its own; a scope with a date of its own takes no other date or state."""
    slots = ("deprecated", "replaced_by") if state.retires or state.redirects else END_OF_LIFE
    free = [slot for slot in slots if state.belief(slot) is None]
    return {slot: (belief, state.key.model) for slot in free if (belief := general.belief(slot))}


def _properties(state: Lifecycle, names: Iterable[Lifecycle]) -> dict[str, tuple[Belief, str]]:
    """The properties that another name of the same model is given by a higher authority, or by anybody where this one has none."""
    found: dict[str, tuple[Belief, str]] = {}
    names = list(names)
    if len(names) == 1:
        return found
    for slot in PROPERTIES:
        said = [(belief, name) for name in names if (belief := name.belief(slot))]
        own = state.belief(slot)
        best = max(said, key=lambda one: (_authority(one[0].chosen), one[1] is state, one[1].key), default=None)
        if best and best[1] is not state and (own is None or _authority(best[0].chosen) > _authority(own.chosen)):
            found[slot] = (best[0], best[1].key.model)
    return found
