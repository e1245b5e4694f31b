"""What is known of a table's rows before their cells are read: the page around them, the places of their roles, and the texts."""

from msgspec import Struct

from monitor.domain.identity import EVERYWHERE, Scope, scope_of
from monitor.domain.when import When
from monitor.parsing.dates import Order
from monitor.parsing.documents import Row
from monitor.parsing.naming.names import is_nothing
from monitor.parsing.tables.cells import DATED, regions_of
from monitor.parsing.tables.columns import Role

NAMES = (Role.MODEL_ID, Role.MODEL, Role.SERVICE)
_WORDY = frozenset({Role.STATE, Role.UPDATE})
_DATED = (*DATED, Role.TRAINING)


class Frame(Struct, frozen=True, gc=False):
    """What a page says around a table: its provider, the announcement day of the section, whether floors only promise, the scope.

    *all_floors*: the page says that its dates are the earliest possible, *floored*: a column's header does, *floor_marks*: the footnotes of
    these marks do. *final*: it says that calls fail from the day of a deprecation.
    """

    provider: str
    said_on: When | None = None
    said_in: str = ""
    promises: bool = False
    all_floors: bool = False
    order: Order = Order.REFUSE
    scope: Scope = EVERYWHERE
    floored: bool = False
    floor_marks: frozenset[str] = frozenset()
    final: bool = False


class Plan(Struct, frozen=True, gc=False):
    """What a table's header says of all its rows: the *places* of its roles; *names* are those of models or services, the best first,
    *dated* those of dates, *taken* of all that tell nothing in words; *ends* says of each of several columns of ends what it is
    narrowed to. *family*: its models may be families;
    the other flags tell which columns there are.

    An enumeration's member costs four times a field here, and every row asks.
    """

    places: dict[Role, int]
    names: tuple[int, ...]
    dated: tuple[tuple[Role, int], ...]
    family: bool
    scoped: bool
    stated: bool
    replaced: bool
    retired: bool
    deprecated: bool
    trained: bool
    ends: dict[int, Scope]
    taken: frozenset[int]

    def wordy(self, width: int) -> list[int]:
        """The places of columns that may tell anything in words: of states, of what changes, and those without a role."""
        return [at for at in range(width) if at not in self.taken]


def plan_of(places: dict[Role, int], *, family: bool, ends: tuple[tuple[int, Scope], ...] = ()) -> Plan:
    """The plan of a table with its roles at these *places*, and several columns of ends."""
    names = tuple(places[role] for role in NAMES if role in places)
    dated = tuple((role, places[role]) for role in _DATED if role in places)
    dated += tuple((Role.RETIRES, at) for at, _ in ends if at != places.get(Role.RETIRES))
    return Plan(
        places,
        names,
        dated,
        family,
        scoped=Role.VERSION in places or Role.REGION in places,
        stated=Role.STATE in places,
        replaced=Role.REPLACEMENT in places or Role.REPLACEMENT_ID in places,
        retired=Role.RETIRES in places,
        deprecated=Role.DEPRECATED in places,
        trained=Role.TRAINING in places,
        ends=dict(ends),
        taken=frozenset({at for role, at in places.items() if role not in _WORDY} | {at for at, _ in ends}),
    )


class Line(Struct, frozen=True, gc=False):
    """One row with the plan of its table and what the page says around it; *wide* where it has more cells than the header.

    *plain* are its cells' texts, *broken* whether something would interrupt a run of them on the page.
    """

    row: Row
    plan: Plan
    frame: Frame
    plain: list[str]
    broken: bool
    wide: bool = False

    def place(self, *roles: Role) -> int | None:
        """Where the first of *roles* stands that the row has and whose cell is not empty."""
        for role in roles:
            at = self.plan.places.get(role)
            if at is not None and at < len(self.plain) and self.plain[at]:
                return at
        return None

    def text(self, at: int | None) -> str:
        """The text of a cell; "" for none."""
        return "" if at is None else self.plain[at]

    def quote(self, first: int, value: int) -> str:
        """The run of cells from one to the other, as it stands on the page; the value's alone where something would interrupt it."""
        low, high = (first, value + 1) if first < value else (value, first + 1)
        if self.broken and (self.row.apart or any(cell.links or cell.marks for cell in self.row.cells[low:high])):
            return self.plain[value]
        return " | ".join(self.plain[low:high])

    @property
    def scope(self) -> Scope:
        """What the row's own columns narrow it to: a version, regions."""
        if not self.plan.scoped:
            return EVERYWHERE
        version = self.text(self.place(Role.VERSION))
        regions = regions_of(self.text(self.place(Role.REGION)))
        return scope_of({"version": "" if is_nothing(version) else version, "region": regions})


def line_of(row: Row, plan: Plan, frame: Frame, *, wide: bool) -> Line:
    """The line of a row."""
    broken = row.apart
    for cell in row.cells:
        if cell.links or cell.marks:
            broken = True
    return Line(row, plan, frame, [cell.plain for cell in row.cells], broken, wide)
