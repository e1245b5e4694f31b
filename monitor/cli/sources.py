"""`sources` and `poll`: every source's health, and a visit now."""

import sys
from typing import TYPE_CHECKING

import click

from monitor.cli.options import as_json, source_keys
from monitor.cli.screen import say, show, stop

if TYPE_CHECKING:
    from monitor.jobs.shop import PollOutcome

SOURCE_FAILED, DELIVERY_FAILED, NOTHING = 4, 5, 1


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def sources(ctx: click.Context, *, as_json: bool) -> None:
    """Every source, and how it is doing."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(listing, as_json=as_json)


@sources.command("list")
@as_json
def listing(*, as_json: bool) -> None:
    """The same as `modelwatch sources`."""
    from monitor.cli.apps import opened
    from monitor.formats.sources import source_parts, source_records
    from monitor.queries.sources import sources_overview

    with opened() as app, app.database.read() as ledger:
        views = sources_overview(ledger, app.visits, app.clock())
    show(source_records(views), source_parts(views), as_json=as_json)


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
