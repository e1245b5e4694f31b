"""One table → statements, by column role; every row that carries a date and gives none is skipped with its reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from monitor.domain.claims import Place, Skipped, Statement
from monitor.domain.facts import Deprecated, Fact, InStage, NoRetirement, Redirects, Released, ReplacedBy, Retires, Stage
from monitor.domain.identity import EVERYWHERE, Kind, ModelKey, Scope
from monitor.domain.lines import snapshot_base
from monitor.domain.when import When
from monitor.errors import UnreadableDate
from monitor.parsing.columns import Role, names_family, roles_of
from monitor.parsing.dates import Order, absent, announced_absence, find_dates, read_date
from monitor.parsing.documents import Row, Table, Text
from monitor.parsing.names import kind_of, named, recommended
from monitor.parsing.stages import stage_in

_TRAINING = re.compile(r"\b(?:new\s+)?(?:fine-?tuning|training)\b", re.IGNORECASE)
_FACTS: dict[Role, type[Retires | Deprecated | Released | Redirects]] = {
    Role.RETIRES: Retires,
    Role.DEPRECATED: Deprecated,
    Role.RELEASED: Released,
    Role.REDIRECTS: Redirects,
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page says around a table: its provider, the announcement day of the section, whether floors only promise, the scope."""

    provider: str
    said_on: When | None = None
    said_in: str = ""
    promises: bool = False
    all_floors: bool = False
    order: Order = Order.REFUSE
    scope: Scope = EVERYWHERE


@dataclass(slots=True)
class Rows:
    """What was read from a table."""

    statements: list[Statement] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """One row with the places of its roles, and what the page says around it."""

    row: Row
    places: dict[Role, int]
    frame: Frame
    family: bool

    def place(self, *roles: Role) -> int | None:
        """Where the first of *roles* stands that the row has and whose cell is not empty."""
        for role in roles:
            at = self.places.get(role)
            if at is not None and at < len(self.row.cells) and self.row.cells[at].plain:
                return at
        return None

    def text(self, at: int | None) -> str:
        """The text of a cell; "" for none."""
        return "" if at is None else self.row.cells[at].plain

    def quote(self, first: int | None, value: int) -> str:
        """The run of cells from one to the other, as it stands on the page; the value's alone where an address would interrupt it."""
        low, high = (value, value) if first is None else (min(first, value), max(first, value))
        run = self.row.cells[low : high + 1]
        if any(cell.links or cell.marks for cell in run):
            return self.row.cells[value].plain
        return " | ".join(cell.plain for cell in run)


def speaks_of_lifecycles(table: Table) -> bool:
    """Whether the table has a column of models or services and one of states or dates of their lives."""
    roles = set(roles_of(table.header))
    return bool(roles & {Role.MODEL, Role.MODEL_ID, Role.SERVICE}) and bool(
        roles & {Role.RETIRES, Role.DEPRECATED, Role.STATE, Role.REDIRECTS}
    )


def read_rows(table: Table, frame: Frame) -> Rows:
    """Every row of a table that speaks of lifecycles."""
    places: dict[Role, int] = {role: at for at, role in enumerate(roles_of(table.header)) if role is not Role.OTHER}
    family = names_family(table.header)
    rows = Rows()
    for row in table.rows:
        _read_row(_Line(row, places, frame, family), rows)
        rows.cut |= row.cut
    return rows


def _read_row(line: _Line, rows: Rows) -> None:
    text = " | ".join(cell.plain for cell in line.row.cells)
    if line.row.cut:
        rows.skipped.append(Skipped(text, "the document breaks off in this row", "cut"))
        return
    model = line.place(Role.MODEL_ID, Role.MODEL, Role.SERVICE)
    names = named(line.row.cells[model]) if model is not None else ()
    if model is None or not names:
        if find_dates(text):
            rows.skipped.append(Skipped(text, "no model named in a row with a date", "no model"))
        return
    before = len(rows.skipped)
    facts = list(_facts(line, rows, text, model))
    if not facts and len(rows.skipped) == before and find_dates(text):
        rows.skipped.append(Skipped(text, "no column of this row says what its date means", "no meaning"))
    for name in names:
        rows.statements.extend(_statements(line, line.row.cells[model], name, facts))


def _statements(line: _Line, cell: Text, name: str, facts: list[tuple[Fact, str]]) -> Iterator[Statement]:
    kind, scope = _subject(line, cell, name)
    place = Place.STATUS if Role.STATE in line.places else Place.HISTORY
    key = ModelKey(line.frame.provider, name, scope)
    family = line.family and kind is Kind.MODEL and snapshot_base(name) == name.casefold()
    said_on = None if place is Place.STATUS else line.frame.said_on
    for fact, quote in facts:
        if isinstance(fact, ReplacedBy) and fact.model.casefold() == name.casefold():
            continue  # a model is not its own replacement
        yield Statement(key, fact, quote, kind, place, said_on, family=family)


def _subject(line: _Line, cell: Text, name: str) -> tuple[Kind, Scope]:
    if cell.codes and len(cell.plain) > len(name) and _TRAINING.search(cell.plain.split(name)[0]):
        return Kind.SERVICE, line.frame.scope.with_part("feature", ["fine-tuning"])
    service = Role.SERVICE in line.places and line.place(Role.MODEL_ID, Role.MODEL) is None
    kind = Kind.SERVICE if service else kind_of(name)
    return kind, line.frame.scope if kind is Kind.MODEL else EVERYWHERE


def _facts(line: _Line, rows: Rows, text: str, model: int) -> Iterator[tuple[Fact, str]]:
    stage = _stage(line, model)
    if stage:
        yield InStage(stage[0]), stage[1]
    for role in _FACTS:
        at = line.place(role)
        fact = None if at is None else _date_fact(line, role, line.row.cells[at], stage)
        if isinstance(fact, str):
            rows.skipped.append(Skipped(text, fact, f"{role.value}: unreadable date"))
        elif fact and at is not None:
            yield fact, line.quote(model, at)
    if line.frame.said_on and Role.DEPRECATED not in line.places:
        yield Deprecated(line.frame.said_on), line.frame.said_in
    at = line.place(Role.REPLACEMENT)
    if at is not None:
        cell = line.row.cells[at]
        for name in recommended(cell):
            yield ReplacedBy(name), name if cell.links else line.quote(model, at)


def _date_fact(line: _Line, role: Role, cell: Text, stage: tuple[Stage, str] | None) -> Fact | str | None:
    """The fact a date cell states; None where it says that there is no date; why not, where it cannot be read."""
    fact = _cell_fact(role, cell.plain, line.frame.order)
    return _dated(fact, line.frame, stage) if isinstance(fact, Retires) else fact


@lru_cache(maxsize=4096)
def _cell_fact(role: Role, text: str, order: Order) -> Fact | str | None:
    if role is Role.RETIRES and announced_absence(text):
        return NoRetirement()
    if absent(text):
        return None
    try:
        return _FACTS[role](read_date(text, order=order))
    except UnreadableDate:
        return f"unreadable date: {text[:80]}"


def _stage(line: _Line, model: int | None) -> tuple[Stage, str] | None:
    at = line.place(Role.STATE)
    own, group = stage_in(line.text(at)), stage_in(line.row.group)
    if own and at is not None:
        return own, line.quote(model, at)
    return (group, line.row.group) if group else None


def _dated(fact: Retires, frame: Frame, stage: tuple[Stage, str] | None) -> Retires:
    if not (fact.on.is_floor or frame.all_floors):
        return fact
    on = fact.on.as_floor() if frame.all_floors else fact.on
    alive = stage is not None and stage[0] in {Stage.ACTIVE, Stage.PREVIEW, Stage.LEGACY}
    return replace(fact, on=on, promise=on.is_floor and (frame.promises or alive) and not frame.all_floors)
