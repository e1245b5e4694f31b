"""`ack` and `snooze`: what was seen and need not be told again, for a while; who said so, and what ended it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from monitor.cli.options import Ahead, Instant, as_json
from monitor.cli.screen import NOTHING_FOUND, say, show, stop

if TYPE_CHECKING:
    from monitor.domain.policy.mutes import MuteKind
    from monitor.domain.records import Signature
    from monitor.jobs.acks import Order

LIST_OPTIONS = frozenset({"--all", "--json"})

by = click.option("--by", default="", metavar="NAME", help="Who says so; else the user of this machine.")
reason = click.option("--reason", required=True, metavar="TEXT", help="Why.")
dry_run = click.option("--dry-run", is_flag=True, help="Only say what would be silenced.")
targets = click.argument("targets", nargs=-1, required=True, metavar="TARGET...")


class Given(TypedDict):
    """The options of a snooze as they were given."""

    targets: tuple[str, ...]
    time: timedelta | None
    until: datetime | None
    by: str
    reason: str
    dry_run: bool
    as_json: bool


class _AckGroup(click.Group):
    """A group whose first word may be a target: then it is `ack add`; with no word at all it is `ack list`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Name the command that is left out."""
        if set(args) <= LIST_OPTIONS:
            args = ["list", *args]
        elif args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["add", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_AckGroup, subcommand_metavar="TARGET... --reason TEXT | COMMAND")
def ack() -> None:
    """Acknowledge dates, so that nobody is reminded of them again.

    TARGET is the id of an alert or of a message (MW-1A2B3C4D), a model (gpt-4o, model:openai/gpt-4o), line:NAME, watch:NAME or
    owner:NAME. It ends by itself when the date moves; what is news is told all the same. `ack add --help` lists the options.
    """


@ack.command()
@targets
@by
@reason
@click.option("--until", type=Instant(), metavar="DATE", help="Until then at the latest; a day means its beginning (UTC).")
@dry_run
@as_json
def add(targets: tuple[str, ...], by: str, reason: str, until: datetime | None, *, dry_run: bool, as_json: bool) -> None:
    """Acknowledge: what `ack TARGET...` is short for."""
    from monitor.domain.policy.mutes import MuteKind
    from monitor.jobs.acks import Order

    _mute(MuteKind.ACK, Order(targets, _signature(by, reason), until, dry_run), as_json=as_json)


@ack.command("list")
@click.option("--all", "every", is_flag=True, help="Also what is over, and why.")
@as_json
def listing(*, every: bool, as_json: bool) -> None:
    """What is acknowledged or snoozed, newest first."""
    from monitor.cli.apps import opened
    from monitor.formats.acks import ack_parts, ack_record
    from monitor.queries.acks import acks

    with opened() as app, app.database.read() as ledger:
        views = acks(ledger, app.clock(), ended=every)
    if not views:
        stop(NOTHING_FOUND, "nothing is acknowledged or snoozed")
    show(map(ack_record, views), ack_parts(views, ended=every), as_json=as_json)


@ack.command()
@click.argument("ack_ids", type=click.IntRange(min=1), nargs=-1, required=True, metavar="ID...")
@by
@reason
@as_json
def end(ack_ids: tuple[int, ...], by: str, reason: str, *, as_json: bool) -> None:
    """Take acknowledgements or snoozes back.

    Reminders go on with the most urgent one that is due; nothing that went by meanwhile is sent late.
    """
    from monitor.cli.apps import opened
    from monitor.formats.acks import ack_parts, ack_record
    from monitor.jobs.acks import end as take_back

    signature = _signature(by, reason)
    with opened() as app:
        views = take_back(app.database, app.watches, ack_ids, signature, app.clock())
    show(map(ack_record, views), ack_parts(views, ended=True), as_json=as_json)


@click.command()
@targets
@click.option("--for", "time", type=Ahead(), metavar="TIME", help="For how long, such as 14d.")
@click.option("--until", type=Instant(), metavar="DATE", help="Until then; a day means its beginning (UTC).")
@by
@reason
@dry_run
@as_json
def snooze(**given: Unpack[Given]) -> None:
    """Be quiet about something until a day, but for dates that move.

    TARGET is the id of an alert or of a message (MW-1A2B3C4D), a model (gpt-4o, model:openai/gpt-4o), line:NAME, watch:NAME or
    owner:NAME. `modelwatch ack list` shows it, `modelwatch ack end` takes it back.
    """
    from monitor.bootstrap import clock
    from monitor.domain.policy.mutes import MuteKind
    from monitor.jobs.acks import Order

    time, until = given["time"], given["until"]
    if (time is None) == (until is None):
        raise click.UsageError("for how long? --for 14d or --until DATE")
    until = clock() + time if time is not None else until
    order = Order(given["targets"], _signature(given["by"], given["reason"]), until, given["dry_run"])
    _mute(MuteKind.SNOOZE, order, as_json=given["as_json"])


def _mute(kind: "MuteKind", order: "Order", *, as_json: bool) -> None:
    from monitor.cli.apps import opened
    from monitor.domain.policy.mutes import MuteKind
    from monitor.formats.acks import muted_lines, muted_parts, muted_records
    from monitor.jobs.acks import acknowledge
    from monitor.jobs.acks import snooze as be_quiet

    with opened() as app:
        now = app.clock()
        muted = (acknowledge if kind is MuteKind.ACK else be_quiet)(app.database, app.watches, order, now)
    show(muted_records(muted, now), muted_parts(muted, now), as_json=as_json)
    for line in muted_lines(muted, dry_run=order.dry_run):
        say(line)


def _signature(by: str, reason: str) -> "Signature":
    from getpass import getuser

    from monitor.domain.records import Signature

    try:
        author = by.strip() or getuser()
    except (OSError, KeyError, ImportError) as error:  # no name for this user, as in a container
        raise click.UsageError("who says so? --by NAME") from error
    if not reason.strip():
        raise click.UsageError("why? --reason TEXT")
    return Signature(author, reason.strip())
