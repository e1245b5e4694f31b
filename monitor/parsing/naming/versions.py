"""Versions of models: glued to a name, where they are a whole date, and printed behind it."""

import re
from collections.abc import Sequence

from monitor.domain.identity import EVERYWHERE, Scope, scope_of
from monitor.parsing.naming.occurrences import whole_places

_MMDD = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:-preview)?"  # a snapshot by month and day: 0613
_QUOTE = r"[`'\"]?"
_UNIT = r"(?!\s*(?:x|\u00d7|k|tokens?|px|pixels?|requests?|rpm|tpm|users?|characters?|dimensions?)\b)"
_WORD = r",?\s+\(?(?:model\s+)?versions?[\s:]+"
_NEXT = re.compile(rf"(?:\s*(?:,|&|/|\band\b|\bor\b)){{1,2}}\s*\(?{_QUOTE}({_MMDD}){_QUOTE}\)?(?![\w-]){_UNIT}", re.IGNORECASE)
_BEHIND = re.compile(
    rf"{_WORD}{_QUOTE}(20\d\d-\d\d-\d\d|{_MMDD}){_QUOTE}\)?(?![\w-])|\s*(?:\s-\s+)?\(?{_QUOTE}({_MMDD}){_QUOTE}\)?(?![\w-]){_UNIT}",
    re.IGNORECASE,
)
_DASHED = re.compile(r"\s+-\s+(20\d\d-\d\d-\d\d)(?![\w-])")
_LAST = re.compile(rf"\s+-\s+(?:20\d\d-\d\d-\d\d|{_MMDD})$", re.IGNORECASE)
_APART = re.compile(r"[\s,/&]*(?:\band\b)?\s*", re.IGNORECASE)
_VERSIONED = re.compile(rf"20\d\d-\d\d-\d\d|{_MMDD}")
_FAR = 500  # characters from one name to the next
_DATED = re.compile(r"(.+)-(20\d\d-\d\d-\d\d)")  # other endings may be part of the name: DeepSeek-V3-0324, Phi-4-2


def dated(name: str) -> tuple[str, Scope]:
    """`gpt-4o-2024-08-06` as `gpt-4o` in that version; any other name as it stands."""
    found = _DATED.fullmatch(name)
    return (found[1], scope_of({"version": found[2]})) if found else (name, EVERYWHERE)


def versions_behind(text: str, end: int) -> tuple[tuple[str, ...], int]:
    """The versions printed behind a name that ends there, and where they end: "version 2024-05-13", "0613", "(0301) and (0613)"."""
    first = _BEHIND.match(text, end)
    if first is None:
        return (), end
    found, end = [first[1] or first[2]], first.end()
    while more := _NEXT.match(text, end):
        found.append(more[1])
        end = more.end()
    return tuple(found), end


def without_version(text: str) -> str:
    """The text without a version behind a dash at its end: "a-1 - 0613"."""
    return _LAST.sub("", text) if " - " in text else text


def versions_in_cell(text: str, names: Sequence[str]) -> dict[str, Scope]:
    """The versions that a cell prints behind its names: "`a` - 2024-10-01"; those of `a-32k` are those of an `a` just before it, too.

    The names are in the order in which they are printed.
    """
    found: dict[str, Scope] = {}
    behind: tuple[str, int, Scope] | None = None
    for name, start, end in reversed(_printed(text, names) if _VERSIONED.search(text) else []):
        dashed = _DASHED.match(text, end)
        scope = scope_of({"version": (dashed[1],) if dashed else versions_behind(text, end)[0]})
        if not scope and behind and shares(name, behind[0], text[end : behind[1]]):
            scope = behind[2]
        if scope:
            found[name] = scope
        behind = (name, start, scope)
    return found


def _printed(text: str, names: Sequence[str]) -> list[tuple[str, int, int]]:
    """The names with where they begin and end, each looked for behind the one before it, and not far."""
    found, place = list[tuple[str, int, int]](), 0
    for name in names:
        if at := next(whole_places(text, name, place, place + _FAR), None):
            found.append((name, *at))
            place = at[1]
    return found


def shares(name: str, other: str, between: str) -> bool:
    """Whether a version behind *other* is the one of *name* before it, too: "`a` and `a-32k` (0613)"."""
    return other.startswith(f"{name}-") and _APART.fullmatch(between) is not None
