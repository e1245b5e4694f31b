"""The only module that knows the HTML library: markup in, a flat run of events out, so that another library can replace it.

turbohtml builds the tree as browsers do and caps its depth; the walk keeps its own stack, so no page can exhaust Python's.
"""

from collections.abc import Callable, Iterator
from itertools import islice

import turbohtml
from turbohtml import Element, Node

__all__ = ["CUT", "Element", "Event", "attribute", "events", "holds", "is_layout"]

# (tag, element, ""): an element begins; (tag, None, ""): it ends; ("", None, text): text.
Event = tuple[str, Element | None, str]
Skip = Callable[[str, Element], bool]

CUT = "data-modelwatch-cut"  # set on the table row at which the markup breaks off

_NO_TEXT = "script,style,template,svg,noscript,iframe,object,canvas,audio,video,math,select,textarea,pre,nav,footer,button,head"
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


def is_layout(table: Element) -> bool:
    """Tell whether *table* only arranges other tables: it has no header cells of its own, but holds a table that has."""
    inner = table.find("table")
    if inner is None or not holds(inner, "th"):
        return False
    groups = [node for node in table.children if isinstance(node, Element)]
    rows = [node for group in groups for node in (group, *group.children)]
    return not any(isinstance(cell, Element) and cell.tag == "th" for row in rows for cell in row.children)


def events(markup: str, skipped: Skip) -> Iterator[Event]:
    """Yield what stands in the main part of *markup*, without the subtrees that hold no text or that *skipped* names."""
    document = turbohtml.parse(markup, positions=False, allow_declarative_shadow_roots=False)
    document.remove(_NO_TEXT)
    _mark_cut(document, markup.lower() if "<TABLE" in markup else markup)
    return _walk(_main(document), skipped)


def _mark_cut(document: turbohtml.Document, markup: str) -> None:
    """Mark the last row of a table that has no end: `</table>` must be there, even where `</tr>` need not."""
    last_row = markup.rfind("<tr")
    if markup.rfind("</table") < markup.rfind("<table") < last_row and markup.rfind("</tr") < last_row:
        for row in document.find_all("tr")[-1:]:
            row.attrs[CUT] = ""


def _main(document: turbohtml.Document) -> Node:
    """Return the main element if it holds every table, or, where there are none, most of the text; else the whole page."""
    tables = len(document.find_all("table"))
    length = 0 if tables else len(document.text)
    for element in document.select(_MAINS)[:_FEW]:
        if (len(element.find_all("table")) == tables) if tables else (len(element.text) * 2 > length):
            return element
    return document


def _walk(root: Node, skipped: Skip) -> Iterator[Event]:
    open_elements: list[tuple[str, Iterator[Node]]] = [("", iter(root.children))]
    while open_elements:
        ending, nodes = open_elements[-1]
        for node in nodes:
            if isinstance(node, Element):
                tag = node.tag
                if tag in _NEVER_SKIPPED or not skipped(tag, node):
                    yield tag, node, ""
                    open_elements.append((tag, iter(node.children)))
                    break
            elif isinstance(node, turbohtml.Text):
                yield "", None, node.data
        else:
            open_elements.pop()
            if ending:
                yield ending, None, ""
