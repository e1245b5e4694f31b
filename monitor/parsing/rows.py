"""One table → statements, by column role; every row that carries a date and gives none is skipped with its reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from monitor.domain.claims import Place, Skipped, Statement
from monitor.domain.facts import Deprecated, Fact, InStage, NoRetirement, Redirects, Released, ReplacedBy, Retires, Stage
from monitor.domain.identity import EVERYWHERE, Kind, ModelKey, Scope
from monitor.domain.lines import snapshot_base
from monitor.domain.when import When
from monitor.errors import UnreadableDate
from monitor.parsing.columns import Role, names_family, roles_of
from monitor.parsing.dates import Order, absent, announced_absence, find_dates, read_date
from monitor.parsing.documents import Row, Table, Text
from monitor.parsing.names import is_service, kind_of, named, recommended

STAGES = {
    "preview": Stage.PREVIEW,
    "public preview": Stage.PREVIEW,
    "experimental": Stage.PREVIEW,
    "beta": Stage.PREVIEW,
    "active": Stage.ACTIVE,
    "ga": Stage.ACTIVE,
    "generally available": Stage.ACTIVE,
    "stable": Stage.ACTIVE,
    "current": Stage.ACTIVE,
    "legacy": Stage.LEGACY,
    "deprecated": Stage.DEPRECATED,
    "retired": Stage.RETIRED,
    "shut down": Stage.RETIRED,
    "discontinued": Stage.RETIRED,
    "eol": Stage.RETIRED,
}
_STATE = re.compile(rf"({'|'.join(sorted(STAGES, key=len, reverse=True))})\b", re.IGNORECASE)
_TRAINING = re.compile(r"\b(?:new\s+)?(?:fine-?tuning|training)\b", re.IGNORECASE)
_FACTS = {Role.RETIRES: Retires, Role.DEPRECATED: Deprecated, Role.RELEASED: Released, Role.REDIRECTS: Redirects}


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
    row: Row
    roles: tuple[Role, ...]
    frame: Frame
    family: bool

    def cell(self, *roles: Role) -> Text | None:
        """The first cell of the first of *roles* that the row has and that is not empty."""
        for role in roles:
            if role in self.roles and (at := self.roles.index(role)) < len(self.row.cells) and self.row.cells[at]:
                return self.row.cells[at]
        return None

    def quote(self, *cells: Text | None) -> str:
        """The run of cells from the first to the last of *cells*, as it stands on the page."""
        places = [self.row.cells.index(cell) for cell in cells if cell is not None]
        run = self.row.cells[min(places) : max(places) + 1]
        if any(cell.links or cell.marks for cell in run):
            return cells[-1].plain if cells[-1] else ""
        return " | ".join(cell.plain for cell in run)


def speaks_of_lifecycles(table: Table) -> bool:
    """Whether the table has a column of models or services and one of states or dates of their lives."""
    roles = set(roles_of(table.header))
    return bool(roles & {Role.MODEL, Role.MODEL_ID, Role.SERVICE}) and bool(
        roles & {Role.RETIRES, Role.DEPRECATED, Role.STATE, Role.REDIRECTS}
    )


def read_rows(table: Table, frame: Frame) -> Rows:
    """Every row of a table that speaks of lifecycles."""
    roles = roles_of(table.header)
    rows = Rows()
    for row in table.rows:
        line = _Line(row, roles, frame, names_family(table.header))
        found = list(_read_row(line, rows))
        rows.statements.extend(found)
        rows.cut |= row.cut
    return rows


def _read_row(line: _Line, rows: Rows) -> Iterator[Statement]:
    text = " | ".join(cell.plain for cell in line.row.cells)
    if line.row.cut:
        rows.skipped.append(Skipped(text, "the document breaks off in this row", "cut"))
        return
    cell = line.cell(Role.MODEL_ID, Role.MODEL, Role.SERVICE)
    names = named(cell) if cell else ()
    if cell is None or not names:
        if find_dates(text):
            rows.skipped.append(Skipped(text, "no model named in a row with a date", "no model"))
        return
    facts = list(_facts(line, rows, text))
    if not facts and find_dates(text) and not any(skipped.text == text for skipped in rows.skipped):
        rows.skipped.append(Skipped(text, "no column of this row says what its date means", "no meaning"))
    for name in names:
        yield from _statements(line, cell, name, facts)


def _statements(line: _Line, cell: Text, name: str, facts: list[tuple[Fact, str]]) -> Iterator[Statement]:
    kind, scope = _subject(line, cell, name)
    place = Place.STATUS if Role.STATE in line.roles else Place.HISTORY
    key = ModelKey(line.frame.provider, name, scope)
    family = line.family and kind is Kind.MODEL and snapshot_base(name) == name.casefold()
    said_on = None if place is Place.STATUS else line.frame.said_on
    for fact, quote in facts:
        if isinstance(fact, ReplacedBy) and fact.model.casefold() == name.casefold():
            continue  # a model is not its own replacement
        yield Statement(key, fact, quote, kind, place, said_on, family=family)


def _subject(line: _Line, cell: Text, name: str) -> tuple[Kind, Scope]:
    if cell.codes and _TRAINING.search(cell.plain.split(name)[0]):
        return Kind.SERVICE, line.frame.scope.with_part("feature", ["fine-tuning"])
    service = Role.SERVICE in line.roles and line.cell(Role.MODEL_ID, Role.MODEL) is None
    kind = Kind.SERVICE if service or is_service(name) else kind_of(name)
    return kind, line.frame.scope if kind is Kind.MODEL else EVERYWHERE


def _facts(line: _Line, rows: Rows, text: str) -> Iterator[tuple[Fact, str]]:
    model = line.cell(Role.MODEL_ID, Role.MODEL, Role.SERVICE)
    stage = _stage(line)
    if stage:
        yield InStage(stage[0]), stage[1]
    for role in _FACTS:
        cell = line.cell(role)
        fact = _date_fact(line, role, cell, stage) if cell else None
        if isinstance(fact, str):
            rows.skipped.append(Skipped(text, fact, f"{role.value}: unreadable date"))
        elif fact:
            yield fact, line.quote(model, cell)
    if line.frame.said_on and Role.DEPRECATED not in line.roles:
        yield Deprecated(line.frame.said_on), line.frame.said_in
    replacement = line.cell(Role.REPLACEMENT)
    for name in recommended(replacement) if replacement else ():
        yield ReplacedBy(name), line.quote(model, replacement) if replacement and not replacement.links else name


def _date_fact(line: _Line, role: Role, cell: Text, stage: tuple[Stage, str] | None) -> Fact | str | None:
    """The fact a date cell states; None where it says that there is no date; why not, where it cannot be read."""
    if role is Role.RETIRES and announced_absence(cell.plain):
        return NoRetirement()
    if absent(cell.plain):
        return None
    try:
        when = read_date(cell.plain, order=line.frame.order)
    except UnreadableDate:
        return f"unreadable date: {cell.plain[:80]}"
    return _dated(_FACTS[role](when), line.frame, stage)


def _stage(line: _Line) -> tuple[Stage, str] | None:
    cell = line.cell(Role.STATE)
    for text in (cell.plain if cell else "", line.row.group):
        found = _STATE.match(text.strip())
        if found:
            model = line.cell(Role.MODEL_ID, Role.MODEL, Role.SERVICE)
            return STAGES[found[1].casefold()], line.quote(model, cell) if cell else text
    return None


def _dated(fact: Fact, frame: Frame, stage: tuple[Stage, str] | None) -> Fact:
    if not isinstance(fact, Retires):
        return fact
    on = fact.on.as_floor() if frame.all_floors else fact.on
    alive = stage is not None and stage[0] in {Stage.ACTIVE, Stage.PREVIEW, Stage.LEGACY}
    return replace(fact, on=on, promise=on.is_floor and (frame.promises or alive) and not frame.all_floors)
