"""One table → statements, by column role; every row that carries a date and gives none is skipped with its reason."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from msgspec import structs

from monitor.domain.claims import Place, Skipped, Statement
from monitor.domain.facts import ReplacedBy
from monitor.domain.identity import EVERYWHERE, Kind, ModelKey, Scope
from monitor.domain.lines import snapshot_base
from monitor.parsing.dates import Order, find_dates
from monitor.parsing.documents import Table, Text
from monitor.parsing.naming.names import kind_of, named, names_model
from monitor.parsing.naming.versions import versions_in_cell
from monitor.parsing.prose.verbs import has_lifecycle_word
from monitor.parsing.tables.columns import Role, ends_of, names_family, roles_of, says_earliest
from monitor.parsing.tables.footnotes import marks_of
from monitor.parsing.tables.row_facts import Said, Unread, facts_of, floors, other_version
from monitor.parsing.tables.row_plans import NAMES, Frame, Line, line_of, plan_of

__all__ = ["Frame", "Rows", "carried", "passed_over", "read_rows", "speaks_of_lifecycles"]

_TRAINING = re.compile(r"\b(?:new\s+)?(?:fine-?tuning|training)\b", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<![\d/])([0-3]?\d)/([0-3]?\d)/((?:20)?\d\d)(?![\d/])", re.ASCII)
_MONTHS = 12
SHOWN = 300  # characters of what is skipped
_OF_A_YEAR = re.compile(r"-20\d\d$")  # "mid-2026"
_SPEAK = frozenset({Role.RETIRES, Role.DEPRECATED, Role.STATE, Role.REDIRECTS})


@dataclass(slots=True)
class Rows:
    """What was read from a table."""

    statements: list[Statement] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    cut: bool = False


def speaks_of_lifecycles(table: Table) -> bool:
    """Whether the table has a column of models or services and one of states or dates of their lives."""
    roles = set(roles_of(table.header))
    if roles.isdisjoint(NAMES):
        return False
    return not roles.isdisjoint(_SPEAK) or any(_is_wide(table, row.cells) and any(floors(row, Order.MDY)) for row in table.rows[:5])


def _is_wide(table: Table, cells: tuple[Text, ...]) -> bool:
    return len(cells) > len(table.header) > 0


def read_rows(table: Table, frame: Frame, rows: Rows | None = None) -> Rows:
    """Every row of a table that speaks of lifecycles, behind the *rows* read before."""
    places: dict[Role, int] = {role: at for at, role in enumerate(roles_of(table.header)) if role is not Role.OTHER}
    if frame.final and Role.RETIRES not in places and Role.DEPRECATED in places:
        places[Role.RETIRES] = places.pop(Role.DEPRECATED)
    header = table.header[places[Role.RETIRES]] if Role.RETIRES in places else None
    if header and (says_earliest(header) or not frame.floor_marks.isdisjoint(marks_of(header))):
        frame = structs.replace(frame, floored=True)
    rows = rows or Rows()
    plan = plan_of(places, family=names_family(table.header), ends=ends_of(table.header))
    if frame.order is Order.REFUSE:
        frame = structs.replace(frame, order=_order_of(table, {at for _, at in plan.dated}))
    for row in table.rows:
        _read_row(line_of(row, plan, frame, wide=_is_wide(table, row.cells)), rows)
        rows.cut |= row.cut
    return rows


def _order_of(table: Table, dated: Collection[int]) -> Order:
    """The order of days and months in a table's dates, where some of them can be read in one order only and none in the other."""
    cells = (row.cells[at].plain for row in table.rows for at in dated if at < len(row.cells))
    orders = {_only_order(*numbers) for cell in cells if "/" in cell for numbers in _NUMERIC.findall(cell)} - {Order.REFUSE}
    return orders.pop() if len(orders) == 1 else Order.REFUSE


def _only_order(first: str, second: str, year: str) -> Order:
    if int(first) <= _MONTHS < int(second):
        return Order.MDY
    return Order.DMY if int(second) <= _MONTHS < int(first) and len(year) == len("2026") else Order.REFUSE


def carried(text: str) -> str:
    """What in a text may be news, "" for nothing."""
    return "a date" if find_dates(text) else "a lifecycle word" if has_lifecycle_word(text) else ""


def passed_over(table: Table) -> Iterator[Skipped]:
    """The rows of a table without a column of lifecycles that carry a date or a lifecycle word all the same."""
    for row in table.rows:
        text = " | ".join(cell.plain for cell in row.cells)
        if found := carried(text):
            yield Skipped(text[:SHOWN], f"a row with {found} in a table without a column of lifecycles", "table", aside=True)


def _read_row(line: Line, rows: Rows) -> None:
    if line.row.cut:
        rows.skipped.append(Skipped(" | ".join(line.plain), "the document breaks off in this row", "cut"))
        return
    model = next((at for at in line.plan.names if at < len(line.plain) and line.plain[at]), None)
    names = named(line.row.cells[model]) if model is not None else ()
    if model is None or not names:
        rows.skipped.extend(_nameless(" | ".join(line.plain)))
        return
    facts, unread = facts_of(line, model)
    if any(_is_name(item.text) for item in unread):
        facts = []  # a name among the dates: the cells do not stand under their headers
    if unread or not facts:
        rows.skipped.extend(_unexplained(" | ".join(line.plain), unread))
    cell = line.row.cells[model]
    bare = len(names) == 1 and len(cell.plain) == len(names[0])
    printed = {} if bare or Role.VERSION in line.plan.places else versions_in_cell(cell.plain, names)
    for name in names:
        _state(line, cell, name, facts, printed.get(name, EVERYWHERE), rows.statements)


def _is_name(text: str) -> bool:
    """Whether a cell is plainly a model's name, and no code for a date nor a date in an order unknown."""
    return names_model(text) and "-" in text and text[0].isalpha() and not _OF_A_YEAR.search(text)


def _nameless(text: str) -> Iterator[Skipped]:
    if find_dates(text):
        yield Skipped(text, "no model named in a row with a date", "no model")
    elif has_lifecycle_word(text):
        yield Skipped(text, "no model named in a row with a lifecycle word", "no model", aside=True)


def _unexplained(text: str, unread: list[Unread]) -> Iterator[Skipped]:
    """The cells of a row that could not be read, or what it carries although it gave no fact."""
    yield from (Skipped(text, f"unreadable date: {item.text[:80]}", f"{item.role.value}: unreadable date") for item in unread)
    if not unread and find_dates(text):
        yield Skipped(text, "no column of this row says what its date means", "no meaning")
    elif not unread and has_lifecycle_word(text):
        yield Skipped(text, "a lifecycle word that no column of this row explains", "word", aside=True)


def _state(line: Line, cell: Text, name: str, facts: list[Said], version: Scope, statements: list[Statement]) -> None:
    """Add what a row states of one of its names, in the *version* that is printed behind it."""
    kind, scope = _subject(line, cell, name)
    scope = _within(scope, version)
    place = Place.STATUS if line.plan.stated else Place.HISTORY
    family = line.plan.family and kind is Kind.MODEL and snapshot_base(name) == name.casefold()
    said_on = None if line.plan.stated else line.frame.said_on
    key = ModelKey(line.frame.provider, name, scope)
    for said in facts:
        fact = said.fact
        if isinstance(fact, ReplacedBy) and fact.model.casefold() == name.casefold() and not other_version(line, scope):
            continue  # a model is not its own replacement
        own = ModelKey(line.frame.provider, name, _within(scope, said.scope)) if said.scope.parts else key
        statements.append(Statement(own, fact, said.quote, kind, place, said_on, family=family))


def _subject(line: Line, cell: Text, name: str) -> tuple[Kind, Scope]:
    """Whether a row speaks of a model, of something else, or only of a model's fine-tuning; and what it is narrowed to."""
    if line.plan.trained or _only_training(cell, name):
        return Kind.SERVICE, _within(line.frame.scope, line.scope).with_part("feature", ["fine-tuning"])
    service = Role.SERVICE in line.plan.places and line.place(Role.MODEL_ID, Role.MODEL) is None
    kind = Kind.SERVICE if service else kind_of(name)
    return kind, _within(line.frame.scope if kind is Kind.MODEL else EVERYWHERE, line.scope)


def _only_training(cell: Text, name: str) -> bool:
    """ "New fine-tuning training on `babbage-002`"."""
    return bool(cell.codes and len(cell.plain) > len(name) and _TRAINING.search(cell.plain.split(name)[0]))


def _within(scope: Scope, narrower: Scope) -> Scope:
    for name, values in narrower.parts:
        scope = scope.with_part(name, values)
    return scope
