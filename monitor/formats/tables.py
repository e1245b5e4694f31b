"""Tables: plain aligned text for pipes and files, drawn with rich on a terminal, rows one under the other where it is narrow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

FOLDING = frozenset(
    {"ADDRESS", "BEFORE", "AFTER", "DETAIL", "ENDS", "ERROR", "LAST ERROR", "QUOTE", "REASON", "REPLACED BY", "TEXT", "VALUE", "WHY"}
)
LEAST_FOLDED = 12  # characters a column of prose needs to be read
BETWEEN = 2
STYLES = {
    **dict.fromkeys(("active", "good", "delivered", "done"), "green"),
    **dict.fromkeys(
        ("deprecated", "legacy", "drifting", "partial", "stale", "waiting", "never read", "bundled only", "partly", "retry", "muted"),
        "yellow",
    ),
    **dict.fromkeys(("retired", "failing", "failed", "foreign", "given_up", "blind"), "red"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, perhaps with a title."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""


Part = Table | str


def write_parts(parts: Iterable[Part], stream: TextIO, *, styled: bool = True) -> None:
    """Write parts with an empty line between them; rich is loaded only if *stream* is a terminal, and only *styled* text has escapes."""
    if stream.isatty():
        _draw(parts, stream, styled=styled)
        return
    for number, part in enumerate(parts):
        lines = _clean_lines(part) if isinstance(part, str) else plain_lines(part)
        stream.write("".join(f"{line}\n" for line in (*([""] if number else []), *lines)))


def clean(text: str) -> str:
    """One line without anything that could steer a terminal."""
    joined = " ".join(text.split())
    return joined if joined.isprintable() else "".join(char if char.isprintable() else "\ufffd" for char in joined)


def plain_lines(table: Table) -> Iterator[str]:
    """Aligned columns, two spaces apart, nothing cut."""
    rows = [table.columns, *(tuple(map(clean, row)) for row in table.rows)]
    widths = [max(len(row[index]) for row in rows) for index in range(len(table.columns))]
    if table.title:
        yield table.title
    for row in rows:
        yield (" " * BETWEEN).join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def record_lines(table: Table) -> Iterator[str]:
    """One row after the other, a line per cell that says something."""
    if table.title:
        yield table.title
    for number, row in enumerate(table.rows):
        if number:
            yield ""
        yield from (f"{column.lower()}: {clean(cell)}" for column, cell in zip(table.columns, row, strict=True) if cell)


def fits(table: Table, width: int) -> bool:
    """Whether the table can be drawn so that no name is torn apart."""
    columns = zip(table.columns, *table.rows, strict=True)
    needed = (LEAST_FOLDED if cells[0] in FOLDING else max(map(len, cells)) for cells in columns)
    return sum(needed) + BETWEEN * (len(table.columns) - 1) <= width


def without_empty(table: Table) -> Table:
    """The table without the columns that say nothing."""
    kept = [index for index in range(len(table.columns)) if any(row[index] for row in table.rows)]
    columns = tuple(table.columns[index] for index in kept)
    return Table(columns, tuple(tuple(row[index] for index in kept) for row in table.rows), table.title)


def _clean_lines(text: str) -> list[str]:
    return [clean(line) for line in text.splitlines()]


def _draw(parts: Iterable[Part], stream: TextIO, *, styled: bool) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, color_system="auto" if styled else None)
    for number, part in enumerate(parts):
        if number:
            console.print()
        if isinstance(part, str):
            console.print(Text("\n".join(_clean_lines(part))))
        elif fits(shown := without_empty(part), console.width):
            _draw_table(shown, console)
        else:
            console.print(Text("\n".join(record_lines(shown))))


def _draw_table(table: Table, console: "Console") -> None:
    from rich.table import Table as Drawn
    from rich.text import Text

    drawn = Drawn(box=None, pad_edge=False, padding=(0, BETWEEN, 0, 0), header_style="bold")
    for column in table.columns:
        drawn.add_column(column, overflow="fold", no_wrap=column not in FOLDING)
    for row in table.rows:
        drawn.add_row(*(Text(clean(cell), STYLES.get(cell, "")) for cell in row))
    if table.title:
        console.print(Text(table.title, "bold"))
    console.print(drawn)
