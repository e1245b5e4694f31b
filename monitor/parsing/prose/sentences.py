"""Sentences, and what they are besides their verbs: on whose word, of whom, told when."""

import re
from collections.abc import Collection

from monitor.parsing.prose.doubts import THINGS
from monitor.parsing.remembered import remembered
from monitor.parsing.screened import Screened

LONGEST, MOST_MARKS = 2000, 200  # beyond these a "sentence" is data, and a paragraph with so many links and codes navigation
_MONTH = r"(?:(?<=\b\d\.\s)|(?<=\b\d\d\.\s))(?:Jan|Feb|M[aä]r|Apr|Ma[iy]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz])"
_ABBREVIATED = r"(?<!\be\.g\.\s)(?<!\bi\.e\.\s)(?<!\bvs\.\s)(?<!\bincl\.\s)"
_BREAK = re.compile(
    rf"(?<=[.!?])[\"')\]]*\s+(?:(?=[A-Z\"'(\[“*])(?!{_MONTH})|{_ABBREVIATED}(?=[a-z][\w./]*-[\w./-]*\d|[a-z]\d[\w.]*[\s-])"
    r"|(?:(?<=\b20\d\d\.\s)|(?<=\b20\d\d\)\.\s)|(?<=[?!]\s))(?=[a-z])"  # after a year or a question, whatever a sentence begins with
    r"|(?<=[a-z0-9]\.\s)(?=(?:i|we|you|they|he|she|my|someone|this|please)\b))"
)

_FULL_STOP = re.compile(r"(?<=[\u3002\uff01\uff1f])\s*(?=\S)")  # of Chinese and Japanese, no space behind it
_STOP = re.compile(r"[.!?][\"')\]]* ")
_STOPPED = re.compile(r"(?<=[\w)][.!?])\s+")

_SECOND_HAND = Screened(
    r"\b(?:according\s+to\s+(?:(?!our\b)[\w'-]+\s+){0,3}?(?:reports?|users?|rumou?rs?|posts?|threads?|community|media|sources?|leaks?)"
    r"|community\s+(?:reports?|discussions?|threads?)|reportedly|rumou?r(?:ed|s)?|allegedly|unconfirmed|it\s+is\s+said|leaked|claim(?:s|ed|ing)?|\bi\s+(?:just\s+|also\s+)?(?:read|heard|saw)\b|speculat\w+)\b",
    *(
        "according",
        "community",
        "reported",
        "rumo",
        "alleged",
        "unconfirmed",
        "said",
        "leaked",
        "claim",
        "speculat",
        "read",
        "heard",
        "saw",
    ),
)
_ABOVE = Screened(  # of a sentence, in which white space is collapsed
    rf"\b{THINGS}\b[^.;]{{0,20}}\babove\b"
    rf"|\b(?:the above|these|those|both|the (?:old|older|former|previous|existing|deprecated|affected|listed)) (?:\w+ ){{0,3}}?{THINGS}\b"
    r"|\bit (?:was|will|is)\b|\bthey (?:were|will|are)\b",
    *(
        "above",
        "these",
        "those",
        "both",
        "the old",
        "the former",
        "the previous",
        "the existing",
        "the deprecated",
        "the affected",
        "the listed",
        "the impacted",
        "it was",
        "it will",
        "it is",
        "they ",
    ),
)
_TOLD = Screened(
    r"\b(?:notified|announced|informed|emailed|told|we\s+deprecated)\b",
    "notified",
    "announced",
    "informed",
    "emailed",
    "told",
    "deprecated",
)
_GONE = (
    r"(?:fail|errors?|unavailable|inaccessible|inactive|no\s+longer\s+(?:be\s+)?(?:available|accessible|work\w*|served|supported)(?!\s+(?:to|for)\s+new\b)"
    r"|stops?\s+working)\b"
)
_FAIL = Screened(
    r"\b(?:from|after|on|once|when|since|as\s+of|beyond)\b[^.]{0,25}?\b(?:(?:that|this|these|the|its|their)\s+(?:\w+\s+)?(?:date|day|time|point)s?|then|deprecat\w+)\b"
    rf"[^.]{{0,60}}?\b{_GONE}"
    rf"|\b{_GONE}[^.]{{0,60}}?\b(?:from|after|on|once|since|as\s+of|past)\s+(?:(?:the|its|their|that|each)\s+)?(?:\w+\s+)?deprecation\s+(?:dates?|day)\b"
    rf"|^\W*deprecated\W*[:\u2013\u2014-]\s[^.]{{0,80}}?\b{_GONE}",
    *("fail", "error", "unavailable", "inaccessible", "inactive", "longer", "stop"),
)
_DEPRECATION_DAY = re.compile(r"\W*(?:on\s+(?:the\s+)?)?deprecation\s+(?:date|day)\W*", re.IGNORECASE)
_ARE_GONE = re.compile(rf"\b{_GONE}", re.IGNORECASE)
_FALSE = re.compile(
    r"\W*(?:that|this|it)(?:['\u2019]s|\s+is|\s+was)\s+(?:false|wrong|untrue|not\s+true|incorrect|a\s+hoax)\b", re.IGNORECASE
)
_SAID_FALSE = Screened(
    r"\b(?:rumou?rs?|claims?|reports?|posts?|stories|story|news|leaks?)\b[^.]*\b(?:is|are|was|were)\s+(?:\w+ly\s+)?"
    r"(?:false|wrong|untrue|incorrect|inaccurate|not\s+true|baseless|unfounded|fake|a\s+hoax)\b",
    *("false", "wrong", "true", "correct", "accurate", "baseless", "unfounded", "fake", "hoax"),
)
_LEFT_OVER = re.compile(
    r"\b(?:organizations?|customers?|users?|accounts?|projects?|developers?|teams?)\s+(?:that|who|which|without|not)\b", re.IGNORECASE
)


@remembered
def sentences(text: str, codes: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The sentences of a paragraph, white space collapsed; nothing is split inside numbers, names or dates.

    A sentence may begin with one of the paragraph's code spans.
    """
    text = " ".join(text.split())
    if _FULL_STOP.search(text):
        return tuple(part for piece in _FULL_STOP.split(text) for part in sentences(piece, codes))
    if not _STOP.search(text):
        return (text,) if text else ()
    parts = [part for part in _BREAK.split(text) if part]
    return tuple(piece for part in parts for piece in _at_codes(part, codes)) if codes else tuple(parts)


def _at_codes(part: str, codes: Collection[str]) -> list[str]:
    cuts = [at.end() for at in _STOPPED.finditer(part) if any(part.startswith(code, at.end()) for code in codes)]
    return [part[low:high].rstrip() for low, high in zip([0, *cuts], [*cuts, len(part)], strict=True)]


@remembered
def second_hand(sentence: str) -> bool:
    """Whether the sentence passes on what somebody else is said to have said."""
    return bool(_SECOND_HAND.search(sentence))


@remembered
def back_reference(sentence: str) -> bool:
    """Whether its subject stands before it: "requests to the model slugs above", "these model IDs"."""
    return bool(_ABOVE.search(sentence))


def later_note(sentence: str) -> bool:
    """Whether it was added after the day of what surrounds it."""
    return sentence.lstrip("*_ ").casefold().startswith(("update:", "edit:"))


@remembered
def calls_fail(sentence: str) -> bool:
    """Whether it says that calls fail from a day named before ("After that date, requests return an error")."""
    return bool(_FAIL.search(sentence))


def fails_then(label: str, text: str) -> bool:
    """Whether a text says that calls fail from the day that its label is: "Deprecation date" and "The model returns an error"."""
    return _DEPRECATION_DAY.fullmatch(label) is not None and _ARE_GONE.search(text) is not None


def denied(sentence: str) -> bool:
    """Whether it takes back what the sentence before it passed on ("That is false")."""
    return bool(_FALSE.match(sentence))


def denies(sentence: str) -> bool:
    """Whether it takes back what it passes on itself ("The rumor that … is false")."""
    return _SAID_FALSE.search(sentence) is not None


def tells(sentence: str) -> bool:
    """Whether it says that somebody was told ("we notified developers")."""
    return bool(_TOLD.search(sentence))


def partial_audience(sentence: str) -> bool:
    """Whether it speaks only of some customers ("organizations that have not …")."""
    return bool(_LEFT_OVER.search(sentence))
