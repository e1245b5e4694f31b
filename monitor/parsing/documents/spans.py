"""Cells as a table prints them become cells as a reader sees them: row- and colspans filled in, within bounds."""

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from monitor.parsing.documents.model import Text
from monitor.parsing.documents.runs import EMPTY

_WIDEST = 100
_MOST_CELLS = 200_000


class Cell(Struct, gc=False):
    """A printed cell; a *rowspan* of 0 reaches to the end of the table."""

    text: Text
    heads: bool = False
    colspan: int = 1
    rowspan: int = 1


class Printed(Struct, gc=False):
    """A printed row; *heads*: in the table's head, *first*: begins a row group, *cut*: the document breaks off in it."""

    cells: list[Cell] = field(default_factory=list)
    heads: bool = False
    first: bool = False
    cut: bool = False


class Filled(Struct, gc=False):
    """A row with its spans filled in; *titles*: all its cells are header cells, *across*: it is one single wide cell.

    *apart*: a span puts a cell into it that is printed elsewhere, or twice.
    """

    cells: tuple[Text, ...]
    heads: bool
    titles: bool
    cut: bool
    across: bool
    apart: bool


def fill(rows: Iterable[Printed]) -> list[Filled]:
    """Return each row that has cells of its own. Once a table has too many cells, spans count as one: bombs stay small."""
    rows = list(rows)
    if all(cell.colspan == cell.rowspan == 1 for row in rows for cell in row.cells):
        return [_filled(row) for row in rows if row.cells]
    return list(_fill(rows))


def _filled(row: Printed) -> Filled:
    """A row without spans, in a table without any."""
    titles = row.cells[0].heads and all(cell.heads for cell in row.cells)
    return Filled(tuple([cell.text for cell in row.cells]), row.heads, titles, row.cut, across=False, apart=False)


def _fill(rows: Iterable[Printed]) -> Iterator[Filled]:
    hanging: dict[int, tuple[Text, int]] = {}
    budget = _MOST_CELLS
    for row in rows:
        if row.first or budget <= 0:
            hanging.clear()
        apart = bool(hanging) or any(cell.colspan != 1 for cell in row.cells)
        cells = _fill_row(row.cells, hanging, budget)
        budget -= len(cells)
        if row.cells:
            titles = row.cells[0].heads and all(cell.heads for cell in row.cells)
            wide = len(row.cells) == 1 and row.cells[0].colspan > 1
            yield Filled(tuple(cells), row.heads, titles, row.cut, wide and len(cells) == min(row.cells[0].colspan, _WIDEST), apart)


def _fill_row(printed: list[Cell], hanging: dict[int, tuple[Text, int]], budget: int) -> list[Text]:
    if not hanging and all(cell.colspan == cell.rowspan == 1 for cell in printed):
        return [cell.text for cell in printed]
    cells: list[Text] = []
    for cell in printed:
        _take_hanging(cells, hanging)
        width = min(cell.colspan, _WIDEST) if len(cells) < budget else 1
        for _ in range(width):
            if cell.rowspan != 1:
                hanging[len(cells)] = (cell.text, cell.rowspan - 1)
            cells.append(cell.text)
    for column in sorted(column for column in hanging if column >= len(cells)):
        cells += [EMPTY] * (column - len(cells))
        _take_hanging(cells, hanging)
    return cells


def _take_hanging(cells: list[Text], hanging: dict[int, tuple[Text, int]]) -> None:
    while (found := hanging.get(len(cells))) is not None:
        text, left = found
        if left == 1:
            del hanging[len(cells)]
        else:
            hanging[len(cells)] = (text, left - 1)
        cells.append(text)
