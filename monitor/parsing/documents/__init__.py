"""Reads a page, whatever it is written in, into one Document of sections, tables, lists, notes and paragraphs."""

from monitor.parsing.documents.html import read_html
from monitor.parsing.documents.decode import decode, clean_text
from monitor.parsing.documents.outline import Outline
from monitor.parsing.documents.model import Block, Document, Items, Note, Paragraph, Row, Section, Table, Text


def read_document(body: bytes, content_type: str = "") -> Document:
    text = decode(body, content_type)
    outline = Outline()
    read_html(text, outline)
    return Document(outline.finish(), {})
