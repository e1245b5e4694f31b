"""`db`: the database's tables, its cache, its soundness, its size, and copies of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.options import as_json
from monitor.cli.screen import NOTHING_FOUND, show, stop

if TYPE_CHECKING:
    from monitor.config import Settings
    from monitor.store import Database


@click.group()
def db() -> None:
    """The database: is it sound, how large is it, copies."""


@db.command()
def upgrade() -> None:
    """Bring the tables to this program's revision, and the bundled catalogue up to date; safe to repeat."""
    from monitor import bootstrap

    with database_of() as (database, settings):
        click.echo(f"revision {bootstrap.upgrade(database, settings)}")


@db.command()
def current() -> None:
    """The database's revision; exit 1 if it is not this program's."""
    with database_of() as (database, _):
        found, head = database.current(), database.head()
    click.echo(f"revision {found or 'none'}" + ("" if found == head else f", this program needs {head}"))
    if found != head:
        stop(NOTHING_FOUND, "run `modelwatch db upgrade`")


@db.command()
def rebuild() -> None:
    """Compute the lifecycles and the counts by month anew; exit 1 if that changed anything, which it must not."""
    with database_of() as (database, _):
        database.check()
        with database.write() as ledger:
            changed, recounted = ledger.claims.rebuild(), ledger.events.recount()
    click.echo(f"lifecycles rebuilt, {changed} changed" + (f"; {recounted} counts by month corrected" if recounted else ""))
    if changed or recounted:
        stop(NOTHING_FOUND)


@db.command()
@as_json
def check(*, as_json: bool) -> None:
    """Is everything sound: the file, the evidence, the lifecycles, the outbox; exit 1 with what is not."""
    from monitor.formats.upkeep import finding_parts, finding_records

    with database_of() as (database, _):
        database.check()
        found = database.findings()
    show(finding_records(found), finding_parts(found), as_json=as_json)
    if found:
        stop(NOTHING_FOUND)


@db.command()
@as_json
def stats(*, as_json: bool) -> None:
    """Rows and bytes of every table, pages with and without their body, and the time it all spans."""
    from monitor.formats.upkeep import stats_parts, stats_records

    with database_of() as (database, _):
        database.check()
        found = database.stats()
    show(stats_records(found), stats_parts(found), as_json=as_json)


@db.command()
@click.argument("to", metavar="FILE", type=click.Path(path_type=Path))
@as_json
def backup(to: Path, *, as_json: bool) -> None:
    """Copy an SQLite database to a new file, safely while a daemon writes, and verify the copy. For PostgreSQL use pg_dump."""
    with database_of() as (database, _):
        database.check()
        made = database.backup(to)
    show(
        ({"file": str(to), "bytes": made.size, "rows": made.rows},),
        (f"{to}: {made.rows} rows, {made.size} bytes, verified",),
        as_json=as_json,
    )


@db.command()
@click.argument("url")
@as_json
def copy(url: str, *, as_json: bool) -> None:
    """Copy everything into the empty database at URL (SQLite or PostgreSQL) and verify it row for row; all of it or nothing."""
    from monitor.formats.upkeep import copied_parts, copied_records
    from monitor.store import open_database

    with database_of() as (database, _):
        target = open_database(url)
        try:
            found = database.copy_to(target)
        finally:
            target.close()
    show(copied_records(found), copied_parts(found), as_json=as_json)


@db.command()
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@as_json
def thin(*, dry_run: bool, as_json: bool) -> None:
    """Take the bodies of old pages that prove nothing, and roll up visits that only repeat each other; the daemon does so once a day."""
    from monitor.cli.apps import opened
    from monitor.formats.upkeep import thinned_line, thinned_record

    with opened() as app:
        found = app.thin(dry_run=dry_run)
    show((thinned_record(found),), (f"{'would go' if dry_run else 'gone'}: {thinned_line(found)}",), as_json=as_json)


@contextmanager
def database_of() -> "Iterator[tuple[Database, Settings]]":
    """The database as the options before the command and the configuration say, closed afterwards."""
    from monitor.cli.apps import invocation
    from monitor.config import load_settings
    from monitor.store import open_database

    said = invocation()
    settings = load_settings(said.config_path, os.environ)
    database = open_database(said.database_url or settings.database_url)
    try:
        yield database, settings
    finally:
        database.close()
