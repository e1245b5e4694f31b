"""HTML in normal form as tokens: whole elements that hold nothing but inline markup, tags, and text between them."""

import re

from monitor.parsing.documents.html_tree import unescape
from monitor.parsing.documents.model import Text
from monitor.parsing.documents.runs import Runs

# (tag, attributes, inner markup): a leaf; ("", …) with (slash, tag, attributes): a tag; else only text.
Token = tuple[str, str, str, str, str, str, str]

INLINE = {"code": "code", "tt": "code", "samp": "code", "sup": "mark", "sub": "mark", "del": "deleted", "s": "deleted", "strike": "deleted"}
_INLINE_TAGS = "|".join((*INLINE, "a", "br"))
_TOKEN = re.compile(
    rf"<(td|th|li|p)((?=[\s>])[^>]*)>((?:[^<]++|</?(?:{_INLINE_TAGS})(?=[\s>])[^>]*>)*+)</\1>"
    r"|<(/?)([a-z][^\s/>]*)([^>]*)>|<(?:!--.*?--|[!?][^>]*)>|([^<]+)",
    re.DOTALL,
)
_INLINE_TOKEN = re.compile(r"<(/?)([a-z]+)([^>]*)>|([^<]+)")
_ONE_CODE = re.compile(r"<code>([!-%'-;=-~]+)</code>")
_ATTRIBUTE = re.compile(r'\s(=?[^\s=]*)="([^"]*)"')


def tokens(markup: str) -> list[Token]:
    """The tokens of well-formed *markup*, in order; comments give empty ones."""
    return _TOKEN.findall(markup)


def attributes(attrs: str) -> dict[str, str]:
    """The attributes of a tag by their names."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(attrs)}


def add_text(runs: Runs, text: str) -> None:
    """Append a piece of text; white space alone begins nothing."""
    if not text.isspace() or runs:
        runs.add_text((unescape(text) if "&" in text else text).replace("\n", " "))


def open_inline(runs: Runs, tag: str, attrs: str) -> bool:
    """Begin an inline element; whether it ends with its tag."""
    if tag == "br":
        runs.add("\n")
        return False
    if tag != "a":
        runs.open(INLINE[tag])
        return True
    address = attributes(attrs).get("href", "")
    if address:
        runs.open("link", address)
    return bool(address)


class Leaves:
    """The texts of leaves; a page prints many of them again and again, and the same markup is read once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._read: dict[str, Text] = {}
        self._runs = Runs()

    def text(self, markup: str) -> Text:
        """The text of inline *markup*."""
        text = self._read.get(markup)
        if text is None:
            text = self._read[markup] = _read(markup, self._runs)
        return text


def _read(markup: str, runs: Runs) -> Text:
    if "<" not in markup:
        add_text(runs, markup)
        return runs.take()
    if code := _ONE_CODE.fullmatch(markup):
        return Text(code[1], (code[1],))
    closes: list[bool] = []
    for slash, tag, attrs, text in _INLINE_TOKEN.findall(markup):
        if text:
            add_text(runs, text)
        elif tag == "br":
            runs.add("\n")
        elif not slash:
            closes.append(open_inline(runs, tag, attrs))
        elif closes.pop():
            runs.close()
    return runs.take()
