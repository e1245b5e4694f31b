"""Rows with their spans filled in become tables: which row is the header, which ones are labels of a group, which are data."""

import re
from collections import Counter
from collections.abc import Iterable

from monitor.parsing.documents.model import Row, Table, Text
from monitor.parsing.documents.runs import join
from monitor.parsing.documents.spans import Filled, Printed, fill

_DATE = re.compile(
    r"\d{4}\s?[-/.\u2010-\u2013\u5e74]\s?\d{1,2}|\d{1,2}/\d{1,2}/\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d",
    re.IGNORECASE,
)
# A bare model id ("lyria-2") in a row without dates is a row of data; a label is words ("Preview models").
_ID = re.compile(r"\S*[-/@:_\d]\S*")


def build_tables(printed: Iterable[Printed]) -> list[Table]:
    """Return the table, or several where another header row follows; none if there is nothing in it."""
    rows = [row for row in fill(printed) if row.heads or any(row.cells)]
    widths = Counter(len(row.cells) for row in rows if not row.across)
    width = max(widths, key=widths.__getitem__, default=1)
    return [_table(header, body, width) for header, body in _split(rows, width) if header or body]


def _split(rows: list[Filled], width: int) -> list[tuple[tuple[Text, ...], list[Filled]]]:
    """Cut at header rows; a header printed again is left out."""
    parts: list[tuple[list[Filled], list[Filled]]] = [([], [])]
    for row in rows:
        heads, body = parts[-1]
        if body and any(_say_same(row, head) for head in heads):
            continue
        if not _is_header(row, width):
            body.append(row)
        elif body and (heads or not all(_is_across(above, width) for above in body)):
            parts.append(([row], []))
        else:
            heads.append(row)
    return [(_merge([head.cells for head in heads]), body) for heads, body in parts]


def _is_header(row: Filled, width: int) -> bool:
    if _is_across(row, width):
        return False
    return row.heads or (row.titles and (width == 1 or sum(map(bool, row.cells)) > 1))


def _say_same(one: Filled, other: Filled) -> bool:
    return one.cells[0].plain == other.cells[0].plain and [cell.plain for cell in one.cells] == [cell.plain for cell in other.cells]


def _merge(heads: list[tuple[Text, ...]]) -> tuple[Text, ...]:
    """Make one header of several rows: each column's different texts, from top to bottom."""
    if len(heads) <= 1:
        return heads[0] if heads else ()
    columns: list[dict[Text, None]] = [{} for _ in range(max(map(len, heads)))]
    for cells in heads:
        for column, cell in zip(columns, cells, strict=False):
            column[cell] = None
    return tuple(join((cell for cell in column if cell), " ") for column in columns)


def _table(header: tuple[Text, ...], body: list[Filled], width: int) -> Table:
    """A label with no row below it is data after all ("No deprecations planned"), but for a heading above another label."""
    rows: list[Row] = []
    group = ""
    label: Filled | None = None
    for row in body:
        labels = _is_group(row, width)
        if label and not labels:
            group = label.cells[0].plain
        elif label and not _is_across(label, width):
            rows.append(_row(label, header, group))
        label = row if labels else None
        if not labels:
            rows.append(_row(row, header, group))
    if label:
        rows.append(_row(label, header, group, across=_is_across(label, width)))
    return Table(header, tuple(rows))


def _row(row: Filled, header: tuple[Text, ...], group: str, *, across: bool = False) -> Row:
    cells = row.cells[:1] if across else row.cells
    return Row(cells, group, len(cells) < len(header), row.cut, row.apart and not across)


def _is_across(row: Filled, width: int) -> bool:
    return row.across and width > 1 and len(row.cells) >= width


def _is_group(row: Filled, width: int) -> bool:
    if _is_across(row, width):
        return True
    first = row.cells[0]
    if row.cut or width == 1 or not first.plain or any(row.cells[1:]):
        return False
    return not (first.codes or _DATE.search(first.plain) or _ID.fullmatch(first.plain))
