"""Inline Markdown to Text: code, links, emphasis, escapes, entities and inline tags, each in one pass and linear time."""

import html
import re
from collections import deque
from collections.abc import Callable, Mapping

from monitor.parsing.documents.emphasis import Emphasis
from monitor.parsing.documents.mdx import ATTRIBUTES, HTML_TAG
from monitor.parsing.documents.model import Text
from monitor.parsing.documents.runs import EMPTY, Runs, tidy

_SPECIAL = re.compile("[\\\\`*_~\\[\\]<>&\u00b2\u00b3\u00b9\u2070\u2074-\u2079]")
_SIGN = re.compile(r"[\\`*_~\[\]<&!]")  # where a token may begin
_TOKEN = re.compile(
    r"\\(?P<escape>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`++)"
    r"|(?P<open>!?\[)|(?P<close>\])"
    r"|(?P<stars>\*++|_++|~++)"
    r"|<(?P<url>(?:https?://|mailto:)[^\s<>]*+)>"
    rf"|<(?P<end>/?)(?P<tag>[A-Za-z][\w.-]*+)(?=[\s/>]){ATTRIBUTES}>"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)",
    re.ASCII,
)
# What may follow "]": an address and a title.
_TARGET = re.compile(
    r"\(\s?(?:<(?P<angled>[^<>\n]*+)>|(?P<bare>(?:[^\s()\\]|\\.|\([^\s()]*+\))*+))(?:\s(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?\s?\)"
)
_REFERENCE = re.compile(r"\[([^\[\]]{0,200})\]")
_HREF = re.compile(r"\shref\s?=\s?(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\^[\w-]{1,20}")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ONLY_CODE = re.compile(r"`([^\s`](?:[^\n`]*[^\s`])?)`")
_LONGEST_NOTE = 22
_SPANS = {"sup": "mark", "sub": "mark", "code": "code", "tt": "code", "samp": "code", "a": "link"} | dict.fromkeys(
    ("del", "s", "strike"), "deleted"
)

References = Mapping[str, str]


def read_inline(source: str, references: References | None = None) -> Text:
    """Return the text of one paragraph, item or cell.

    *source* is clean text, its newlines stay newlines; *references* are the addresses that links may name.
    """
    source = tidy(source)
    if not _SPECIAL.search(source):
        return Text(source) if source else EMPTY
    if code := _ONLY_CODE.fullmatch(source):
        return Text(code[1], (code[1],))
    return _Inline(source, references or {}).read()


def reference_key(label: str) -> str:
    """Return the form in which reference labels are compared."""
    return " ".join(label.split()).casefold()


class _Inline:
    def __init__(self, source: str, references: References) -> None:
        self._source = source
        self._references = references
        self._runs = Runs()
        self._emphasis = Emphasis(self._runs.parts, self._runs.strike)
        self._brackets: list[tuple[int, int]] = []  # part and place of each open bracket
        self._dead = 0  # brackets before this one cannot be links any more: links do not nest
        self._ticks: dict[int, deque[int]] | None = None

    def read(self) -> Text:
        source = self._source
        text = place = 0
        while sign := _SIGN.search(source, place):
            place = sign.end()
            if match := _TOKEN.match(source, sign.start()):
                if sign.start() > text:
                    self._runs.add_text(source[text : sign.start()])
                text = place = _HANDLERS[_kind(match)](self, match)
        self._runs.add_text(source[text:])
        return self._runs.take()

    def escape(self, match: re.Match[str]) -> int:
        self._runs.add(match["escape"])
        return match.end()

    def entity(self, match: re.Match[str]) -> int:
        self._runs.add_text(html.unescape(match["entity"]))
        return match.end()

    def code(self, match: re.Match[str]) -> int:
        """A run of backticks is closed by the next run of the same length; without one it is text."""
        length = len(match["ticks"])
        following = self._source.find("`", match.end())
        if length == 1 and following > 0 and self._source[following + 1 : following + 2] != "`":
            self._runs.add_code(self._source[match.end() : following])
            return following + 1
        starts = self._starts().get(length, deque())
        while starts and starts[0] < match.end():
            starts.popleft()
        if not starts:
            self._runs.add(match["ticks"])
            return match.end()
        self._runs.add_code(self._source[match.end() : starts[0]])
        return starts.popleft() + length

    def _starts(self) -> dict[int, deque[int]]:
        """Return where the runs of backticks begin, by their length."""
        if self._ticks is None:
            self._ticks = {}
            for run in re.finditer(r"`+", self._source):
                self._ticks.setdefault(len(run[0]), deque()).append(run.start())
        return self._ticks

    def stars(self, match: re.Match[str]) -> int:
        start, end = match.span()
        self._emphasis.add(match["stars"], self._source[start - 1 : start] if start else "", self._source[end : end + 1])
        return end

    def open(self, match: re.Match[str]) -> int:
        self._brackets.append((len(self._runs.parts), match.start()))
        self._runs.add(match["open"])
        return match.end()

    def close(self, match: re.Match[str]) -> int:
        """End a link or an image, if an address follows; drop a footnote's reference; else the bracket is text."""
        part, place = self._brackets.pop() if self._brackets else (-1, 0)
        kind = self._runs.parts[part] if 0 <= part < len(self._runs.parts) else ""
        if kind == "[" and match.start() - place <= _LONGEST_NOTE and self._footnote(part, self._source[place + 1 : match.start()]):
            return match.end()
        if kind == "![" or (kind == "[" and len(self._brackets) >= self._dead):
            address, end = self._target(match.end())
            if address is not None:
                self._link(kind, part, address)
                return end
        self._dead = min(self._dead, len(self._brackets))
        self._runs.add("]")
        return match.end()

    def _footnote(self, part: int, label: str) -> bool:
        if not _FOOTNOTE.fullmatch(label):
            return False
        del self._runs.parts[part:]
        self._runs.add_mark(label[1:])
        return True

    def _target(self, place: int) -> tuple[str | None, int]:
        if found := _TARGET.match(self._source, place):
            address = found["angled"] if found["angled"] is not None else found["bare"]
            return html.unescape(_ESCAPED.sub(r"\1", address)), found.end()
        if (found := _REFERENCE.match(self._source, place)) and found[1]:
            return self._references.get(reference_key(found[1])), found.end()
        return None, place

    def _link(self, kind: str, part: int, address: str) -> None:
        if kind == "![":
            del self._runs.parts[part:]
        else:
            self._runs.parts[part] = ""
            self._runs.span("link", part, address)
            self._dead = len(self._brackets)

    def url(self, match: re.Match[str]) -> int:
        self._runs.add_link(match["url"])
        return match.end()

    def tag(self, match: re.Match[str]) -> int:
        tag = match["tag"]
        if not tag[0].isupper() and not HTML_TAG.fullmatch(tag):
            self._runs.add("<")
            return match.start() + 1
        if tag.lower() == "br":
            self._runs.add("\n")
        elif kind := _SPANS.get(tag.lower()):
            self._span(kind, match)
        return match.end()

    def _span(self, kind: str, match: re.Match[str]) -> None:
        if match["end"]:
            self._runs.close(kind)
            return
        href = _HREF.search(match["attributes"])
        if href or kind != "link":
            self._runs.open(kind, html.unescape(href[1] or href[2] or "") if href else "")


def _kind(match: re.Match[str]) -> str:
    return "tag" if match["tag"] else match.lastgroup or ""


_HANDLERS: dict[str, Callable[[_Inline, re.Match[str]], int]] = {
    "escape": _Inline.escape,
    "ticks": _Inline.code,
    "open": _Inline.open,
    "close": _Inline.close,
    "stars": _Inline.stars,
    "url": _Inline.url,
    "tag": _Inline.tag,
    "entity": _Inline.entity,
}
