"""Lines that are nothing but names: those of a list, and of a text that is one line by line."""

import re

from msgspec.structs import replace

from monitor.parsing.documents import Text
from monitor.parsing.naming.mentions import DAY
from monitor.parsing.naming.names import has_digit, is_display_name, is_id, without_brackets
from monitor.parsing.naming.occurrences import whole_places

_ALIAS = re.compile(r"\balias(?:es)?\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_GLUE = re.compile(r"(?:[\s,;/&.*•-]|\b(?:and|or)\b)*", re.IGNORECASE)
_OF = re.compile(r"^\S+\s+(?:parameters?|fields?|headers?|options?):\s*", re.IGNORECASE)
_ARROW = re.compile(
    r"\s+(?:-+>|=+>|\u2192|\u27a1\ufe0f?|\u2794)\s+(?:replaced\s+(?:by|with)\s+)?"
    r"|\s*(?:[,:;(\u2013\u2014]|\s-)\s*(?:please\s+)?(?:use|(?:migrate|switch|move)\s+to|replaced\s+(?:by|with))\s+"
    r"|\s+users?\s+(?:should|must|can|need\s+to|are\s+\w+\s+to)\s+(?:transition|migrate|switch|move|upgrade)\s+to\s+",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\s+instead\W*$", re.IGNORECASE)
_LEFT_OPEN = re.compile(r"^[^(]*\w\)\W*$")  # "`a` (use `b`)" cut at "(use"
_TITLED = re.compile(r"((?:[A-Z\d][\w.+-]*\s){1,6})\(([^\s()]+)\)\W*")  # "Some Model 2 (`its-id`)"
_OR = re.compile(r"\s*,\s*(?:or\s+)?|\s+or\s+|\s+and\s+")
_FOR = re.compile(r"\s+(?:for|if|when)\s.*$")
_HYPHENATED = re.compile(r"[A-Z][\w.]*(?:-[\w.]+)+")
_CLAUSE = re.compile(r"\b(?:should|must|will|can|may|please|is|are|was|were|has|have|to)\b", re.IGNORECASE)
_MOST_WORDS = 6


def line_of(text: Text, line: str) -> Text:
    """The part of a text that stands in one of its lines."""
    codes = tuple(code for code in text.codes if code in line and (len(text.codes) == 1 or _stands_in(line, code)))
    return replace(text, plain=line.strip(), codes=codes, links=tuple(link for link in text.links if link[0] in line))


def _stands_in(line: str, code: str) -> bool:
    return next(whole_places(line, code), None) is not None


def _is_title(text: str) -> bool:
    """Whether a line of a list of models is the name of one: a few words, each with a capital or a number first, and a number in them.

    The beginning of a sentence that breaks off is none: "On April 14, 2026,".
    """
    words = text.split()
    shaped = 1 < len(words) <= _MOST_WORDS and has_digit(text) and all(word[0].isupper() or word[0].isdigit() for word in words)
    return shaped and not text.endswith(",") and DAY.search(text) is None


def enumerated(text: Text, *, services: bool = False, titles: bool = False) -> tuple[str, ...]:
    """The names of a text that is nothing but names; what stands in brackets behind them counts only as an alias."""
    plain = _OF.sub("", text.plain)
    kept = plain if _ALIAS.search(plain) else _BRACKETS.sub("", plain)
    codes = [code for code in dict.fromkeys(text.codes) if code in kept and len(code.split()) == 1]
    rest = _BRACKETS.sub("", plain)
    for code in sorted(codes, key=len, reverse=True):
        rest = rest.replace(code, " ")
    if codes and _GLUE.fullmatch(rest):
        return tuple(codes)
    if (titled := _TITLED.fullmatch(plain)) and titled[2] in text.codes and is_id(titled[2]):
        return (titled[2],)
    bare = without_brackets(plain).rstrip(".")
    phrase = services and bool(bare) and len(bare.split()) <= _MOST_WORDS and not bare.endswith(":") and not _CLAUSE.search(bare)
    single = phrase or is_id(bare) or is_display_name(bare) or (titles and _is_title(bare))
    return (bare,) if single and not text.codes else ()


def points(text: Text) -> bool:
    """Whether a text says of something what to use instead, whoever is named."""
    return _ARROW.search(text.plain) is not None


def moved(text: Text) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Names and their replacements, of a text that is nothing but "`a` → `b` or `c`"; of several on both sides the pairs are unknown."""
    sides = _ARROW.split(text.plain)
    if len(sides) != 2:  # noqa: PLR2004
        return None
    old = sides[0].strip()
    names = enumerated(line_of(text, old), titles=True)
    new = _FOR.sub("", _INSTEAD.sub("", sides[1]))
    new = new.rstrip(" .)") if _LEFT_OPEN.match(new) else new
    targets = tuple(name for part in _OR.split(new) for name in enumerated(line_of(text, part), titles=True))
    if targets and _HYPHENATED.fullmatch(old):
        names = (old,)  # beside a model's name it needs no number to be one
    return (names, targets) if min(len(names), len(targets)) == 1 else None
