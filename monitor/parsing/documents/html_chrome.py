"""Tells content from what stands around it in an HTML page, and callouts from ordinary blocks."""

import re

from monitor.parsing.documents.html_tree import Element, attribute, holds

_BLOCKS = (
    "address|article|aside|blockquote|body|caption|center|details|dialog|div|fieldset|figcaption|figure|form|header|hr|html|legend"
    "|main|p|search|section|summary"
)
BLOCKS = tuple(_BLOCKS.split("|"))
SUSPECTS = "aside,header,[role],:is(div,section,p,article)[class]"  # what may be no content, or a callout
_NOTABLE = frozenset({"div", "aside", "section", "p", "article"})
_NOTE_ROLES = frozenset({"note", "alert"})
_SKIPPED_ROLES = frozenset({"navigation", "dialog", "alertdialog", "menu", "banner", "contentinfo", "tablist", "search"})

_NOTE_PART = re.compile("callout|admonition|alert|note-?box")
_NOTE_WORD = re.compile("(?:.*-)?(?:note|tip|warning|caution|important|danger|info)")
_NOTE_HINT = re.compile("callout|admonition|alert|note|tip|warning|caution|important|danger|info")


def is_note(tag: str, element: Element) -> bool:
    """Tell whether an element is a callout by its role or class; one that holds a page's headings only sounds like one."""
    if tag not in _NOTABLE:
        return False
    named = attribute(element, "role") in _NOTE_ROLES or _sounds_like_note(attribute(element, "class").lower())
    return named and not holds(element, "h1", "h2", "table")


def _sounds_like_note(classes: str) -> bool:
    if not _NOTE_HINT.search(classes):
        return False
    return any(_NOTE_PART.search(word) or _NOTE_WORD.fullmatch(word) for word in classes.split())


def is_chrome(tag: str, element: Element) -> bool:
    """Tell whether an element stands around the content: by its tag or its role."""
    if tag == "aside":
        return not is_note(tag, element)
    if tag == "header":
        return not holds(element, "h1")
    return attribute(element, "role") in _SKIPPED_ROLES
