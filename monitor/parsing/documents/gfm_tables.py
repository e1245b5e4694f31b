"""Finds pipe tables (GitHub Flavored Markdown 4.10) in lines of Markdown and splits their rows."""

import re
from collections.abc import Callable, Sequence
from functools import cache

from monitor.parsing.documents.model import Table, Text
from monitor.parsing.documents.spans import Cell, Printed
from monitor.parsing.documents.tables import build_tables

_DELIMITERS = re.compile(r"\|?(?:\s?:?-++:?\s?\|)++(?:\s?:?-++:?\s?)?+|\|?\s?:?-++:?")
_PIPE = re.compile(r"(?<!\\)\|")
_OTHER = re.compile(r"#{1,6}\s|>|[-*+]\s|\d{1,9}[.)]\s|<[/A-Z]|:::")


def is_table(header: str, below: str) -> bool:
    """Tell whether a table begins with these two lines: a header and the row of dashes below it."""
    if "|" not in header or "-" not in below or "|" not in below:
        return False
    return _DELIMITERS.fullmatch(" ".join(below.split())) is not None and _PIPE.search(header) is not None


def split_row(line: str) -> list[str]:
    r"""Split a row into its cells; an escaped pipe (`\|`) is part of a cell, even within code."""
    line = line.strip()
    cells = _PIPE.split(line)
    if line.startswith("|"):
        del cells[0]
    if len(cells) > 1 and not cells[-1].strip():
        del cells[-1]
    return [cell.strip().replace(r"\|", "|") for cell in cells]


def read_rows(lines: Sequence[str], read_cell: Callable[[str], Text], *, breaks_off: bool) -> list[Table]:
    """Return the table of *lines*, a header, the row of dashes and body rows; *breaks_off* says that nothing follows the last one."""
    header, body = lines[0], lines[2:]
    read_once = cache(read_cell)  # columns repeat themselves
    rows = [Printed([Cell(read_once(cell)) for cell in split_row(line)]) for line in body]
    head = Printed([Cell(read_once(cell)) for cell in split_row(header)], heads=True)
    if rows and breaks_off and header.rstrip().endswith("|") and not _is_closed(body[-1]):
        rows[-1].cut = True
    return build_tables([head, *rows])


def _is_closed(line: str) -> bool:
    return line.rstrip().endswith("|") and not line.rstrip().endswith(r"\|")


def is_row(line: str) -> bool:
    """Tell whether the table goes on with this line: it has a pipe and no other block begins with it."""
    return line.startswith("|") or ("|" in line and _PIPE.search(line) is not None and not _OTHER.match(line))
