"""`run` and `demo`: the daemon and what it prints while it works, and its work in fast motion."""

import gc
import logging
import threading
from typing import TYPE_CHECKING

import click

from monitor.cli.screen import say

if TYPE_CHECKING:
    from monitor.bootstrap import App
    from monitor.jobs.shop import PollOutcome


USUAL_COLLECTING = (700, 10, 10)  # CPython's own: what works for months collects as it goes


@click.command()
def run() -> None:
    """The daemon: visits sources, delivers alerts.

    It works until a signal or Ctrl-C stops it; SIGHUP makes it read its configuration again.
    """
    from monitor import daemon
    from monitor.cli.apps import invocation, opened, ready
    from monitor.cli.logs import log_as_configured, log_to_stderr

    log_to_stderr(info=True)
    with opened(upgrade=True) as app:
        gc.set_threshold(*USUAL_COLLECTING)
        gc.collect()
        log_as_configured(app.prepare().settings, debug=invocation().verbose)
        if app.settings.log.format == "json":
            daemon.run(app, ready, logged)
            return
        overview = Overview(app)
        overview.show()
        daemon.run(app, ready, overview.visited)
    say("stopped")


@click.command()
def demo() -> None:
    """Five weeks of one model's life, told in seconds.

    Pages of our own on this machine, everything real but the clock; no network, no account.
    """
    from monitor.cli.demo.story import tell

    tell(click.echo)


def logged(outcome: "PollOutcome") -> None:
    """A visit as a line of the log."""
    told = {"event": "visit", "source": outcome.key, "outcome": outcome.outcome.value, "reason": outcome.reason}
    told |= {name: getattr(outcome, name) for name in ("claims", "skipped", "events", "added", "withdrawn", "unchanged")}
    logging.getLogger("modelwatch.daemon").info("%s: %s", outcome.key, outcome.outcome, extra={"outcome": told})


class Overview:
    """What retires next and every source's state: at the start, and again once every source has been visited."""

    def __init__(self, app: "App") -> None:
        self._app = app
        self._waiting = {visit.key for visit in app.visits if not visit.not_configured}
        self._lock = threading.Lock()

    def visited(self, outcome: "PollOutcome") -> None:
        """A line for a visit; with the first of the last source, everything."""
        click.echo(f"{outcome.key}: {outcome.outcome}, {outcome.claims} claims, {outcome.events} events {outcome.reason}".rstrip())
        with self._lock:
            last = self._waiting == {outcome.key}
            self._waiting.discard(outcome.key)
        if last:
            self.show()

    def show(self) -> None:
        """Print both tables."""
        from monitor.cli.screen import show
        from monitor.formats.models import ending_parts
        from monitor.formats.sources import source_parts
        from monitor.queries.models import upcoming
        from monitor.queries.sources import sources_overview

        now = self._app.clock()
        with self._app.database.read() as ledger:
            ending = upcoming(ledger, now)
            sources = sources_overview(ledger, self._app.visits, now)
        parts = [*(ending_parts(ending, now) if ending else ["Nothing retires as far as is known."]), *source_parts(sources)]
        show((), parts, as_json=False)
