"""`page` and `diff`: a stored page, and what two readings of a source stated differently."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from monitor.cli.options import Instant, as_json, source_keys
from monitor.cli.screen import NOTHING_FOUND, say, show, stop
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.domain.pages import Page

SIZE_OF_HASH = 64


class Point(click.ParamType[int | datetime]):
    """A reading: its number, or the last one by an instant."""

    name = "reading"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int | datetime:
        """Read it, or fail with an example."""
        text = str(value)
        if text.isascii() and text.isdecimal() and len(text) < len("20260213"):
            return int(text)
        return Instant(end_of_day=True).convert(value, param, ctx)


@click.command()
@click.argument("prefix", metavar="HASH")
@click.option("--text", "as_text", is_flag=True, help="What it says, without markup.")
@click.option("--claims", "with_claims", is_flag=True, help="Not the page: its address and day, and every claim that rests on it.")
@as_json
def page(prefix: str, *, as_text: bool, with_claims: bool, as_json: bool) -> None:
    """A stored page, byte by byte.

    HASH is what `history` and `show --why` print beside every value; its beginning is enough. --json tells its address, its day and
    every claim that rests on it.
    """
    from monitor.cli.apps import opened
    from monitor.formats.evidence import page_line, page_parts, page_record

    with opened() as app, app.database.read() as ledger:
        found = ledger.evidence.pages(prefix) if prefix.isalnum() and len(prefix) <= SIZE_OF_HASH else ()
        if not found:
            stop(NOTHING_FOUND, f"no page {prefix!r}")
        if len(found) > 1:
            raise UsageError(f"several pages begin with {prefix!r}: {', '.join(one.hash for one in found)}")
        claims = ledger.evidence.claims_on(found[0].hash) if with_claims or as_json else ()
        body = ledger.readings.page(found[0].hash)
    if with_claims or as_json:
        show([page_record(found[0], claims)], page_parts(found[0], claims), as_json=as_json)
        return
    say(page_line(found[0]))
    if body is None:
        stop(NOTHING_FOUND, "its body is not stored")
    _print(body, as_text=as_text)


def _print(body: "Page", *, as_text: bool) -> None:
    """Bytes for pipes and files; a terminal is shown no character that could steer it."""
    from monitor.formats.evidence import inert_lines, page_text

    text = page_text(body) if as_text else ""
    if sys.stdout.isatty():
        click.echo(inert_lines(text or body.body.decode(errors="replace")), nl=False)
    else:
        click.echo(text.encode() if as_text else body.body, nl=False)


@click.command()
@click.argument("key", metavar="SOURCE", shell_complete=source_keys)
@click.argument("start", metavar="[FROM]", type=Point(), required=False)
@click.argument("end", metavar="[TO]", type=Point(), required=False)
@as_json
def diff(key: str, start: int | datetime | None, end: int | datetime | None, *, as_json: bool) -> None:
    """What two readings of a source stated differently.

    FROM and TO are readings by number (`sources --history KEY`), or the last ones by an instant; a day means its end (UTC). Without TO
    the newest counts, without FROM the last before it that says something else. Stored pages are read again by today's reader; where
    one is not stored, the claims tell. Exit 1 if nothing differs.
    """
    from monitor.cli.apps import named, opened
    from monitor.formats.evidence import difference_parts, difference_records
    from monitor.queries.differences import differences

    with opened() as app, app.database.read() as ledger:
        reader = next((visit for visit in app.visits if visit.key == key), None)
        if reader is None and not ledger.evidence.known(key):
            named(app, [key])
        found = differences(ledger, key, reader, start, end)
    if found is None:
        stop(NOTHING_FOUND, f"{key}: there are no two readings to compare")
    show(difference_records(found), difference_parts(found), as_json=as_json)
    if not found.changes:
        stop(NOTHING_FOUND, f"{key}: nothing differs")
