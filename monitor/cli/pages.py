"""`read` and `replay`: what saved pages say, without the database."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.options import Instant, as_json, source_keys
from monitor.cli.screen import NOTHING_FOUND, say, show, stop, terminal_width
from monitor.errors import ReadError

if TYPE_CHECKING:
    from monitor.jobs.replay import Step
    from monitor.jobs.series import Series


@click.command()
@click.argument("page", metavar="FILE|URL")
@click.option(
    "--source", "key", required=True, metavar="KEY", shell_complete=source_keys, help="Whose reader reads it (`modelwatch sources`)."
)
@click.option("--provider", default="", help="Whose models the page speaks of, where that is not the source's provider.")
@click.option("--at", type=Instant(), help="When the page was brought; else now, or the file's own time.")
@as_json
def read(page: str, key: str, provider: str, at: datetime | None, *, as_json: bool) -> None:
    """What a page says, statement by statement.

    A saved page (`-` for standard input) or an address; no database is needed. KEY may be one of your own [[sources]]: its columns
    and dates are read as you declared them.
    """
    from monitor.cli.opening import open_page
    from monitor.cli.readers import find_reader, ready_to_paste, unknown_columns
    from monitor.formats.pages import parsed_parts, parsed_records

    reader = find_reader(key, provider)
    source = reader.source
    try:
        brought = open_page(reader.request_for(page), at)
        parsed = source.read(brought, reader.provider)
    except ReadError as error:
        raise type(error)(f"{page}: {error}") from error
    show(parsed_records(parsed, source.authority), parsed_parts(parsed, source.authority, terminal_width()), as_json=as_json)
    if parsed.drift or not (parsed.statements or parsed.empty_state):
        stop(NOTHING_FOUND, "" if as_json else unknown_columns(reader, brought))
    if not as_json and (block := ready_to_paste(reader, page)):
        say(block)


@click.command()
@click.argument("key", metavar="[SOURCE", required=False, shell_complete=source_keys)
@click.argument("folder", metavar="DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--all",
    "everything",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Several sources at once: DIR has a folder per source, named by its key, or a sources.csv (path, source, …).",
)
@click.option("--database", "--into", "into", metavar="URL", help="Keep it in this database, which may know only of before the first page.")
@as_json
def replay(key: str | None, folder: Path | None, everything: Path | None, into: str | None, *, as_json: bool) -> None:
    """Saved pages through the whole pipeline.

    In the order of the dates in their names, under one simulated clock, on a database of their own that is thrown away.
    """
    from monitor.cli.apps import built, named

    with built() as app:
        series = _series(key, folder, everything)
        named(app, [one.key for one in series])
        for step in app.replay(series, into):
            _tell(step, as_json=as_json)


def _series(key: str | None, folder: Path | None, everything: Path | None) -> "tuple[Series, ...]":
    """One source's pages, or those of several; UsageError unless it is exactly one of the two."""
    from monitor.jobs.saved import saved_pages
    from monitor.jobs.series import Series, saved_series

    if everything and not key:
        return saved_series(everything)
    if everything or not key or not folder:
        raise click.UsageError("name a SOURCE and a DIR, or --all DIR")
    return (Series(key, saved_pages(folder)),)


def _tell(step: "Step", *, as_json: bool) -> None:
    from monitor.formats.json_lines import json_lines
    from monitor.formats.replays import step_line, step_record

    record = step_record(step)
    if not as_json:
        click.echo(step_line(step))
    elif record is None:
        say(step_line(step).strip())
    else:
        click.echo(next(json_lines([record])))
