"""Reads Markdown, MDX and plain text: line by line into paragraphs, lists, tables, notes and headings."""

import re
from collections.abc import Callable
from functools import partial

from monitor.parsing.documents.gfm_tables import is_row, is_table, read_rows
from monitor.parsing.documents.html import read_html
from monitor.parsing.documents.inline import References, read_inline, reference_key
from monitor.parsing.documents.markdown_notes import Surroundings
from monitor.parsing.documents.markdown_source import prepare
from monitor.parsing.documents.markdown_writer import MarkdownWriter
from monitor.parsing.documents.outline import Outline

_RULE = re.compile(r"(?:-\s*+){3,}|(?:\*\s*+){3,}|(?:_\s*+){3,}")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_ITEM = re.compile(r"(?:[-*+\u2022\u25e6\u25aa]|(\d{1,9})[.)])(?:\s+(.*))?", re.ASCII)
_QUOTE = re.compile(r"\s*+(?:>\s*+)++")
_ADMONITION = re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION|INFO|DANGER)\]\s*", re.IGNORECASE)
_ANCHOR = re.compile(r"\s?\{#[^{}\s]*\}$")
_DEFINITION = re.compile(r"\[([^\[\]^][^\[\]]{0,200})\]:\s+(\S+)")
_FOOTNOTE = re.compile(r"(\[\^[\w-]{1,20}\]):\s*")
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
    """*at* is the number of the line to read."""

    def __init__(self, lines: list[str], outline: Outline, references: References, *, ends_open: bool) -> None:
        self._lines = lines
        self._references = references
        self._ends_open = ends_open
        self._writer = MarkdownWriter(outline, partial(read_inline, references=references))
        self._surroundings = Surroundings(self._writer, lines)
        self._at = 0

    def read(self) -> None:
        while self._at < len(self._lines):
            line = self._lines[self._at].strip()
            if not line:
                self._writer.blank()
            elif not self._table(line) and not self._handler(line)(self, line):
                self._writer.text(line, self._indent())
            self._at += 1
        self._writer.end_block()

    @staticmethod
    def _handler(line: str) -> Callable[["_Reader", str], bool]:
        return _HANDLERS.get("0" if line[0].isdecimal() else line[0], _Reader._plain)

    def _plain(self, line: str) -> bool:
        return line.startswith("import ") and _IMPORT.match(line) is not None

    def _indent(self) -> int:
        line = self._lines[self._at].expandtabs(4)
        return len(line) - len(line.lstrip())

    def heading(self, line: str) -> bool:
        title = line.lstrip("#")
        level = len(line) - len(title)
        if level > _LEVELS or title[:1] not in {"", " ", "\t"}:
            return False
        title = title.strip()
        bare = title.rstrip("#")
        self._writer.heading(_ANCHOR.sub("", title if bare[-1:].strip() else bare.rstrip()), level)
        return True

    def rule_or_item(self, line: str) -> bool:
        if self._writer.in_paragraph and _UNDERLINE.fullmatch(line):
            self._writer.underline(1 if line[0] == "=" else 2)
            return True
        if line[0] in "-*_" and _RULE.fullmatch(line):
            self._writer.end_block()
            return True
        return self.item(line)

    def item(self, line: str) -> bool:
        """Only an item with text, and of numbered ones only the first, may break into a paragraph (CommonMark 5.2)."""
        found = _ITEM.fullmatch(line)
        if not found or (self._writer.in_paragraph and (not found[2] or found[1] not in {None, "1"})):
            return False
        self._writer.item(found[2] or "", self._indent())
        return True

    def _table(self, line: str) -> bool:
        if "|" not in line or self._at + 1 >= len(self._lines) or not is_table(line, self._lines[self._at + 1]):
            return False
        self._writer.end_block()
        end = self._at + 2
        while end < len(self._lines) and is_row(self._lines[end].strip()):
            end += 1
        breaks_off = self._ends_open and end == len(self._lines)
        for table in read_rows(self._lines[self._at : end], self._writer.inline, breaks_off=breaks_off):
            self._writer.outline.table(table)
        self._at = end - 1
        return True

    def quote(self, _line: str) -> bool:
        self._writer.end_block()
        quoted: list[str] = []
        while self._at < len(self._lines) and (found := _QUOTE.match(self._lines[self._at])):
            quoted.append(self._lines[self._at][found.end() :])
            self._at += 1
        self._at -= 1
        quoted[0] = _ADMONITION.sub("", quoted[0], count=1)
        outline = self._writer.outline
        outline.open_note()
        _Reader(prepare("\n".join(quoted)), outline, self._references, ends_open=False).read()
        outline.close_note()
        return True

    def bracket(self, line: str) -> bool:
        """A definition of a link is not shown; that of a footnote is a paragraph which begins with its mark."""
        if found := _FOOTNOTE.match(line):
            self._writer.end_block()
            self._writer.text(found[1] + line[found.end() :], self._indent())
            return True
        return _DEFINITION.match(line) is not None

    def tag(self, line: str) -> bool:
        if found := _HTML_HEADING.fullmatch(line):
            self._writer.heading(found[2], int(found[1]))
            return True
        if found := _HTML_BLOCK.match(line):
            return self._html(found[1].lower())
        return self._surroundings.tag(line, self._at)

    def _html(self, tag: str) -> bool:
        """Markup that Markdown pages carry as it is, to the end of its outermost element or of the page."""
        self._writer.end_block()
        end, depth = self._at, 0
        while end < len(self._lines):
            line = self._lines[end].lower()
            depth += line.count(f"<{tag}") - line.count(f"</{tag}")
            end += 1
            if depth <= 0:
                break
        read_html("\n".join(self._lines[self._at : end]), self._writer.outline)
        self._at = end - 1
        return True

    def colons(self, line: str) -> bool:
        return self._surroundings.colons(line, self._at)


_HANDLERS: dict[str, Callable[[_Reader, str], bool]] = {
    "#": _Reader.heading,
    ">": _Reader.quote,
    "[": _Reader.bracket,
    "<": _Reader.tag,
    ":": _Reader.colons,
    "0": _Reader.item,
    **dict.fromkeys("-*+_=\u2022\u25e6\u25aa", _Reader.rule_or_item),
}
