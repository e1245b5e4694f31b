"""Footnotes below a table that change what its dates mean: "* the earliest possible date"."""

import re
from collections.abc import Iterator

from monitor.parsing.documents import STRUCK, Section, Text
from monitor.parsing.headings import texts
from monitor.parsing.prose.sentences import LONGEST

_SIGNS = "*\u2020\u2021\u00a7"
_BEHIND = re.compile(rf"[{_SIGNS}]+$")
_BEFORE = re.compile(rf"\\?([{_SIGNS}]+|\[\d\]|\(\d\))\s*")
_EARLIEST = re.compile(
    r"\bearliest\b|\bat\s+least\b[^.]{0,30}\b(?:dates?|days?|then)\b|\bor\s+later\b|\b(?:no|not)\s+(?:sooner|earlier)\s+than\b",
    re.IGNORECASE,
)


def marks_of(cell: Text) -> frozenset[str]:
    """The footnote marks at the end of a cell or a header."""
    signs = _BEHIND.search(cell.plain)
    return frozenset((*cell.marks, *([signs[0]] if signs else [])))


def floor_marks(section: Section) -> frozenset[str]:
    """The marks of the section's footnotes that say that nothing ends before the dates they stand at."""
    return frozenset(mark for mark, note in _notes(section) if _EARLIEST.search(note))


def _notes(section: Section) -> Iterator[tuple[str, str]]:
    for _, text in texts(section.blocks):
        if len(text.plain) > LONGEST:
            continue
        lines = text.plain.split("\n")
        if len(lines) == len(text.marks) and STRUCK not in text.marks:  # the signs were raised, so that they stand apart from the lines
            yield from zip(text.marks, lines, strict=True)
            continue
        for line in lines:
            if sign := _BEFORE.match(line):
                yield sign[1].strip("[]()"), line[sign.end() :]
