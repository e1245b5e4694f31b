"""`sources` and `poll`: every source's health, and a visit now."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from monitor.cli.options import as_json, as_of, source_keys
from monitor.cli.screen import say, show, stop

if TYPE_CHECKING:
    from monitor.jobs.shop import PollOutcome

SOURCE_FAILED, DELIVERY_FAILED, NOTHING = 4, 5, 1


@click.group(invoke_without_command=True)
@click.option(
    "--history", "key", metavar="KEY", shell_complete=source_keys, help="One source over time: its visits, claims and skipped rows."
)
@as_of
@as_json
@click.pass_context
def sources(ctx: click.Context, key: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Every source, and how it is doing."""
    if ctx.invoked_subcommand is None and key is None:
        ctx.invoke(listing, as_of=as_of, as_json=as_json)
    elif ctx.invoked_subcommand is None and key:
        _over_time(key, as_of, as_json=as_json)


@sources.command("list")
@as_of
@as_json
def listing(as_of: datetime | None, *, as_json: bool) -> None:
    """The same as `modelwatch sources`."""
    from monitor.cli.apps import opened
    from monitor.formats.sources import source_parts, source_records
    from monitor.queries.sources import sources_overview

    with opened() as app, app.database.read() as ledger:
        views = sources_overview(ledger, app.visits, app.clock(), as_of)
    show(source_records(views), source_parts(views), as_json=as_json)


def _over_time(key: str, as_of: datetime | None, *, as_json: bool) -> None:
    """The visits of a source, oldest first, runs of equal ones in one row."""
    from monitor.cli.apps import named, opened
    from monitor.formats.sources import spell_parts, spell_records
    from monitor.queries.past import spells

    with opened() as app, app.database.read() as ledger:
        if not ledger.evidence.known(key):
            named(app, [key])
        found = spells(ledger, key, as_of)
    if not found:
        stop(NOTHING, f"{key}: never visited" + (" by then" if as_of else ""))
    show(spell_records(key, found), spell_parts(found), as_json=as_json)


@sources.command()
@click.argument("key", shell_complete=source_keys)
def accept(key: str) -> None:
    """Take the present shape of a drifting source for good."""
    from monitor.cli.apps import named, opened

    with opened() as app:
        named(app, [key])
        with app.database.write() as ledger:
            accepted = ledger.sources.accept(key, app.clock())
    if not accepted:
        stop(NOTHING, f"{key}: its newest page was read in full; there is nothing to accept")
    click.echo(f"{key}: accepted; the next visit takes this shape for good")


@click.command()
@click.argument("keys", nargs=-1, metavar="[SOURCE]...", shell_complete=source_keys)
@click.option("--dry-run", is_flag=True, help="Fetch and decide, record nothing.")
@click.option("--deliver", is_flag=True, help="Then send the alerts that are due.")
@as_json
def poll(keys: tuple[str, ...], *, dry_run: bool, deliver: bool, as_json: bool) -> None:
    """Visit sources now: all, or those named."""
    from monitor.cli.apps import named, opened
    from monitor.formats.sources import poll_parts, poll_records

    with opened() as app:
        named(app, keys)
        count = len(keys) or sum(not visit.not_configured for visit in app.visits)
        outcomes = app.poll(keys, dry_run=dry_run, progress=_Progress(count))
        show(poll_records(outcomes), poll_parts(outcomes), as_json=as_json)
        undelivered = app.deliver().undelivered if deliver and not dry_run else ()
    for failure in undelivered:
        say(f"{failure.visible_id} to {failure.channel}: {failure.error}")
    if any(outcome.outcome in {"failed", "foreign"} for outcome in outcomes):
        stop(SOURCE_FAILED)
    if undelivered:
        stop(DELIVERY_FAILED)


class _Progress:
    """A line per visit on stderr, where a person waits for several."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._done = 0
        self._wanted = count > 1 and sys.stderr.isatty()

    def __call__(self, outcome: "PollOutcome") -> None:
        """One more is done."""
        self._done += 1
        if self._wanted:
            say(f"[{self._done}/{self._count}] {outcome.key}: {outcome.outcome}")
