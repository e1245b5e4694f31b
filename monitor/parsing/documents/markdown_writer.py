"""Writes the paragraph or the list that is open while Markdown is read line by line."""

from collections.abc import Callable

from monitor.parsing.documents.model import Text
from monitor.parsing.documents.outline import Outline


class MarkdownWriter:
    """An outline with a paragraph or a list under construction; *inline* reads the text of either."""

    def __init__(self, outline: Outline, inline: Callable[[str], Text]) -> None:
        """Write into *outline*."""
        self.outline = outline
        self.inline = inline
        self._paragraph: list[str] = []
        self._items: list[list[str]] = []
        self._indent = 0

    @property
    def in_paragraph(self) -> bool:
        """Tell whether a paragraph is open."""
        return bool(self._paragraph)

    def blank(self) -> None:
        """Take an empty line: it ends a paragraph; whether it ends a list, the next line tells."""
        if not self._items:
            self.end_block()

    def text(self, line: str, indent: int) -> None:
        """Take a line of text: it goes on with the paragraph or, if it is indented, with the item.

        CommonMark lets an item go on without (5.2, laziness), but in plain text the lines below a list are no part of it.
        """
        if self._items and indent <= self._indent:
            self.end_block()
        (self._items[-1] if self._items else self._paragraph).append(line)

    def item(self, text: str, indent: int) -> None:
        """Begin an item."""
        if not self._items:
            self.end_block()
        self._items.append([text])
        self._indent = indent

    def underline(self, level: int) -> None:
        """Make the open paragraph a heading."""
        title = self.inline("\n".join(self._paragraph))
        self._paragraph = []
        self.outline.heading(title, level)

    def heading(self, title: str, level: int) -> None:
        """Write a heading."""
        self.end_block()
        self.outline.heading(self.inline(title), level)

    def end_block(self) -> None:
        """End what is open."""
        if self._paragraph:
            self.outline.paragraph(self.inline("\n".join(self._paragraph)))
            self._paragraph = []
        if self._items:
            self.outline.items([self.inline("\n".join(item)) for item in self._items])
            self._items = []
