"""`catalogue`: the readings that a release brings along, made anew from saved pages."""

from pathlib import Path

import click

from monitor.cli.options import as_json
from monitor.cli.screen import NOTHING_FOUND, show, stop


@click.group()
def catalogue() -> None:
    """The readings that a release brings along."""


@catalogue.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), help="Where the files go; else the package's own folder.")
@as_json
def export(folder: Path, to: Path | None, *, as_json: bool) -> None:
    """Make the catalogue from saved pages.

    DIR holds them with a MANIFEST.csv (path, original_url, captured_on, kind); of each source the newest readable one is taken. The same
    pages give the same bytes.
    """
    from monitor.formats.sources import copy_parts, copy_records
    from monitor.jobs.catalogue import FOLDER, export_catalogue

    exported = tuple(export_catalogue(folder, to or FOLDER))
    show(copy_records(exported), copy_parts(exported), as_json=as_json)
    if not any(one.copy for one in exported):
        stop(NOTHING_FOUND, "no capture of any source")
