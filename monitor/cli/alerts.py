"""`alerts`: what was told, what waits, and whether a channel takes a message."""

from datetime import datetime, timedelta

import click

from monitor.cli.options import Ahead, Instant, as_json
from monitor.cli.screen import NOTHING_FOUND, stop
from monitor.cli.screen import show as put

STATES = ("waiting", "leased", "done", "given_up", "muted")
DELIVERY_FAILED = 5


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def alerts(ctx: click.Context, *, as_json: bool) -> None:
    """What was told, and what waits to be delivered."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(listing, state=None, limit=100, as_json=as_json)


@alerts.command("list")
@click.option("--state", type=click.Choice(STATES), help="Only those in this state.")
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True)
@as_json
def listing(state: str | None, limit: int, *, as_json: bool) -> None:
    """The newest alerts, newest first."""
    from monitor.cli.apps import opened
    from monitor.formats.alerts import alert_parts, alert_records
    from monitor.queries import outbox
    from monitor.store.views import AlertState

    with opened() as app, app.database.read() as ledger:
        views = outbox.alerts(ledger, AlertState(state) if state else None, limit)
    if not views:
        stop(NOTHING_FOUND, "no alerts")
    put(alert_records(views), alert_parts(views), as_json=as_json)


@alerts.command()
@click.argument("alert_id", metavar="ID")
@as_json
def show(alert_id: str, *, as_json: bool) -> None:
    """One alert: its text, and every attempt to deliver it. Of a message with several: its alerts."""
    from monitor.cli.apps import opened
    from monitor.formats.alerts import alert_parts, alert_records, text_parts, text_record
    from monitor.queries.outbox import alert_text

    with opened() as app, app.database.read() as ledger:
        text = alert_text(ledger, alert_id, app.clock())
        together = ledger.outbox.batch(alert_id)
    if text:
        put([text_record(text)], text_parts(text), as_json=as_json)
    elif together:
        put(alert_records(together), alert_parts(together), as_json=as_json)
    else:
        stop(NOTHING_FOUND, f"no alert {alert_id!r}; `modelwatch alerts` lists them")


@alerts.command()
@click.argument("alert_ids", nargs=-1, metavar="[ID]...")
@click.option("--channel", help="All that was given up on this channel.")
def retry(alert_ids: tuple[str, ...], channel: str | None) -> None:
    """Send again what was given up: alerts or messages by their ids, or all of a channel. The daemon does so within seconds."""
    if bool(alert_ids) == bool(channel):
        raise click.UsageError("name alerts by their ids, or a channel with --channel")
    from monitor.cli.apps import opened

    with opened() as app, app.database.write() as ledger:
        back = ledger.departures.put_back(app.clock(), ids=alert_ids, channel=channel)
    if not back:
        stop(NOTHING_FOUND, "nothing was given up there; `modelwatch alerts list --state given_up` lists what was")
    for alert_id in back:
        click.echo(alert_id)


@alerts.command()
@click.option("--as-of", type=Instant(), metavar="INSTANT", help="That day, past or to come, instead of today; a day means its beginning.")
@click.option("--within", type=Ahead(), metavar="TIME", help="So long from then on, such as 30d, instead of one day (UTC).")
@click.option("--text", "with_text", is_flag=True, help="Also the messages.")
@as_json
def preview(as_of: datetime | None, within: timedelta | None, *, with_text: bool, as_json: bool) -> None:
    """What would be sent, when and to whom, if nothing new is heard.

    What waits already, and what the calendar brings by the watches and acknowledgements in force. Nothing is written or sent.
    """
    from monitor.cli.apps import opened
    from monitor.formats.previews import leaving_parts, leaving_records
    from monitor.formats.text import instant
    from monitor.queries.preview import message, window
    from monitor.queries.preview import preview as foresee

    with opened() as app, app.database.read() as ledger:
        now = app.clock()
        asked = window(as_of, within, now)
        shown = [(one, message(ledger, one) if with_text else None) for one in foresee(ledger, app.watches, asked, now)]
    if not shown:
        stop(NOTHING_FOUND, f"nothing would be sent from {instant(asked.start)} to {instant(asked.until)}")
    put(leaving_records(shown), leaving_parts(shown), as_json=as_json)


@alerts.command()
@click.argument("alert_id", metavar="ID")
@as_json
def explain(alert_id: str, *, as_json: bool) -> None:
    """Why an alert was sent, or the alerts of a message.

    The watch, the event or the day, its urgency, channel and time, the acknowledgements that were asked, and the evidence.
    """
    from monitor.cli.apps import opened
    from monitor.formats.explanations import explanation_parts, explanation_record
    from monitor.queries.explanation import explain as find_reasons

    with opened() as app, app.database.read() as ledger:
        found = find_reasons(ledger, app.watches, alert_id)
    if not found:
        stop(NOTHING_FOUND, f"no alert {alert_id!r}; `modelwatch alerts` lists them")
    put(map(explanation_record, found), explanation_parts(found), as_json=as_json)


@alerts.command()
@click.argument("channels", nargs=-1, metavar="[CHANNEL]...")
@as_json
def test(channels: tuple[str, ...], *, as_json: bool) -> None:
    """Send the newest event (or an example) to every channel, or those named, and say what became of it."""
    from monitor.cli.apps import opened
    from monitor.cli.logs import log_to_stderr
    from monitor.cli.trial import try_channels
    from monitor.formats.alerts import sent_parts, sent_records

    log_to_stderr(info=True)  # where the channel `log` goes
    with opened() as app:
        sent = try_channels(app, channels)
    put(sent_records(sent), sent_parts(sent), as_json=as_json)
    if any(one.error for one in sent):
        stop(DELIVERY_FAILED)
