"""Opens and closes what surrounds blocks of Markdown: MDX components and `:::` containers."""

import re

from monitor.parsing.documents.markdown_writer import MarkdownWriter
from monitor.parsing.documents.mdx import NOTES, UPDATE, Tag, last_closings, read_tag

_COLONS = re.compile(r":{3,}\s*([\w-]*)\s*(.*)")
_COLON_NOTES = frozenset({"note", "tip", "info", "warning", "danger", "caution", "important"})


class Surroundings:
    """The components and containers that are open around the line at hand."""

    def __init__(self, writer: MarkdownWriter, lines: list[str]) -> None:
        """Look ahead in *lines*: what is never closed is not opened, lest it swallow the page."""
        self._writer = writer
        self._closings = last_closings(lines)
        self._last_colons = max((number for number, line in enumerate(lines) if line.strip() == ":::"), default=-1)
        self._containers: list[bool] = []

    def tag(self, line: str, number: int) -> bool:
        """Take a line that is one tag; tell whether it is one."""
        tag = read_tag(line)
        if tag is None:
            return False
        self._writer.end_block()
        if tag.name == UPDATE:
            self._update(tag)
        elif tag.name in NOTES:
            self._note(tag, number)
        else:
            self._say(tag.value("title"))
        return True

    def _update(self, tag: Tag) -> None:
        if tag.closes:
            self._writer.outline.end_update()
        else:
            self._writer.outline.begin_update(self._writer.inline(tag.value("label")))
            self._say(tag.value("description"))

    def _note(self, tag: Tag, number: int) -> None:
        if tag.closes:
            self._writer.outline.close_note()
            return
        closed = tag.alone or self._closings.get(tag.name, -1) > number
        if closed:
            self._writer.outline.open_note()
        self._say(tag.value("title"))
        if tag.alone:
            self._writer.outline.close_note()

    def _say(self, text: str) -> None:
        self._writer.outline.paragraph(self._writer.inline(text))

    def colons(self, line: str, number: int) -> bool:
        """Take a line of a `:::` container (Docusaurus, Microsoft Learn); tell whether it is one."""
        found = _COLONS.fullmatch(line)
        if not found:
            return False
        self._writer.end_block()
        name, title = found[1].lower(), found[2]
        if not name:
            self._end_container()
        elif not line.endswith(":::") and number < self._last_colons:
            self._containers.append(name in _COLON_NOTES)
            if self._containers[-1]:
                self._writer.outline.open_note()
                self._say(title.strip("[]\"' "))
        return True

    def _end_container(self) -> None:
        if self._containers and self._containers.pop():
            self._writer.outline.close_note()
