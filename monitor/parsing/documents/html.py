"""Reads HTML: one pass over the page's tokens, writing a paragraph, a heading, a list or a table, whichever is open."""

import re
from collections.abc import Callable
from functools import partial

from monitor.parsing.documents.html_chrome import BLOCKS, SUSPECTS, is_chrome, is_note
from monitor.parsing.documents.html_lists import ItemWriter
from monitor.parsing.documents.html_places import LEAF_OF, Writing
from monitor.parsing.documents.html_tables import TableWriter
from monitor.parsing.documents.html_tokens import INLINE, Leaves, add_text, open_inline, tokens
from monitor.parsing.documents.html_tree import LAYOUT, NOTE, main_part
from monitor.parsing.documents.outline import Outline
from monitor.parsing.documents.runs import Runs

_NO_WORD = re.compile(r"\W*")
_VOID = frozenset({"br", "hr"})

Close = Callable[[], None]


def read_html(markup: str, outline: Outline) -> None:
    """Read *markup* into *outline*."""
    _Reader(outline).read(main_part(markup, SUSPECTS, is_chrome, is_note))


class _Reader:
    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._runs = Runs()
        self._writing = Writing.PARAGRAPH
        self._list_items = ItemWriter()
        self._table = TableWriter()
        self._leaves = Leaves()
        self._closers: list[Close | None] = []

    def read(self, markup: str) -> None:
        self._read_tokens(markup)
        self._boundary()

    def _read_tokens(self, markup: str) -> None:
        for leaf, leaf_attrs, inner, slash, tag, attrs, text in tokens(markup):
            if text:
                add_text(self._runs, text)
            elif leaf:
                self._leaf(leaf, leaf_attrs, inner)
            elif tag not in _STARTS:
                continue
            elif slash:
                self._end()
            else:
                self._start(tag, attrs)

    def _start(self, tag: str, attrs: str) -> None:
        close = _STARTS[tag](self, tag, attrs)
        if tag not in _VOID:
            self._closers.append(close)
        elif close:
            close()

    def _end(self) -> None:
        if close := self._closers.pop():
            close()

    def _leaf(self, tag: str, attrs: str, inner: str) -> None:
        """An element of inline markup alone: read at once where nothing else is part of the same text."""
        if self._writing is not LEAF_OF[tag] or not self._runs.idle or NOTE in attrs:
            self._start(tag, attrs)
            self._read_tokens(inner)
            self._end()
        elif tag == "p":
            self._outline.paragraph(self._leaves.text(inner))
        elif tag == "li":
            self._list_items.end(tag, self._leaves.text(inner))
        else:
            self._table.cell(tag, attrs, self._leaves.text(inner))

    def _boundary(self) -> None:
        """A block begins or ends: that ends a paragraph, but only a line of what is flattened to one text."""
        if self._writing is Writing.PARAGRAPH:
            if self._runs:
                self._outline.paragraph(self._runs.take())
        elif self._writing is Writing.HEADING:
            self._runs.add(" ")
        else:
            self._runs.add("\n")

    def block(self, tag: str, attrs: str) -> Close | None:
        self._boundary()
        if self._writing is Writing.PARAGRAPH and (tag == "blockquote" or NOTE in attrs) and not self._outline.in_note:
            self._outline.open_note()
            return self._end_note
        return self._boundary

    def _end_note(self) -> None:
        self._boundary()
        self._outline.close_note()

    def inline(self, tag: str, attrs: str) -> Close | None:
        if tag == "a" and self._writing is Writing.HEADING:
            return partial(self._end_anchor, len(self._runs.parts))
        return self._runs.close if open_inline(self._runs, tag, attrs) else None

    def _end_anchor(self, start: int) -> None:
        """Drop a link in a heading that is a mere sign (#, ¶)."""
        if _NO_WORD.fullmatch("".join(self._runs.parts[start:])):
            del self._runs.parts[start:]

    def heading(self, tag: str, attrs: str) -> Close | None:
        if self._writing is not Writing.PARAGRAPH:
            return self.block(tag, attrs)
        self._boundary()
        self._writing = Writing.HEADING
        return partial(self._end_heading, int(tag[1]))

    def _end_heading(self, level: int) -> None:
        self._outline.heading(self._runs.take(), level)
        self._writing = Writing.PARAGRAPH

    def list(self, tag: str, attrs: str) -> Close | None:
        if self._writing is not Writing.PARAGRAPH:
            return self.item(tag, attrs)
        self._boundary()
        self._list_items = ItemWriter()
        self._writing = Writing.LIST
        return self._end_list

    def _end_list(self) -> None:
        self._end_item()
        self._outline.items(self._list_items.items)
        self._writing = Writing.PARAGRAPH

    def item(self, tag: str, attrs: str) -> Close | None:
        if self._writing is not Writing.LIST:
            return self.block(tag, attrs)
        self._end_item()
        return partial(self._end_item, tag)

    def _end_item(self, tag: str = "li") -> None:
        self._list_items.end(tag, self._runs.take())

    def start_table(self, tag: str, attrs: str) -> Close | None:
        before = self._writing
        if before not in {Writing.PARAGRAPH, Writing.LIST} or LAYOUT in attrs:
            return self.block(tag, attrs)
        if before is Writing.LIST:
            self._end_item()
        self._boundary()
        self._table = TableWriter()
        self._writing = Writing.TABLE
        return partial(self._end_table, before)

    def _end_table(self, before: Writing) -> None:
        self._caption()
        for table in self._table.tables():
            self._outline.table(table)
        self._writing = before

    def _caption(self) -> None:
        """What a table says outside its cells stands before it."""
        if not self._runs.idle:
            self._outline.paragraph(self._runs.take())

    def row_group(self, tag: str, _attrs: str) -> None:
        if self._writing is Writing.TABLE:
            self._table.group(tag)

    def row(self, tag: str, attrs: str) -> Close | None:
        if self._writing is not Writing.TABLE:
            return self.block(tag, attrs)
        self._caption()
        self._table.row(attrs)
        return None

    def cell(self, tag: str, attrs: str) -> Close | None:
        if self._writing is not Writing.TABLE:
            self._runs.add(" ")  # a table within a cell: its rows become lines
            return None
        self._writing = Writing.CELL
        return partial(self._end_cell, tag, attrs)

    def _end_cell(self, tag: str, attrs: str) -> None:
        self._table.cell(tag, attrs, self._runs.take())
        self._writing = Writing.TABLE


_Start = Callable[[_Reader, str, str], Close | None]

_STARTS: dict[str, _Start] = {
    **dict.fromkeys(BLOCKS, _Reader.block),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _Reader.heading),
    **dict.fromkeys(("ul", "ol", "menu", "dl"), _Reader.list),
    **dict.fromkeys(("li", "dt", "dd"), _Reader.item),
    **dict.fromkeys(("thead", "tbody", "tfoot"), _Reader.row_group),
    **dict.fromkeys(("td", "th"), _Reader.cell),
    **dict.fromkeys((*INLINE, "a", "br"), _Reader.inline),
    "table": _Reader.start_table,
    "tr": _Reader.row,
}
