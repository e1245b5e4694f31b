"""Reads Markdown, MDX and plain text: line by line into paragraphs, lists, tables, notes and headings."""

import re
from collections.abc import Callable
from functools import partial

from monitor.parsing.documents.gfm_tables import is_row, is_table, read_rows
from monitor.parsing.documents.html import read_html
from monitor.parsing.documents.inline import References, read_inline, reference_key
from monitor.parsing.documents.markdown_source import prepare
from monitor.parsing.documents.mdx import NOTES, UPDATE, Tag, last_closings, read_tag
from monitor.parsing.documents.outline import Outline

_RULE = re.compile(r"(?:-\s*+){3,}|(?:\*\s*+){3,}|(?:_\s*+){3,}")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_ITEM = re.compile(r"(?:[-*+\u2022\u25e6\u25aa]|(\d{1,9})[.)])(?:\s+(.*))?", re.ASCII | re.DOTALL)
_QUOTE = re.compile(r"\s*(?:>\s*)++")
_ADMONITION = re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION|INFO|DANGER)\]\s*", re.IGNORECASE)
_COLONS = re.compile(r":{3,}\s*([\w-]*)\s*(.*)")
_COLON_NOTES = frozenset({"note", "tip", "info", "warning", "danger", "caution", "important"})
_ANCHOR = re.compile(r"\s?\{#[^{}\s]*\}$")
_DEFINITION = re.compile(r"\[([^\[\]^][^\[\]]{0,200})\]:\s+(\S+)")
_FOOTNOTE = re.compile(r"(\[\^[\w-]{1,20}\]):")
_IMPORT = re.compile(r"import\s.{1,200}\sfrom\s+[\"']")
_HTML_HEADING = re.compile(r"<h([1-6])(?:\s[^<>]*)?>(.*)</h\1>", re.IGNORECASE)
_HTML_BLOCK = re.compile(r"<(table|ul|ol|dl)(?=[\s>])", re.IGNORECASE)
_LEVELS = 6


def read_markdown(text: str, outline: Outline) -> None:
    """Read *text* into *outline*."""
    lines = prepare(text)
    references = {reference_key(found[1]): found[2] for line in lines if (found := _DEFINITION.match(line.strip()))}
    _Reader(lines, outline, references, ends_open=not text.endswith("\n")).read()


class _Reader:
    """*at* is the number of the line to read; a paragraph or a list may be open."""

    def __init__(self, lines: list[str], outline: Outline, references: References, *, ends_open: bool) -> None:
        self._lines = lines
        self._outline = outline
        self._references = references
        self._ends_open = ends_open
        self._inline = partial(read_inline, references=references)
        self._closings = last_closings(lines)
        self._paragraph: list[str] = []
        self._items: list[list[str]] = []
        self._indent = 0
        self._after_blank = False
        self._colons: list[bool] = []
        self._at = 0

    def read(self) -> None:
        while self._at < len(self._lines):
            line = self._lines[self._at].strip()
            if not line:
                self._blank()
            elif not (self._table(line) or _HANDLERS.get(line[0], _Reader._text)(self, line)):
                self._text(line)
        self._end_block()

    def _blank(self) -> None:
        self._at += 1
        self._after_blank = True
        if not self._items:
            self._end_block()

    def _end_block(self) -> None:
        if self._paragraph:
            self._outline.paragraph(self._inline("\n".join(self._paragraph)))
            self._paragraph = []
        if self._items:
            self._outline.items([self._inline("\n".join(item)) for item in self._items])
            self._items = []

    def _text(self, line: str) -> bool:
        """A line of text goes on with the paragraph or, if it follows at once or is indented, with the item."""
        if self._items and self._after_blank and self._width() <= self._indent:
            self._end_block()
        (self._items[-1] if self._items else self._paragraph).append(line)
        return self._consume()

    def _consume(self, lines: int = 1) -> bool:
        self._after_blank = False
        self._at += lines
        return True

    def _width(self) -> int:
        line = self._lines[self._at].expandtabs(4)
        return len(line) - len(line.lstrip())

    def _heading(self, line: str) -> bool:
        title = line.lstrip("#")
        level = len(line) - len(title)
        if level > _LEVELS or title[:1] not in {"", " ", "\t"}:
            return False
        self._end_block()
        title = title.strip()
        bare = title.rstrip("#")
        self._outline.heading(self._inline(_ANCHOR.sub("", bare if not bare or bare[-1].isspace() else title)), level)
        return self._consume()

    def _rule_or_item(self, line: str) -> bool:
        if self._paragraph and _UNDERLINE.fullmatch(line):
            title = self._inline("\n".join(self._paragraph))
            self._paragraph = []
            self._outline.heading(title, 1 if line[0] == "=" else 2)
            return self._consume()
        if _RULE.fullmatch(line):
            self._end_block()
            return self._consume()
        return self._item(line)

    def _item(self, line: str) -> bool:
        found = _ITEM.fullmatch(line)
        if not found or (self._paragraph and (not found[2] or found[1] not in {None, "1"})):
            return False
        if not self._items:
            self._end_block()
        self._indent = self._width()
        self._items.append([found[2].lstrip("#") if (found[2] or "").startswith("#") else found[2] or ""])
        return self._consume()

    def _table(self, line: str) -> bool:
        if "|" not in line or self._at + 1 >= len(self._lines) or not is_table(line, self._lines[self._at + 1]):
            return False
        self._end_block()
        last = self._at + 2
        while last < len(self._lines) and is_row(self._lines[last].strip()):
            last += 1
        breaks_off = self._ends_open and last == len(self._lines)
        for table in read_rows(self._lines[self._at : last], self._inline, breaks_off=breaks_off):
            self._outline.table(table)
        return self._consume(last - self._at)

    def _quote(self, _line: str) -> bool:
        self._end_block()
        first = self._at
        quoted: list[str] = []
        while self._at < len(self._lines) and (found := _QUOTE.match(self._lines[self._at])) and ">" in found[0]:
            quoted.append(self._lines[self._at][found.end() :])
            self._at += 1
        quoted[0] = _ADMONITION.sub("", quoted[0], count=1) if _ADMONITION.match(quoted[0]) else quoted[0]
        self._outline.open_note()
        _Reader(prepare("\n".join(quoted)), self._outline, self._references, ends_open=False).read()
        self._outline.close_note()
        return self._at > first
