"""Tables: plain aligned text for pipes and files, drawn with rich on a terminal, records one under the other where it is narrow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

LEAST_COLUMN = 11  # characters a column needs to be read, with the space before it
STYLES = {
    **dict.fromkeys(("active", "good", "delivered", "done"), "green"),
    **dict.fromkeys(("deprecated", "legacy", "drifting", "partial", "stale", "waiting", "retry"), "yellow"),
    **dict.fromkeys(("retired", "failing", "failed", "foreign", "given_up"), "red"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, perhaps with a title."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""


Part = Table | str


def write_parts(parts: Iterable[Part], stream: TextIO) -> None:
    """Write parts with an empty line between them; rich is loaded only if *stream* is a terminal."""
    if stream.isatty():
        _draw(parts, stream)
        return
    for number, part in enumerate(parts):
        lines = [clean(line) for line in part.splitlines()] if isinstance(part, str) else plain_lines(part)
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
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _draw(parts: Iterable[Part], stream: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    for number, part in enumerate(parts):
        if number:
            console.print()
        if isinstance(part, str):
            console.print(Text("\n".join(clean(line) for line in part.splitlines())))
        elif len(part.columns) * LEAST_COLUMN > console.width:
            for line in record_lines(part):
                console.print(Text(line))
        else:
            _draw_table(part, console)


def record_lines(table: Table) -> Iterator[str]:
    """One row after the other, a line per cell that says something."""
    if table.title:
        yield table.title
    for number, row in enumerate(table.rows):
        if number:
            yield ""
        yield from (f"{column.lower()}: {clean(cell)}" for column, cell in zip(table.columns, row, strict=True) if cell)


def _draw_table(table: Table, console: "Console") -> None:
    from rich.table import Table as Drawn
    from rich.text import Text

    drawn = Drawn(box=None, pad_edge=False, header_style="bold", title=Text(table.title) if table.title else None, title_justify="left")
    for column in table.columns:
        drawn.add_column(column, overflow="fold")
    for row in table.rows:
        drawn.add_row(*(Text(clean(cell), STYLES.get(cell, "")) for cell in row))
    console.print(drawn)
