"""Reads HTML: one pass over the tree's events, writing a paragraph, a heading, a list or a table, whichever is open."""

import re
from collections.abc import Callable
from enum import Enum, auto
from functools import partial

from monitor.parsing.documents.html_chrome import BLOCKS, is_chrome, is_note
from monitor.parsing.documents.html_lists import ItemWriter
from monitor.parsing.documents.html_tables import TableWriter
from monitor.parsing.documents.html_tree import Element, attribute, events, is_layout
from monitor.parsing.documents.outline import Outline
from monitor.parsing.documents.runs import Runs

_NO_WORD = re.compile(r"\W*")

Close = Callable[[], None]


class _Writing(Enum):
    """What the text that comes next belongs to."""

    PARAGRAPH = auto()
    HEADING = auto()
    LIST = auto()
    TABLE = auto()
    CELL = auto()


def read_html(markup: str, outline: Outline) -> None:
    """Read *markup* into *outline*."""
    _Reader(outline).read(markup)


class _Reader:
    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._runs = Runs()
        self._writing = _Writing.PARAGRAPH
        self._list_items = ItemWriter()
        self._table = TableWriter()

    def read(self, markup: str) -> None:
        closers: list[Close | None] = []
        for tag, element, text in events(markup, is_chrome):
            if element is not None:
                start = _STARTS.get(tag)
                closers.append(start(self, tag, element) if start else None)
            elif not tag:
                if not text.isspace() or self._runs:
                    self._runs.add_text(text.replace("\n", " "))
            elif close := closers.pop():
                close()
        self._boundary()

    def _boundary(self) -> None:
        """A block begins or ends: that ends a paragraph, but only a line of what is flattened to one text."""
        if self._writing is _Writing.PARAGRAPH:
            if self._runs:
                self._outline.paragraph(self._runs.take())
        elif self._writing is _Writing.HEADING:
            self._runs.add(" ")
        else:
            self._runs.add("\n")

    def block(self, tag: str, element: Element) -> Close | None:
        self._boundary()
        if self._writing is _Writing.PARAGRAPH and not self._outline.in_note and is_note(tag, element):
            self._outline.open_note()
            return self._end_note
        return self._boundary

    def _end_note(self) -> None:
        self._boundary()
        self._outline.close_note()

    def line_break(self, _tag: str, _element: Element) -> None:
        self._runs.add("\n")

    def span(self, _tag: str, _element: Element, kind: str) -> Close:
        self._runs.open(kind)
        return self._runs.close

    def link(self, _tag: str, element: Element) -> Close | None:
        if self._writing is _Writing.HEADING:
            return partial(self._end_anchor, len(self._runs.parts))
        address = attribute(element, "href")
        if not address:
            return None
        self._runs.open("link", address)
        return self._runs.close

    def _end_anchor(self, start: int) -> None:
        """Drop a link in a heading that is a mere sign (#, ¶)."""
        if _NO_WORD.fullmatch("".join(self._runs.parts[start:])):
            del self._runs.parts[start:]

    def heading(self, tag: str, element: Element) -> Close | None:
        if self._writing is not _Writing.PARAGRAPH:
            return self.block(tag, element)
        self._boundary()
        self._writing = _Writing.HEADING
        return partial(self._end_heading, int(tag[1]))

    def _end_heading(self, level: int) -> None:
        self._outline.heading(self._runs.take(), level)
        self._writing = _Writing.PARAGRAPH

    def list(self, tag: str, element: Element) -> Close | None:
        if self._writing is not _Writing.PARAGRAPH:
            return self.item(tag, element)
        self._boundary()
        self._list_items = ItemWriter()
        self._writing = _Writing.LIST
        return self._end_list

    def _end_list(self) -> None:
        self._end_item()
        self._outline.items(self._list_items.items)
        self._writing = _Writing.PARAGRAPH

    def item(self, tag: str, element: Element) -> Close | None:
        if self._writing is not _Writing.LIST:
            return self.block(tag, element)
        self._end_item()
        return {"dt": self._end_term, "dd": self._end_definition}.get(tag, self._end_item)

    def _end_item(self) -> None:
        self._list_items.end_item(self._runs.take())

    def _end_term(self) -> None:
        self._list_items.end_term(self._runs.take())

    def _end_definition(self) -> None:
        self._list_items.end_definition(self._runs.take())

    def start_table(self, tag: str, element: Element) -> Close | None:
        before = self._writing
        if before not in {_Writing.PARAGRAPH, _Writing.LIST} or is_layout(element):
            return self.block(tag, element)
        if before is _Writing.LIST:
            self._end_item()
        self._boundary()
        self._table = TableWriter()
        self._writing = _Writing.TABLE
        return partial(self._end_table, before)

    def _end_table(self, before: _Writing) -> None:
        self._caption()
        for table in self._table.tables():
            self._outline.table(table)
        self._writing = before

    def _caption(self) -> None:
        """What a table says outside its cells stands before it."""
        self._outline.paragraph(self._runs.take())

    def row_group(self, tag: str, _element: Element) -> None:
        if self._writing is _Writing.TABLE:
            self._table.group(tag)

    def row(self, tag: str, element: Element) -> Close | None:
        if self._writing is not _Writing.TABLE:
            return self.block(tag, element)
        self._caption()
        self._table.row(element)
        return None

    def cell(self, tag: str, element: Element) -> Close | None:
        if self._writing is not _Writing.TABLE:
            self._runs.add(" ")  # a table within a cell: its rows become lines
            return None
        self._writing = _Writing.CELL
        return partial(self._end_cell, tag, element)

    def _end_cell(self, tag: str, element: Element) -> None:
        self._table.cell(tag, element, self._runs.take())
        self._writing = _Writing.TABLE


_Start = Callable[[_Reader, str, Element], Close | None]

_STARTS: dict[str, _Start] = {
    **dict.fromkeys(BLOCKS, _Reader.block),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _Reader.heading),
    **dict.fromkeys(("ul", "ol", "menu", "dl"), _Reader.list),
    **dict.fromkeys(("li", "dt", "dd"), _Reader.item),
    **dict.fromkeys(("thead", "tbody", "tfoot"), _Reader.row_group),
    **dict.fromkeys(("td", "th"), _Reader.cell),
    **dict.fromkeys(("code", "tt", "samp"), partial(_Reader.span, kind="code")),
    **dict.fromkeys(("sup", "sub"), partial(_Reader.span, kind="mark")),
    **dict.fromkeys(("del", "s", "strike"), partial(_Reader.span, kind="deleted")),
    "a": _Reader.link,
    "br": _Reader.line_break,
    "table": _Reader.start_table,
    "tr": _Reader.row,
}
