"""Tells HTML from Markdown by what a page consists of; names and labels are wrong too often (".md" files that hold HTML)."""

import re

_HTML_START = re.compile(
    r"\s*+(?:<!--(?:(?!-->).){0,2000}+-->\s*+|<\?xml[^<>]*+>\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HTML_BLOCK = re.compile(
    r"</?(?:p|div|table|thead|tbody|tr|td|th|ul|ol|li|dl|dt|dd|h[1-6]|section|article|main|nav)(?=[\s>/])", re.IGNORECASE
)
_MARKDOWN = re.compile(r"^(?:#{1,6} |[ \t]*(?:[-*+]|\d{1,3}\.) |\||>|```|---)", re.MULTILINE)
_FIRST = re.compile(r"\s*+(?:#{1,6} |>|---\s*\n|</?[A-Z])")
_SAMPLE = 200_000


def is_html(text: str) -> bool:
    """Tell whether *text* is an HTML page or a piece of one, rather than Markdown with some tags in it."""
    if _HTML_START.match(text):
        return True
    if "<" not in text or _FIRST.match(text):
        return False
    sample = text[:_SAMPLE]
    tags = sum(1 for _ in _HTML_BLOCK.finditer(sample))
    return tags > sum(1 for _ in _MARKDOWN.finditer(sample))


_JSON = re.compile(rb"\s*(?:\{\s*\"|\[\s*(?:[\[{]|\"[^\"\n]*\"\s*[,\]]))")


def is_json(body: bytes) -> bool:
    """Whether a body is data in JSON and no document; a Markdown link at its beginning is none."""
    return _JSON.match(body) is not None
