"""Collects the rows of one HTML table while its events go by."""

import re

from monitor.parsing.documents.html_tokens import attributes
from monitor.parsing.documents.html_tree import CUT
from monitor.parsing.documents.model import Table, Text
from monitor.parsing.documents.spans import Cell, Printed
from monitor.parsing.documents.tables import build_tables

_SPAN = re.compile(r"\s*(\d{1,5})", re.ASCII)


class TableWriter:
    """A table under construction."""

    def __init__(self) -> None:
        """Begin with no row."""
        self._rows: list[Printed] = []
        self._heads = False
        self._first = False

    def group(self, tag: str) -> None:
        """Begin a row group; spans do not reach out of it."""
        self._heads = tag == "thead"
        self._first = True

    def row(self, attrs: str) -> None:
        """Begin a row."""
        self._rows.append(Printed([], self._heads, self._first, CUT in attrs))
        self._first = False

    def cell(self, tag: str, attrs: str, text: Text) -> None:
        """Add a cell to the row begun last."""
        cell = Cell(text, tag == "th")
        if "span" in attrs:
            named = attributes(attrs)
            cell.colspan, cell.rowspan = _span(named.get("colspan", "")) or 1, _span(named.get("rowspan", ""))
        self._rows[-1].cells.append(cell)

    def tables(self) -> list[Table]:
        """Return what was collected."""
        return build_tables(self._rows)


def _span(value: str) -> int:
    found = _SPAN.match(value)
    return int(found[1]) if found else 1
