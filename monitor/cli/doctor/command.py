"""The command: every check in turn, and what to do about what it found."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from monitor.cli.options import as_json
from monitor.cli.screen import show, stop

if TYPE_CHECKING:
    from monitor.cli.doctor.findings import Finding

SICK = 1


@click.command()
@click.option("--network", is_flag=True, help="Also ask each host of the configured sources.")
@click.option("--send", is_flag=True, help="Also send a test message to every channel.")
@click.option("--daemon", is_flag=True, help="Only ask the running daemon whether it is ready.")
@as_json
def doctor(*, network: bool, send: bool, daemon: bool, as_json: bool) -> None:
    """What is wrong here, and how to mend it; exit 1 if anything is."""
    from monitor.cli.doctor.findings import Verdict
    from monitor.config.redaction import REDACTED
    from monitor.formats.tables import Table

    findings: list[Finding] = [*(_daemon() if daemon else _all(network=network, send=send))]
    rows = tuple(tuple(REDACTED.redact(text) for text in (one.check, one.verdict, one.found, one.mend)) for one in findings)
    records = (dict(zip(("check", "verdict", "found", "mend"), row, strict=True)) for row in rows)
    show(records, [Table(("CHECK", "VERDICT", "FOUND", "HOW TO MEND IT"), rows)], as_json=as_json)
    if any(one.verdict is Verdict.BAD for one in findings):
        stop(SICK)


def _all(*, network: bool, send: bool) -> Iterator["Finding"]:
    from monitor.bootstrap import App, clock
    from monitor.cli.apps import invocation
    from monitor.cli.doctor import database, machine, outside
    from monitor.cli.doctor.findings import Verdict, bad
    from monitor.config import load_settings
    from monitor.errors import ConfigError
    from monitor.store import open_database

    said = invocation()
    try:
        settings = load_settings(said.config_path, os.environ)
    except ConfigError as error:
        yield bad("configuration", str(error), "mend that key; `modelwatch config check` looks again")
        return
    yield from machine.configuration(settings, said.config_path)
    yield from machine.secret_files(settings, said.config_path, os.environ)
    yield from machine.clock(clock())
    about = list(database.looked_at(settings, said.database_url, clock()))
    yield from about
    if any(one.verdict is Verdict.BAD for one in about):
        return
    with App(settings, open_database(said.database_url or settings.database_url)) as app:
        yield from outside.sources(app)
        yield from outside.channels(app, send=send)
        if network:
            yield from outside.network(app)


def _daemon() -> Iterator["Finding"]:
    from monitor.cli.apps import built
    from monitor.cli.doctor import outside

    with built() as app:
        yield from outside.running(app)
