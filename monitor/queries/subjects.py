"""What a person means who wants to acknowledge something: an alert, a model, a line, a watch or an owner."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from monitor.domain.events import ABOUT_SOURCES
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.lines import fold, line_of
from monitor.domain.policy.mutes import MuteTarget, same_end, target_text
from monitor.domain.policy.watches import Watch, aliases_of, selects
from monitor.domain.reconcile.diff import shown
from monitor.errors import UsageError
from monitor.queries.models import near_lines
from monitor.store import Ledger
from monitor.store.views import AlertView

ALERT = re.compile(r"mw-[0-9a-f]{8}", re.IGNORECASE)
TARGETS = "an alert's id, model:PROVIDER/NAME, line:NAME, watch:NAME or owner:NAME"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a mute is to be about, and the lifecycles with an end that it would cover now."""

    target: MuteTarget
    name: str
    provider: str
    states: tuple[Lifecycle, ...]

    @property
    def text(self) -> str:
        """As a person may name it again: `model:openai/gpt-4o`."""
        return target_text(self.target, self.provider, self.name)


def find_subjects(ledger: Ledger, watches: Sequence[Watch], text: str) -> tuple[Subject, ...]:
    """What *text* names; several models where an alert or its message is about several.

    Raises UsageError, which says what there is, for what is unknown, may mean several things, or has moved since it was told.
    """
    if ALERT.fullmatch(text.strip()):
        return _of_alerts(ledger, text.strip().upper())
    word, _, name = text.strip().partition(":")
    if not name or word not in set(MuteTarget):
        return (_any_model(ledger, text.strip(), watches),)
    match MuteTarget(word):
        case MuteTarget.LINE:
            found = _line(ledger, name)
        case MuteTarget.WATCH:
            found = _watch(ledger, watches, name)
        case MuteTarget.OWNER:
            found = _owner(ledger, watches, name)
        case MuteTarget.MODEL:
            found = _any_model(ledger, name)
    return (found,)


def _any_model(ledger: Ledger, name: str, watches: Sequence[Watch] = ()) -> Subject:
    keys = ledger.claims.models()
    spelled = [key for key in keys if name in {key.model, f"{key.provider}/{key.model}"}]
    spelled = spelled or [key for key in keys if fold(name) in {fold(key.model), f"{key.provider}/{fold(key.model)}"}]
    named = [key for key in spelled if f"{key.provider}/{fold(key.model)}" == fold(name)] or spelled
    models = sorted({(key.provider, key.model) for key in named})
    if not models:
        raise UsageError(f"no model {name!r}{_near(ledger, name, watches)}; expected {TARGETS}")
    if len(models) > 1:
        every = ", ".join(f"model:{provider}/{model}" for provider, model in models)
        raise UsageError(f"{name!r} may be {every}; or all of them with line:{line_of(name)}")
    return _model(ledger, models[0], named)


def _near(ledger: Ledger, name: str, watches: Sequence[Watch]) -> str:
    near = [f"line:{line}" for line in near_lines(ledger, name)]
    near += [f"watch:{watch.name}" for watch in watches if watch.name == name]
    near += [f"owner:{name}" for _ in {watch.owner for watch in watches if watch.owner == name}]
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _model(ledger: Ledger, model: tuple[str, str], keys: Collection[ModelKey]) -> Subject:
    """A model; a moving name that has no end of its own stands for the snapshot that it points to."""
    states = tuple(ledger.claims.resolved(keys=keys).values())
    snapshot = next((state.snapshot for state in states if state.snapshot), None)
    if snapshot and snapshot != model[1] and not any(state.ends for state in states):
        pointed = [key for key in ledger.claims.models() if (key.provider, key.model) == (model[0], snapshot)]
        if pointed:
            return Subject(MuteTarget.MODEL, snapshot, model[0], _ending(ledger.claims.resolved(keys=pointed).values()))
    return Subject(MuteTarget.MODEL, model[1], model[0], _ending(states))


def _line(ledger: Ledger, name: str) -> Subject:
    line = line_of(name)
    states = ledger.claims.resolved(lines=[line]).values()
    if not states:
        near = " or ".join(f"line:{other}" for other in near_lines(ledger, name))
        raise UsageError(f"no line {name!r}" + (f"; did you mean {near}?" if near else "; `modelwatch show NAME` finds one"))
    return Subject(MuteTarget.LINE, line, "", _ending(states))


def _watch(ledger: Ledger, watches: Sequence[Watch], name: str) -> Subject:
    mine = [watch for watch in watches if watch.name == name]
    if not mine:
        raise _none("watch", name, [watch.name for watch in watches])
    return Subject(MuteTarget.WATCH, name, "", _watched(ledger, mine))


def _owner(ledger: Ledger, watches: Sequence[Watch], name: str) -> Subject:
    mine = [watch for watch in watches if watch.owner == name]
    if not mine:
        raise _none("owner", name, [watch.owner for watch in watches if watch.owner])
    return Subject(MuteTarget.OWNER, name, "", _watched(ledger, mine))


def _none(what: str, name: str, known: Iterable[str]) -> UsageError:
    names = sorted(set(known))
    near = get_close_matches(name, names, n=1)
    there = f"did you mean {what}:{near[0]}?" if near else f"there {'is' if len(names) == 1 else 'are'} {', '.join(names) or 'none'}"
    return UsageError(f"no {what} {name!r}; {there}")


def _watched(ledger: Ledger, watches: Sequence[Watch]) -> tuple[Lifecycle, ...]:
    every = ledger.claims.ending()
    aliases = aliases_of(every)
    return _ending(state for state in every if any(selects(watch, state.key, aliases) for watch in watches))


def _ending(states: Iterable[Lifecycle]) -> tuple[Lifecycle, ...]:
    return tuple(state for state in states if state.ends)


def _of_alerts(ledger: Ledger, visible_id: str) -> tuple[Subject, ...]:
    """The models that an alert, or the alerts of one message, told of, as far as their ends are still those that were told."""
    alone = ledger.outbox.find(visible_id)
    views = ledger.outbox.batch(visible_id) or ((alone,) if alone else ())
    if not views:
        raise UsageError(f"no alert {visible_id!r}; `modelwatch alerts` lists them")
    told = [view for view in views if not any(event.kind in ABOUT_SOURCES for event in view.alert.events) and view.about]
    if not told:
        raise UsageError(f"{visible_id} is not about a model: what is said of sources and channels cannot be acknowledged")
    found: dict[tuple[str, str], dict[ModelKey, Lifecycle]] = defaultdict(dict)
    moved: list[str] = []
    for view in told:
        then = _as_told(ledger, view)
        for key, state in ledger.claims.resolved(keys=view.about).items():
            seen = then[key].ends if key in then else None
            if same_end(shown(seen), state.ends):
                found[key.provider, key.model][key] = state
            else:
                moved.append(f"{key} has moved since from {shown(seen) or 'no date'} to {shown(state.ends) or 'no date'}")
    if not found:
        raise UsageError(f"{visible_id} is out of date: {'; '.join(moved) or 'nothing is known of its models any more'}")
    return tuple(Subject(MuteTarget.MODEL, model, provider, tuple(states.values())) for (provider, model), states in sorted(found.items()))


def _as_told(ledger: Ledger, view: AlertView) -> dict[ModelKey, Lifecycle]:
    """What was believed when the alert arrived; now, where it has not."""
    alert = ledger.outbox.find(view.visible_id) or view
    at = next((attempt.at for attempt in reversed(alert.deliveries) if attempt.outcome == "delivered"), None)
    return ledger.claims.resolved(keys=view.about, as_of=at)
