"""Days that a sentence names, but not as days that hold: "postponed from March 1 to June 1", "(see the post of …)"."""

import re

from monitor.parsing.prose.vague import without_vague
from monitor.parsing.screened import Screened

_DAY = r"[^,.;()]{3,24}(?:,\s*20\d\d)?"
_PLANNED = r"(?:scheduled|planned|announced|set|due|slated|expected|communicated|supposed)"
_OLD = Screened(
    r"\b(?:postpon|delay|mov|push|extend|reschedul|chang|defer|shift|brought|bring|updat|advanc|revis|slip|slid)\w*\b[^.;]{0,60}?\b(?P<from>from\s+[^.;]{3,24}?)(?=\s+to\s)"
    rf"|(?P<once>,?\s*\(?\b(?:originally|previously|initially|formerly)\s+(?:{_PLANNED}\s+)?(?:to\s+(?:be\s+)?\w+\s+)?(?:for|on|by|in)\s+{_DAY}\)?,?)"
    r"|(?P<old>\((?:originally|previously|formerly|initially|was|not):?\s+(?=[^()]{0,12}\d)(?:(?!\bwas\b)[^()]){3,24}\))"
    rf"|(?P<not>\b(?:instead\s+of|rather\s+than)\s+(?:on\s+|in\s+)?{_DAY})"
    r"|(?P<aside>\((?:see|updated?|posted|published|announced|as\s+of|last\s+\w+|since)\b[^()]*\))"
    rf"|(?P<post>\b(?:post|notes?|notice|announcement|e-?mail|blog|article|changelog)\s+(?:of|from|dated)\s+{_DAY})",
    *(
        "postpon",
        "delay",
        "mov",
        "push",
        "exten",
        "reschedul",
        "chang",
        "defer",
        "shift",
        "brought",
        "bring",
        "updat",
        "advanc",
        "revis",
        "slip",
        "slid",
    ),
    *(
        "originally",
        "previously",
        "initially",
        "formerly",
        "instead",
        "rather",
        "(see",
        "(publish",
        "(announ",
        "(as",
        "(last",
        "(since",
        "(was",
        "(not",
    ),
    *("post", "note", "notice", "announcement", "mail", "blog", "article"),
)
_HINT = re.compile(
    r"\bfrom\b.*\bto\b|originally|previously|initially|formerly|instead\s+of|rather\s+than|\((?:see|updat|post|publish|announ|as\s+of|last|since|was|not)"
    r"|\b(?:post|notes?|notice|announcement|mail|blog|article|changelog)\s+(?:of|from|dated)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


def without_superseded(words: str) -> str:
    """The sentence with blanks in the place of the days that do not hold, as long as before."""
    words = without_vague(words)
    possible = _DIGIT.search(words) and _OLD.may_match(words) and _HINT.search(words)
    return _OLD.pattern.sub(_blanked, words) if possible else words


def _blanked(match: re.Match[str]) -> str:
    old = match[match.lastgroup or 0]
    return match[0].replace(old, " " * len(old)) if _DIGIT.search(old) else match[0]
