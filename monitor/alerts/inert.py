"""Scraped text made harmless for every channel: no control, no mention, no link of its own, no flood; pure."""

import re
import unicodedata
from itertools import accumulate
from urllib.parse import quote

ELLIPSIS = "…"
READ_AHEAD = 10
MARKS_IN_A_ROW = 3  # no script needs more combining marks on one letter

_DROPPED = frozenset({"Cf", "Cs", "Co", "Cn"})
_SPACED = frozenset({"Cc", "Zl", "Zp", "Zs"})
_SPACES = re.compile(r"\s+")
_MENTION = re.compile(r"(?<![^\W_])@(?=\w|&)")
_AUTOMATIC = re.compile(r"://|(?<=\bwww)\.(?=\w)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINK = re.compile(r"\](?=[(\[])")
# look-alikes that no chat takes for its own syntax
_BRACKETS = str.maketrans({"<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", ">": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"})
_AT, _AMPERSAND = "\N{FULLWIDTH COMMERCIAL AT}", "\N{FULLWIDTH AMPERSAND}"
_IN_ADDRESSES = "%/:?#[]!$&'*+,;=~-._"


def inert(text: str) -> str:
    """One line that no chat takes for a mention (`<!channel>`, `@here`), a link (`<x|y>`, `[x](y)`, `https://x`) or a tag.

    Nothing in it is hidden. A chat's own signs stay, for they stand in names: each layout says that they are only text.
    """
    visible = "".join(_visible(text))
    dead = _AUTOMATIC.sub(lambda found: f"[{found[0][0]}]{found[0][1:]}", visible)
    lone = _ENTITY.sub(_AMPERSAND, _MENTION.sub(_AT, dead.translate(_BRACKETS)))
    return _SPACES.sub(" ", _LINK.sub("] ", lone)).strip()


def inert_address(url: str) -> str:
    """An address whose every unusual character is percent-encoded; an `@` too, for it never needs to mention anybody."""
    return quote(url.strip(), safe=_IN_ADDRESSES, errors="replace")


def cost(text: str) -> int:
    """The length of a text once a channel has escaped it: `&` leaves as `&amp;`."""
    return len(text) + 4 * text.count("&")


def shorten(text: str, limit: int) -> str:
    """The text, cut to *limit* with an ellipsis where it is longer."""
    if cost(text) <= limit:
        return text
    kept = sum(spent < limit for spent in accumulate(cost(character) for character in text[:limit]))
    return text[:kept].rstrip() + ELLIPSIS


def field(text: str, limit: int) -> str:
    """A scraped text as part of a message: inert and at most *limit* long."""
    start = text[: limit * READ_AHEAD]  # of a megabyte in one cell no more is read than can be shown
    return shorten(inert(start) + ELLIPSIS * (start != text), limit)


def listed(texts: tuple[str, ...], most: int, limit: int) -> str:
    """Several scraped texts in one line, the rest counted exactly."""
    shown = [field(text, limit) for text in texts[:most]]
    rest = len(texts) - len(shown)
    return ", ".join(shown) + (f", +{rest} more" if rest else "")


def _visible(text: str) -> list[str]:
    kept: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category not in _DROPPED and marks <= MARKS_IN_A_ROW:
            kept.append(" " if category in _SPACED else character)
    return kept
