"""Runs of inline text: pieces, code spans, links and footnote marks put together to one Text."""

import re
from collections.abc import Iterable

from monitor.parsing.documents.decoding import clean_text
from monitor.parsing.documents.model import Text

_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_SUPERSCRIPT = re.compile("[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+")
_DIGITS = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789")
STRUCK = "~"  # stands among the marks where words were struck out
_LONGEST_MARK = 8  # "1, 2, 3"; what is longer in a <sup> is small print, which is text

EMPTY = Text("")


def tidy(text: str) -> str:
    """Collapse white space to single spaces; line breaks stay as one newline each."""
    if text.isprintable():  # then its only white space are spaces
        return " ".join(text.split())
    text = _BLANKS.sub(" ", text)
    if "\n" in text:
        text = _LINES.sub("\n", text)
    return text.strip()


def one_line(text: str) -> str:
    """Clean *text* and collapse all white space, line breaks too."""
    return " ".join((text if text.isprintable() else clean_text(text)).split())


def join(texts: Iterable[Text], separator: str) -> Text:
    """Return one text of several."""
    texts = tuple(texts)
    return Text(
        separator.join(text.plain for text in texts),
        tuple(code for text in texts for code in text.codes),
        tuple(link for text in texts for link in text.links),
        tuple(mark for text in texts for mark in text.marks),
    )


class Runs:
    """Inline text under construction; *open* and *close* bracket a code span, a link or a footnote mark."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._reset()

    def _reset(self) -> None:
        self.parts: list[str] = []
        self._codes: list[tuple[int, str]] = []  # each with the part at which it begins
        self._links: list[tuple[int, tuple[str, str]]] = []
        self._marks: list[str] = []
        self._opened: list[tuple[str, int, str]] = []

    def __bool__(self) -> bool:
        """Tell whether anything was added."""
        return bool(self.parts or self._marks)

    @property
    def idle(self) -> bool:
        """Whether nothing was added and no span is open."""
        return not (self.parts or self._opened or self._marks)

    def add(self, text: str) -> None:
        """Append *text* as it is."""
        self.parts.append(text)

    def add_text(self, text: str) -> None:
        """Append *text* outside code: superscript digits are footnote marks."""
        if not text.isascii() and _SUPERSCRIPT.search(text):
            self._marks += [digits.translate(_DIGITS) for digits in _SUPERSCRIPT.findall(text)]
            text = _SUPERSCRIPT.sub("", text)
        self.parts.append(text)

    def add_code(self, code: str) -> None:
        """Append a code span. Space at the edge of several words is what is left of a lost backtick, and parts them from what adjoins."""
        text = one_line(code)
        if text:
            self._codes.append((len(self.parts), text))
            self.parts.append(f" {text} " if " " in text and (code[0].isspace() or code[-1].isspace()) else text)

    def add_link(self, address: str) -> None:
        """Append an address that stands for itself."""
        self.parts.append(address)
        self.span("link", len(self.parts) - 1, address)

    def add_mark(self, mark: str) -> None:
        """Record a footnote mark."""
        self._marks.append(mark)

    def inside(self, kind: str) -> bool:
        """Tell whether a span of *kind* is open."""
        return any(opened[0] == kind for opened in self._opened)

    def open(self, kind: str, address: str = "") -> None:
        """Begin a span of *kind* "code", "link", "mark" or "deleted"; one inside another of its kind counts for nothing."""
        self._opened.append(("" if self.inside(kind) else kind, len(self.parts), address))

    def close(self, kind: str = "") -> None:
        """End the span begun last; without one, or if it is not of the *kind* asked for, do nothing."""
        if not self._opened or (kind and self._opened[-1][0] not in {kind, ""}):
            return
        opened, start, address = self._opened.pop()
        if opened:
            self.span(opened, start, address)

    def span(self, kind: str, start: int, address: str = "") -> None:
        """Record the parts from *start* on as a span of *kind*."""
        if kind == "deleted":
            self.strike(start)
            return
        text = one_line("".join(self.parts[start:]))
        if kind == "mark":
            self._mark(text, start)
        elif text and kind == "code":
            self._codes.append((start, text))
        elif text:
            self._links.append((start, (text, clean_text(address).strip())))

    def strike(self, start: int) -> None:
        """Take back what the parts from *start* on say; they stay, empty, for others remember their places. A mark is left."""
        self._marks += [STRUCK] if any(self.parts[start:]) else []
        self.parts[start:] = [""] * (len(self.parts) - start)
        self._codes = [code for code in self._codes if code[0] < start]
        self._links = [link for link in self._links if link[0] < start]

    def _mark(self, text: str, start: int) -> None:
        if len(text) <= _LONGEST_MARK:
            del self.parts[start:]
            self._marks += [text] if text else []

    def take(self) -> Text:
        """Return what was added and begin anew."""
        while self._opened:
            self.close()
        text = self.parts[0] if len(self.parts) == 1 else "".join(self.parts)
        text = " ".join(text.split()) if text.isprintable() else tidy(clean_text(text))
        if not (self._codes or self._links or self._marks):
            self.parts.clear()
            return Text(text) if text else EMPTY
        taken = Text(text, tuple(code for _, code in self._codes), tuple(link for _, link in self._links), tuple(self._marks))
        self._reset()
        return taken
