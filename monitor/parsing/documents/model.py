"""What a document consists of, whatever it was written in: sections that hold tables, lists, notes and paragraphs.

A page has thousands of these: as structs they are made in a seventh of the time that frozen dataclasses take.
"""

from msgspec import Struct, field


class Text(Struct, frozen=True, gc=False):
    """A run of inline text.

    *plain* is the text as a reader sees it (links and emphasis stripped, white space collapsed); *codes* are the code spans in it,
    in order; *links* are (text, address) pairs; *marks* are footnote marks that stood apart from the text (superscripts).
    """

    plain: str
    codes: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.plain)


class Row(Struct, frozen=True, gc=False):
    """One table row, spans expanded: as many cells as were printed, *short* if the source gave fewer than the header has.

    *group* is the label of a full-width row above it ("Preview models"), "" where there is none; *cut* marks a row at which the
    document breaks off; *apart* one whose cells do not stand side by side on the page.
    """

    cells: tuple[Text, ...]
    group: str = ""
    short: bool = False
    cut: bool = False
    apart: bool = False


class Table(Struct, frozen=True, gc=False):
    """A table with one header row; *rows* exclude the header and the group rows."""

    header: tuple[Text, ...]
    rows: tuple[Row, ...]


class Items(Struct, frozen=True, gc=False):
    """A list; each item is flattened to one run of text."""

    items: tuple[Text, ...]


class Note(Struct, frozen=True, gc=False):
    """A callout (`<Note>`, `<Warning>`, a block quote, an admonition): its text, paragraph by paragraph."""

    paragraphs: tuple[Text, ...]


class Paragraph(Struct, frozen=True, gc=False):
    """A paragraph."""

    text: Text


Block = Table | Items | Note | Paragraph


class Section(Struct, frozen=True, gc=False):
    """A heading and what stands under it, up to the next heading of any level.

    *level* is 0 for what precedes the first heading and for `<Update label=…>` blocks counts as one below the heading above;
    *path* are the headings above it, outermost first, without its own.
    """

    title: Text
    level: int
    blocks: tuple[Block, ...]
    path: tuple[str, ...] = ()
    update: bool = False


class Document(Struct, frozen=True, gc=False):
    """A whole page: front matter, if any, as key → value text; then its sections in order."""

    sections: tuple[Section, ...]
    front: dict[str, str] = field(default_factory=dict)
