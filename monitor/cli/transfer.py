"""`export` and `import`: what the ledger holds, as JSON lines or CSV, out and back in."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TextIO

import click

from monitor.cli.db import database_of
from monitor.cli.options import as_json
from monitor.cli.screen import show
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.store import Ledger

TABLES = ("sources", "pages", "readings", "claims", "absences", "events", "lifecycles")


@click.command("export")
@click.argument("tables", nargs=-1, type=click.Choice(TABLES))
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True, help="CSV takes one table.")
@click.option(
    "--output", "-o", type=click.File("w", encoding="utf-8", atomic=True), default="-", help="A file, in place of standard output."
)
def export(tables: tuple[str, ...], form: str, output: TextIO) -> None:
    """Everything the ledger holds, or some of its TABLES.

    In a stable order, with the stored pages.

    JSON lines of all tables are what `import` takes; CSV is for people: cells that a spreadsheet would run are made inert.
    """
    if form == "csv" and len(tables) != 1:
        raise UsageError("CSV takes one table: events, claims, lifecycles, sources, …")
    with database_of() as (database, _):
        database.check()
        with database.read() as ledger:
            lines = _csv(ledger, tables[0]) if form == "csv" else _json(ledger, tables or TABLES)
            output.writelines(f"{line}\n" for line in lines)


@click.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
@as_json
def import_(file: TextIO, *, as_json: bool) -> None:
    """Take an export in; twice is once.

    Into an empty database, or again into its own, where only what is not there yet is added.
    """
    from monitor.store.upkeep.transfer import check_header

    lines = _read(file)
    _, head = next(lines, ("", {}))
    check_header(head)
    with database_of() as (database, _):
        if database.current() is None:
            database.upgrade()
        database.check()
        with database.write() as ledger:
            added = ledger.transfer.take_in(lines)
    told = (f"{count} {table}" for table, count in added.items())
    show(({"table": table, "added": count} for table, count in added.items()), (f"added: {', '.join(told)}",), as_json=as_json)


def _json(ledger: "Ledger", tables: Iterable[str]) -> Iterator[str]:
    from monitor.formats.json_lines import json_lines
    from monitor.store.upkeep.transfer import header

    yield from json_lines([header(tables)])
    for table in tables:
        yield from json_lines({"table": table} | record for record in ledger.transfer.records(table))


def _csv(ledger: "Ledger", table: str) -> Iterator[str]:
    from monitor.formats.upkeep import csv_lines
    from monitor.store.upkeep.transfer import columns

    return csv_lines(tuple(name for name in columns(table) if name != "body"), ledger.transfer.records(table))


def _read(file: TextIO) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Each record with the table it belongs to; the header belongs to none."""
    try:
        for number, line in enumerate(file, 1):
            record = json.loads(line)
            if not isinstance(record, dict):
                raise UsageError(f"line {number} of the export is no record")
            yield str(record.pop("table", "")), record
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{getattr(file, 'name', 'the export')}: no JSON lines: {error}") from error
