"""What one table row states: its stage, its dates with where they hold, its replacements, each with the words that say so."""

import re
from collections.abc import Iterator

from msgspec import Struct, structs

from monitor.domain.facts import Deprecated, Fact, InStage, NoRetirement, ReplacedBy, Retires, Stage
from monitor.domain.identity import EVERYWHERE, Scope
from monitor.errors import UnreadableDate
from monitor.parsing.dates import Order
from monitor.parsing.documents import Row
from monitor.parsing.naming.names import has_digit, recommended
from monitor.parsing.prose.targets import may_point
from monitor.parsing.tables.cells import Scoped, read_cell, stage_of
from monitor.parsing.tables.columns import Role
from monitor.parsing.tables.footnotes import marks_of
from monitor.parsing.tables.row_plans import Frame, Line
from monitor.parsing.tables.told_cells import pointed_in, tells_end, told_in

_ALIVE = frozenset({Stage.ACTIVE, Stage.PREVIEW, Stage.LEGACY})
_GOING = (InStage(Stage.DEPRECATED), InStage(Stage.RETIRED), InStage(Stage.LEGACY))
_ASIDE = re.compile(r"\(([^()]+)\)")


class Said(Struct, frozen=True, gc=False):
    """A fact of a row, the words that state it, and where it holds beyond the row's own scope."""

    fact: Fact
    quote: str
    scope: Scope = EVERYWHERE


class Unread(Struct, frozen=True, gc=False):
    """A cell of dates that could not be read."""

    role: Role
    text: str


def facts_of(line: Line, model: int) -> tuple[list[Said], list[Unread]]:
    """Everything a row states of the model in the cell *model*, and what of it could not be read."""
    plan, frame = line.plan, line.frame
    stage = _stage(line, model) if plan.stated or line.row.group else None
    said = [Said(InStage(stage[0]), stage[1])] if stage else []
    dated: list[Said] = []
    unread: list[Unread] = []
    for item in _dates(line, model, stage):
        if isinstance(item, Said):
            dated.append(item)
        else:
            unread.append(item)
    if not plan.trained and not any(isinstance(item.fact, Retires | NoRetirement) for item in dated) and not unread:
        _add_told(line, model, dated, unread)
    row = _shared(dated) if any(item.scope.parts for item in dated) else EVERYWHERE
    said += [structs.replace(item, scope=row) for item in dated] if row else dated
    if frame.said_on and frame.said_in and not plan.deprecated:
        said.append(Said(Deprecated(frame.said_on), frame.said_in))
    replacements = _replacements(line, model) if plan.replaced else []
    if not plan.replaced and any(map(_is_leaving, said)):
        replacements.extend(_pointed(line, model))
    said += [structs.replace(item, scope=row) for item in replacements] if row else replacements
    return said, unread


def _is_leaving(said: Said) -> bool:
    """Whether a fact says that its model is on its way out: one that is used is told of others without being replaced."""
    return isinstance(said.fact, Retires | Deprecated) or said.fact in _GOING


def _add_told(line: Line, model: int, dated: list[Said], unread: list[Unread]) -> None:
    """Add what cells tell in words that no column of dates has: a state's day, a note of the end."""
    kinds = {type(item.fact) for item in dated}
    for at in line.plan.wordy(len(line.plain)):
        text = line.plain[at]
        if has_digit(text) and tells_end(text):
            facts, other = told_in(line.row.cells[at], line.frame.order)
            dated.extend(Said(fact, line.quote(model, at)) for fact in facts if type(fact) not in kinds)
            unread.extend([Unread(Role.OTHER, text)] if other and not facts else ())


def _pointed(line: Line, model: int) -> Iterator[Said]:
    """What cells tell in words to use instead, where no column has it: "Migrate to `a-2`" in a column of notes."""
    for at in line.plan.wordy(len(line.plain)):
        if may_point(line.plain[at]):
            own = {line.plain[place] for place in line.plan.names if place < len(line.plain)}
            yield from (Said(ReplacedBy(name), line.quote(model, at)) for name in pointed_in(line.row.cells[at], own))


def other_version(line: Line, scope: Scope) -> bool:
    """Whether the replacement's cell names another version of the model than the row speaks of: `sora-2 (2025-12-08)`."""
    version = next((values[0] for name, values in scope.parts if name == "version"), "")
    aside = _ASIDE.search(line.text(line.place(Role.REPLACEMENT)))
    return bool(version and aside and has_digit(aside[1]) and aside[1].strip() != version)


def _shared(dated: list[Said]) -> Scope:
    """The regions printed beside the dates of a row, the same ones wherever any are: the whole row holds there."""
    scopes = {said.scope for said in dated if any(name == "region" for name, _ in said.scope.parts)}
    if len(scopes) != 1:
        return EVERYWHERE
    kinds = {type(said.fact) for said in dated}
    return scopes.pop() if len(kinds) == len(dated) else EVERYWHERE


def _stage(line: Line, model: int) -> tuple[Stage, str] | None:
    at = line.place(Role.STATE)
    own = stage_of(line.text(at))
    if own and at is not None:
        return own, line.quote(model, at)
    group = stage_of(line.row.group)
    return (group, line.row.group) if group else None


def _dates(line: Line, model: int, stage: tuple[Stage, str] | None) -> Iterator[Said | Unread]:
    for role, at in line.plan.dated:
        if at >= len(line.plain) or not line.plain[at]:
            continue
        try:
            said = read_cell(Role.RETIRES if line.plan.trained and role is Role.TRAINING else role, line.plain[at], line.frame.order)
        except UnreadableDate:
            yield Unread(role, line.plain[at])
            continue
        alone = line.plan.places.get(role) == at or bool(line.plan.ends[at])
        for item in said:
            yield _dated(line, (model, at), item, role, stage) if alone else Unread(role, line.plain[at])
    if line.wide and not line.plan.retired:
        yield from _unnamed_floors(line, model, stage)


def _unnamed_floors(line: Line, model: int, stage: tuple[Stage, str] | None) -> Iterator[Said]:
    """ "No sooner than 4/28/2026" in a column for which the header has no cell."""
    for at, floor in floors(line.row, line.frame.order):
        if at not in line.plan.places.values():
            yield _dated(line, (model, at), floor, Role.RETIRES, stage)


def floors(row: Row, order: Order) -> Iterator[tuple[int, Scoped]]:
    """The cells of a row that are a date and say that nothing ends before it."""
    for at, cell in enumerate(row.cells):
        try:
            said = read_cell(Role.RETIRES, cell.plain, order) if has_digit(cell.plain) else ()
        except UnreadableDate:
            continue
        yield from ((at, item) for item in said if isinstance(item[0], Retires) and item[0].on.is_floor)


def _dated(line: Line, run: tuple[int, int], item: Scoped, role: Role, stage: tuple[Stage, str] | None) -> Said:
    fact, scope, words = item
    if isinstance(fact, Retires):
        noted = not line.frame.floor_marks.isdisjoint(marks_of(line.row.cells[run[1]])) if line.frame.floor_marks else False
        fact = _bounded(fact, structs.replace(line.frame, floored=True) if noted else line.frame, stage)
    scope = scope or line.plan.ends.get(run[1], EVERYWHERE)
    if line.plan.trained:  # fine-tuning ends twice: for training, then for what was trained
        scope = scope.with_part("phase", ["training" if role is Role.TRAINING else "deployment"])
    return Said(fact, words or line.quote(*run), scope)


def _bounded(fact: Retires, frame: Frame, stage: tuple[Stage, str] | None) -> Retires:
    if not (fact.on.is_floor or frame.all_floors or frame.floored):
        return fact
    on = fact.on.as_floor()
    alive = stage is not None and stage[0] in _ALIVE
    return structs.replace(fact, on=on, promise=on.is_floor and (frame.promises or alive) and not frame.all_floors)


def _replacements(line: Line, model: int) -> list[Said]:
    """The replacements by id where there is an id for each, else as the other column names them."""
    at, ids = line.place(Role.REPLACEMENT), line.place(Role.REPLACEMENT_ID)
    names = () if at is None else recommended(line.row.cells[at])
    given = () if ids is None else recommended(line.row.cells[ids])
    if ids is not None and len(given) >= len(names):
        at, names = ids, given
    if at is None or not names:
        return []
    quote = "" if line.row.cells[at].links else line.quote(model, at)
    return [Said(ReplacedBy(name), quote or name) for name in names]
