"""The only module that knows the HTML library: markup in, the page's main part in normal form out, so that another library can replace it.

turbohtml builds the tree as browsers do and caps its depth; it cleans the tree and writes it again, so no page is walked here node by node.
"""

from collections.abc import Callable, Iterator
from itertools import islice

import turbohtml
from turbohtml import Element, unescape

__all__ = ["CUT", "LAYOUT", "NOTE", "Element", "attribute", "holds", "main_part", "unescape"]

Tells = Callable[[str, Element], bool]

# Set on what the normal form shows no longer by itself:
CUT = "data-modelwatch-cut"  # the table row at which the markup breaks off
NOTE = "data-modelwatch-note"  # a callout
LAYOUT = "data-modelwatch-layout"  # a table that only arranges other tables

_NO_TEXT = "script,style,template,svg,noscript,iframe,object,canvas,audio,video,math,select,textarea,pre,nav,footer,button,head"
_RAW = "xmp,noembed,noframes,plaintext"  # whose text would be written without escapes
_MEANINGLESS = f"{_RAW},span,strong,em,b,i,u,small,font,label,ins,bdi,bdo,img,input,wbr"
_MAINS = "main,[role=main],article"
_FEW = 8
_NEAR = 500
_NEVER_SKIPPED = frozenset({"td", "th", "tr", "code", "a", "span", "p", "li", "table", "tbody", "thead", "strong", "em", "b", "i", "br"})


def attribute(element: Element, name: str) -> str:
    """Return the value of an attribute, "" where there is none."""
    return element.attr(name) or ""


def holds(element: Element, *tags: str) -> bool:
    """Tell whether one of *tags* is near the beginning of *element*; near, for a page may nest elements to ask this of 500 deep."""
    return any(isinstance(node, Element) and node.tag in tags for node in islice(element.descendants, _NEAR))


def main_part(markup: str, suspects: str, skipped: Tells, is_note: Tells) -> str:
    """Return the main part of *markup*: well-formed, its attributes in double quotes, no ">" within a tag.

    What holds no text is left out, and so is what *skipped* names among the elements that the selector *suspects* matches; those of
    them that *is_note* names carry the attribute NOTE.
    """
    document = turbohtml.parse(markup, positions=False, allow_declarative_shadow_roots=False)
    document.remove(_NO_TEXT)
    _mark_cut(document, markup.lower() if "<TABLE" in markup else markup)
    root = _main(document)
    _mark_layouts(root)
    _drop(list(_marked(root.select(suspects), skipped, is_note)))
    root.strip_tags(_MEANINGLESS)
    return root.inner_html


def _marked(suspects: list[Element], skipped: Tells, is_note: Tells) -> Iterator[Element]:
    """Mark the notes and yield what is to be skipped: nothing is taken away before everything was looked at."""
    for element in suspects:
        tag = element.tag
        if tag not in _NEVER_SKIPPED and skipped(tag, element):
            yield element
        elif is_note(tag, element):
            element.attrs[NOTE] = ""


def _drop(elements: list[Element]) -> None:
    for element in elements:
        element.decompose()


def _mark_cut(document: turbohtml.Document, markup: str) -> None:
    """Mark the last row of a table that has no end: `</table>` must be there, even where `</tr>` need not."""
    last_row = markup.rfind("<tr")
    if last_row < 0 or markup.find("</tr", last_row) >= 0:
        return
    if markup.rfind("</table") < markup.rfind("<table") < last_row:
        for row in document.find_all("tr")[-1:]:
            row.attrs[CUT] = ""


def _mark_layouts(root: turbohtml.Document | Element) -> None:
    for table in root.select("table:has(table)"):
        if _is_layout(table):
            table.attrs[LAYOUT] = ""


def _is_layout(table: Element) -> bool:
    """Tell whether *table* only arranges other tables: it has no header cells of its own, but holds a table that has."""
    inner = table.find("table")
    if inner is None or not holds(inner, "th"):
        return False
    groups = [node for node in table.children if isinstance(node, Element)]
    rows = [node for group in groups for node in (group, *group.children)]
    return not any(isinstance(cell, Element) and cell.tag == "th" for row in rows for cell in row.children)


def _main(document: turbohtml.Document) -> turbohtml.Document | Element:
    """Return the main element if it holds every table, or, where there are none, most of the text; else the whole page."""
    tables = len(document.find_all("table"))
    length = 0 if tables else len(document.text)
    for element in document.select(_MAINS)[:_FEW]:
        if (len(element.find_all("table")) == tables) if tables else (len(element.text) * 2 > length):
            return element
    return document
