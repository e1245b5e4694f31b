"""`upcoming`, `show`, `history` and `changes`: what is believed of models, and what changed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from monitor.cli.options import Ahead, Instant, as_json, as_of
from monitor.cli.screen import NOTHING_FOUND, stop
from monitor.cli.screen import show as put

if TYPE_CHECKING:
    from monitor.formats.json_lines import Record
    from monitor.formats.tables import Part
    from monitor.queries.views import LineView
    from monitor.store import Ledger


@click.command()
@click.option("--within", type=Ahead(), metavar="TIME", help="Only what ends within this time, such as 90d.")
@click.option("--promises", is_flag=True, help="Also dates that only promise not to come sooner.")
@as_of
@as_json
def upcoming(within: timedelta | None, as_of: datetime | None, *, promises: bool, as_json: bool) -> None:
    """What retires next, the nearest first."""
    from monitor.cli.apps import opened
    from monitor.formats.models import ending_parts, key_records
    from monitor.queries import models

    with opened() as app, app.database.read() as ledger:
        now = app.clock()
        views = models.upcoming(ledger, now, within, as_of, promises=promises)
        known = bool(views) or bool(ledger.claims.lines())
    if not views:
        stop(NOTHING_FOUND, "nothing retires as far as is known" if known else NOT_POLLED)
    put(key_records(views), ending_parts(views, as_of or now), as_json=as_json)


@click.command()
@click.argument("model")
@click.option("--why", is_flag=True, help="Every word in force: its rank, why it counts or stands back, its page.")
@as_of
@as_json
def show(model: str, as_of: datetime | None, *, why: bool, as_json: bool) -> None:
    """One model on every surface, with evidence.

    Its stage and dates, whose word they are, disputes and differences.
    """
    from monitor.cli.apps import opened
    from monitor.formats.models import key_records, line_parts
    from monitor.queries import models

    with opened() as app, app.database.read() as ledger:
        now = app.clock()
        line = models.line(ledger, model, now, as_of)
        known = bool(line.keys) or bool(ledger.claims.lines())
        records, proved = _proved(ledger, line, now, as_of) if why and line.keys else (key_records(line.keys), ())
    if not line.keys:
        stop(NOTHING_FOUND, unknown(model, line.near, known=known))
    put(records, [*line_parts(line, as_of or now, words=not why), *proved], as_json=as_json)


def _proved(ledger: "Ledger", line: "LineView", now: datetime, as_of: datetime | None) -> "tuple[Iterable[Record], Iterable[Part]]":
    """What `--why` prints; only it pays for importing what reads pages."""
    from monitor.formats.evidence import proof_parts, proved_records
    from monitor.queries.evidence import proofs

    found = proofs(ledger, line, now, as_of)
    return proved_records(line, found), proof_parts(found)


@click.command()
@click.argument("model")
@as_of
@as_json
def history(model: str, as_of: datetime | None, *, as_json: bool) -> None:
    """What changed about one model on every surface, oldest first.

    Each change with both values, whose word it is, the quote, and the page it stands on (`modelwatch page HASH`) with its address.
    """
    from monitor.cli.apps import opened
    from monitor.formats.events import event_records, history_parts
    from monitor.queries import news

    with opened() as app, app.database.read() as ledger:
        found = news.history(ledger, model, as_of)
        known = bool(found.events) or bool(ledger.claims.lines())
    if not found.events:
        stop(NOTHING_FOUND, unknown(model, found.near, known=known))
    put(event_records(found.events), history_parts(found.events), as_json=as_json)


@click.command()
@click.option("--since", type=Instant(), help="From then on; a day means its beginning (UTC).")
@as_of
@as_json
def changes(since: datetime | None, as_of: datetime | None, *, as_json: bool) -> None:
    """What changed anywhere, oldest first."""
    from monitor.cli.apps import opened
    from monitor.formats.events import event_parts, event_records
    from monitor.queries import news

    with opened() as app, app.database.read() as ledger:
        events = news.changes(ledger, since, as_of)
        known = bool(events) or bool(ledger.claims.lines())
    if not events:
        stop(NOTHING_FOUND, "nothing changed" if known else NOT_POLLED)
    put(event_records(events), event_parts(events), as_json=as_json)


NOT_POLLED = "nothing is known yet: `modelwatch poll` visits the sources"


def unknown(model: str, near: tuple[str, ...], *, known: bool) -> str:
    """What to say about a name that nothing is known of."""
    if not known:
        return NOT_POLLED
    return f"nothing is known of {model!r}" + (f"; did you mean {' or '.join(map(repr, near))}?" if near else "")
