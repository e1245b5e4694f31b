"""Cells that say there is no date, and which of them promise it."""

import re

from monitor.parsing.dates.visible import visible

_FRAME = " \t\r\n\f\v\u00a0\u202f\u3000*_`\"'()[]\\"
_NONE = re.compile(
    r"|n\s?[./]?\s?a\.?|none|null|nil|nan|[\u2010-\u2015\u2212-]{1,5}|tb[dac]|tentative|to be (?:determined|announced|confirmed)"
    r"|not applicable|unknown|undetermined|\u5f85\u5b9a|\u672a\u5b9a|\u6682\u65e0|\u306a\u3057|\ubbf8\uc815"  # to be decided, none yet
)
_EVENT = (
    r"(?:shut[ -]?down|retirement|deprecation|discontinuation|sunset|removal|decommission(?:ing)?|withdrawal|eol|end[ -]of[ -]life"
    r"|end[ -]of[ -]service|end|offline)"
)
_SAID = r"(?:announced|scheduled|set|planned|determined|published|specified)"
_WHEN = r"(?: (?:yet|currently|at this time|so far|for now|at present))?"
_ANNOUNCED = re.compile(
    rf"no (?:{_EVENT} date|{_EVENT}|date)s? (?:(?:is|are|has been|have been) )?(?:(?:yet|currently) )?{_SAID}{_WHEN}"
    rf"|no (?:planned|scheduled|announced|current) (?:{_EVENT} date|{_EVENT}|date)s?{_WHEN}"
    rf"|no (?:{_EVENT} )?dates? (?:yet|so far|for now)"
    rf"|(?:not|none)(?: yet| currently)? {_SAID}{_WHEN}"
)
_LONGEST = 120


def absent(text: str) -> bool:
    """Whether the cell says that there is no date: empty, a dash, "N/A", "TBD", "No shutdown date announced"."""
    said = _said(text)
    return said is not None and bool(_NONE.fullmatch(said) or _ANNOUNCED.fullmatch(said))


def announced_absence(text: str) -> bool:
    """Whether the cell states in words that no date is announced; a dash, "N/A" or an empty cell states nothing."""
    said = _said(text)
    return said is not None and _ANNOUNCED.fullmatch(said) is not None


def _said(text: str) -> str | None:
    """The cell in one case and spacing, without emphasis; None where it is too long to be only that."""
    shown = visible(text).text.strip(_FRAME)
    if len(shown) > _LONGEST:
        return None
    return " ".join(shown.casefold().split()).rstrip(".*\u2020 ")
