"""Reads a page, whatever it is written in, into one Document of sections, tables, lists, notes and paragraphs."""

from monitor.parsing.documents.decoding import clean_text, decode, decode_raw
from monitor.parsing.documents.html import read_html
from monitor.parsing.documents.markdown import read_markdown
from monitor.parsing.documents.markdown_source import split_front
from monitor.parsing.documents.model import Block, Document, Items, Note, Paragraph, Row, Section, Table, Text
from monitor.parsing.documents.outline import Outline
from monitor.parsing.documents.runs import STRUCK
from monitor.parsing.documents.sniff import is_html, is_json

__all__ = [
    "STRUCK",
    "Block",
    "Document",
    "Items",
    "Note",
    "Paragraph",
    "Row",
    "Section",
    "Table",
    "Text",
    "clean_text",
    "decode",
    "is_json",
    "read_document",
    "read_fragment",
]


def read_document(body: bytes, content_type: str = "") -> Document:
    """Return what *body* says, by its content HTML or Markdown; raise Undecodable if it is no text.

    *content_type* is the header of the response; of it only the charset counts.
    """
    text = decode_raw(body, content_type)
    outline = Outline()
    if is_html(text):
        read_html(text, outline)
        return Document(outline.finish())
    front, text = split_front(clean_text(text))
    read_markdown(text, outline)
    return Document(outline.finish(), front)


def read_fragment(text: str, *, html: bool) -> tuple[Section, ...]:
    """Return the sections of a piece of a page that is HTML, or else text or Markdown."""
    outline = Outline()
    if html:
        read_html(text, outline)
    else:
        read_markdown(clean_text(text), outline)
    return outline.finish()
