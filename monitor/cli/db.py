"""`db`: the database's tables and its cache."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from monitor.cli.screen import NOTHING_FOUND, stop

if TYPE_CHECKING:
    from monitor.config import Settings
    from monitor.store import Database


@click.group()
def db() -> None:
    """The database: its revision, and its cache."""


@db.command()
def upgrade() -> None:
    """Bring the tables to this program's revision, and the bundled catalogue up to date; safe to repeat."""
    from monitor import bootstrap

    with _database() as (database, settings):
        click.echo(f"revision {bootstrap.upgrade(database, settings)}")


@db.command()
def current() -> None:
    """The database's revision; exit 1 if it is not this program's."""
    with _database() as (database, _):
        found, head = database.current(), database.head()
    click.echo(f"revision {found or 'none'}" + ("" if found == head else f", this program needs {head}"))
    if found != head:
        stop(NOTHING_FOUND, "run `modelwatch db upgrade`")


@db.command()
def rebuild() -> None:
    """Compute the lifecycles anew from the claims; exit 1 if that changed anything, which it must not."""
    with _database() as (database, _):
        database.check()
        with database.write() as ledger:
            changed = ledger.claims.rebuild()
    click.echo(f"lifecycles rebuilt, {changed} changed")
    if changed:
        stop(NOTHING_FOUND)


@contextmanager
def _database() -> "Iterator[tuple[Database, Settings]]":
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
