"""The words around a date that make it the earliest one: "not sooner than", "at the earliest", "or later"."""

import re

from monitor.parsing.dates.pieces import GAP, MARK, SOME
from monitor.parsing.screened import words_of

_REACH = 120  # how far before a date its qualifier may begin

_END_OF_LIFE = (
    r"be|been|is|to|expected|planned|scheduled|for|retire[sd]?|retirement|removed?|removal|shut(?:ting)?|shutdown|down|off|turned"
    r"|deprecated?|deprecation|discontinued?|discontinuation|sunset|decommissioned|withdrawn|deleted|disabled|take|place|happen|occur|end"
    r"|expire|yet|any"
)
_NOT = rf"(?:(?:will{GAP})?not|won['\u2019]t|isn['\u2019]t|aren['\u2019]t|never)"
_THAN = rf"(?:sooner|earlier){GAP}than"
# "If you do not migrate before May 1" is a deadline: only words about the end of a model may stand between "not" and "before".
_FIRM = (
    rf"(?<![\w-])(?:no{GAP}{_THAN}|{_NOT}{GAP}(?:(?:{_END_OF_LIFE}){GAP}){{0,6}}(?:before|until|prior{GAP}to|{_THAN}))"
    r"|\u4e0d(?:\u4f1a)?\u65e9\u4e8e"
)
# Of a date that stands apart: "the earliest retirement date for X has been updated to …"; what is between belongs to the sentence.
_APART = (
    rf"(?<![\w-])earliest{GAP}(?:[a-z-]{{3,15}}{GAP}){{0,3}}dates?{GAP}(?:for|of)\b[^.;:]{{1,80}}?"
    rf"\b(?:is|are|was|were|has{GAP}been|have{GAP}been|will{GAP}be)(?:{GAP}(?:now|updated|moved|changed|set|pushed|postponed|extended|to|for|back)){{0,4}}"
)
_LOOSE = (
    rf"(?<![\w-])(?:(?:at{GAP}(?:the{GAP})?)?earliest(?:{GAP}(?:possible|expected|planned|shutdown|retirement|deprecation|removal|eol|date)){{0,3}}"
    rf"|(?:(?<=until\s)|(?<=through\s)|(?<=till\s))at{GAP}least|at{GAP}least{GAP}(?:until|through|till)"
    rf"|on{GAP}or{GAP}after|as{GAP}(?:early|soon){GAP}as)"
    r"|\u6700\u65e9(?:\u4e8e|\u5728)?"
)
_BEFORE = re.compile(
    rf"(?:(?P<firm>{_FIRM})|{_LOOSE}|(?P<apart>{_APART})){SOME}:?{SOME}{MARK}(?:(?:on|in){GAP})?(?:the{GAP})?{MARK}\(?\Z", re.IGNORECASE
)
# In every qualifier before a date one of these words stands, or this character.
_WORDS = frozenset({"no", "not", "won", "isn", "aren", "never", "earliest", "early", "soon", "least", "after"})
_EARLY = "\u65e9"
_AFTER = re.compile(
    rf"{MARK}{SOME},?{SOME}(?:(?:or{GAP}(?:later|after|beyond)|at{GAP}(?:the{GAP})?earliest)(?!\w)"
    rf"|\((?:or{GAP}(?:later|after|beyond)|(?:at{GAP}(?:the{GAP})?)?earliest)\)"
    rf"|earliest(?={SOME}(?:\Z|[.,;)|\n]))"
    r"|\u6216\u4e4b\u540e|\u6216\u66f4\u665a|\u4ee5\u964d)",
    re.IGNORECASE,
)


def floor_before(text: str, low: int, start: int) -> re.Match[str] | None:
    """The qualifier that ends where the date starts; its group *firm* is a denial ("not before"), plain enough for a bare year."""
    low = max(low, start - _REACH)
    before = text[low:start]
    if _WORDS.isdisjoint(words_of(before)) and _EARLY not in before:
        return None
    return _BEFORE.search(text, low, start)


def floor_after(text: str, end: int) -> re.Match[str] | None:
    """The qualifier that begins where the date ends."""
    return _AFTER.match(text, end) if end < len(text) else None
