"""Puts blocks under headings: what a page says in order becomes sections with the path of headings above them."""

from monitor.parsing.documents.model import Block, Items, Note, Paragraph, Section, Table, Text
from monitor.parsing.documents.runs import EMPTY


class Outline:
    """Sections under construction. Inside a note everything but tables becomes a paragraph of the note."""

    def __init__(self) -> None:
        """Begin above the first heading."""
        self._sections: list[Section] = []
        self._head = Section(EMPTY, 0, ())
        self._blocks: list[Block] = []
        self._told = True  # the head need not be told (again) for its own sake: it is none, or it was
        self._trail: list[tuple[int, str]] = []
        self._above: tuple[Section, list[tuple[int, str]]] | None = None  # what an <Update> interrupted
        self._shift: int | None = None
        self._note: list[Text] = []
        self._note_depth = 0

    @property
    def in_note(self) -> bool:
        """Tell whether a note is open."""
        return self._note_depth > 0

    def paragraph(self, text: Text) -> None:
        """Add a paragraph, if it says anything."""
        if text.plain or text.marks:
            if self._note_depth:
                self._note.append(text)
            else:
                self._blocks.append(Paragraph(text))

    def items(self, texts: list[Text]) -> None:
        """Add a list of the items that say anything."""
        kept = [text for text in texts if text.plain]
        if self._note_depth:
            self._note += kept
        elif kept:
            self._blocks.append(Items(tuple(kept)))

    def table(self, table: Table) -> None:
        """Add a table; one inside a note stands after what the note said so far."""
        self._end_note()
        self._blocks.append(table)

    def open_note(self) -> None:
        """Begin a note, or go on with the one that is open."""
        self._note_depth += 1

    def close_note(self) -> None:
        """End a note; without one, do nothing."""
        if self._note_depth:
            self._note_depth -= 1
            if not self._note_depth:
                self._end_note()

    def _end_note(self) -> None:
        if self._note:
            self._blocks.append(Note(tuple(self._note)))
            self._note = []

    def heading(self, title: Text, level: int) -> None:
        """Begin a section; inside a note a heading is but a paragraph."""
        if self._note_depth:
            self.paragraph(title)
            return
        title = Text(" ".join(title.plain.split()), title.codes, (), title.marks)
        if self._above:
            level = self._below_update(level, self._above[0].level + 1)
        self._begin(title, level)

    def _below_update(self, level: int, update_level: int) -> int:
        if self._shift is None:
            self._shift = max(0, update_level + 1 - level)
        return max(level + self._shift, update_level + 1)

    def begin_update(self, label: Text) -> None:
        """Begin the section of a dated update, one level below the heading above it; updates do not nest."""
        self.end_update()
        self._above = (self._head, list(self._trail))
        self._shift = None
        self._begin(label, self._head.level + 1, update=True)

    def end_update(self) -> None:
        """End an update: what follows belongs to the heading above it again; without one, do nothing."""
        self._end_all_notes()
        if self._above:
            self._end_section()
            self._head, self._trail = self._above
            self._told = True
            self._above = None

    def _begin(self, title: Text, level: int, *, update: bool = False) -> None:
        self._end_section()
        while self._trail and self._trail[-1][0] >= level:
            self._trail.pop()
        self._head = Section(title, level, (), tuple(name for _, name in self._trail), update)
        self._trail.append((level, title.plain))
        self._told = False

    def _end_section(self) -> None:
        head = self._head
        if self._blocks or not self._told:
            self._sections.append(Section(head.title, head.level, tuple(self._blocks), head.path, head.update))
            self._told = True
        self._blocks = []

    def _end_all_notes(self) -> None:
        self._note_depth = 0
        self._end_note()

    def finish(self) -> tuple[Section, ...]:
        """Return the sections."""
        self._end_all_notes()
        self._end_section()
        return tuple(self._sections)
