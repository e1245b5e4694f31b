"""Where output goes: data to stdout, everything else to stderr."""

import os
import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Never

import click

if TYPE_CHECKING:
    from monitor.formats.json_lines import Record
    from monitor.formats.tables import Part

NOTHING_FOUND = 1


def show(records: "Iterable[Record]", parts: "Iterable[Part]", *, as_json: bool) -> None:
    """Print the same facts as JSON lines or as tables; whichever is not wanted is not made."""
    if not as_json:
        from monitor.formats.tables import write_parts

        write_parts(parts, sys.stdout, styled=not os.environ.get("NO_COLOR"))
        return
    from monitor.formats.json_lines import json_lines

    for line in json_lines(records):
        click.echo(line)


def terminal_width() -> int | None:
    """How many characters fit in a line of standard output; None where it is no terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def say(text: str) -> None:
    """A message: to stderr."""
    click.echo(text, err=True)


def stop(code: int, text: str = "") -> Never:
    """End with an exit code, and a message where there is something to say."""
    if text:
        say(text)
    raise click.exceptions.Exit(code)
