"""`record`: what a person hands in: a mail or page received, a word of one's own, and taking either back."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

import click

from monitor.cli.options import Instant, as_json, source_keys
from monitor.cli.screen import NOTHING_FOUND, say, show, stop

if TYPE_CHECKING:
    from monitor.bootstrap import App
    from monitor.domain.records import Signature
    from monitor.jobs.record import Document, OwnWord, Recorded

PROVIDER = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
Authorities = Literal["provider", "report"]


class Given(TypedDict):
    """The options as they were given."""

    page: str | None
    provider: str
    at: datetime | None
    sender: str
    key: str
    authority: Authorities
    fact: tuple[str, ...]
    model: str
    scope: tuple[str, ...]
    bound: str
    expires: datetime | None
    withdraw: str
    author: str
    reason: str
    dry_run: bool
    as_json: bool


@click.command()
@click.argument("page", metavar="[FILE]", required=False)
@click.option("--provider", default="", help="Whose models it speaks of.")
@click.option("--at", type=Instant(), help="The document's day; else a mail's own.")
@click.option("--from", "sender", default="", help="Who sent it; else a mail's own sender.")
@click.option("--source", "key", default="generic_page", metavar="KEY", shell_complete=source_keys, help="Whose reader reads it.")
@click.option(
    "--authority", type=click.Choice(["provider", "report"]), default="provider", help="The provider's own letter, or second-hand."
)
@click.option("--fact", multiple=True, metavar="FACT=VALUE", help="An own word instead: retires=2027-01-31; repeatable.")
@click.option("--model", default="", help="The model that an own word is about.")
@click.option("--scope", multiple=True, metavar="NAME=VALUE", help="What narrows it: region=eu; repeatable.")
@click.option("--bound", type=click.Choice(["exact", "not_before"]), default="exact", help="not_before: it only will not retire sooner.")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="The first day on which it no longer counts.")
@click.option("--withdraw", default="", metavar="KEY", help="Take back what was recorded under this key (`modelwatch sources`).")
@click.option("--author", default="", help="Who says so.")
@click.option("--reason", default="", help="Why.")
@click.option("--dry-run", is_flag=True, help="Read and decide, record nothing.")
@as_json
def record(**given: Unpack[Given]) -> None:
    """Record what a person received or says.

    FILE is a mail (.eml) or page (HTML, Markdown, text; `-` for standard input), read like any source. With --fact it is an operator's
    own word, which outranks every other; with --withdraw a record is taken back.
    """
    from monitor.cli.apps import opened

    if sum(map(bool, (given["page"], given["fact"], given["withdraw"]))) != 1:
        raise click.UsageError("expected one of FILE, --fact and --withdraw")
    with opened() as app:
        if given["withdraw"]:
            _tell(app.take_back(given["withdraw"], _signature(given), dry_run=given["dry_run"]), given)
        elif given["fact"]:
            _tell(app.record_word(_word(given), dry_run=given["dry_run"]), given)
        else:
            _record_document(app, given)


def _record_document(app: "App", given: Given) -> None:
    from monitor.formats.pages import parsed_parts, parsed_records

    document = _document(given)
    recorded = app.record_document(document, dry_run=given["dry_run"])
    parsed, authority = recorded.parsed, document.authority
    show(parsed_records(parsed, authority), parsed_parts(parsed, authority), as_json=given["as_json"])
    if parsed.drift or not parsed.statements:
        stop(NOTHING_FOUND, "nothing recorded")
    _tell(recorded, given)


def _tell(recorded: "Recorded", given: Given) -> None:
    """The events, and what it came to."""
    from monitor.formats.events import event_parts, event_records
    from monitor.formats.sources import recorded_record

    events = recorded.events
    records = (*event_records(events), recorded_record(recorded, dry_run=given["dry_run"]))
    show(records, event_parts(events) if events else (), as_json=given["as_json"])
    counts = f"{recorded.added} claims added, {recorded.withdrawn} withdrawn, {len(events)} events"
    say(f"{recorded.key}: {counts}{'; a dry run, nothing recorded' if given['dry_run'] else ''}")


def _document(given: Given) -> "Document":
    from monitor.cli.opening import open_page
    from monitor.domain.claims import read_authority
    from monitor.domain.pages import Request
    from monitor.jobs.record import Document
    from monitor.sources import find_source

    page = open_page(Request(given["page"] or "-"), given["at"])
    what = (page, find_source(given["key"]), _provider(given), read_authority(given["authority"]))
    return Document(*what, given["at"], given["sender"])


def _word(given: Given) -> "OwnWord":
    from monitor.domain.identity import ModelKey
    from monitor.jobs.record import OwnWord
    from monitor.parsing.told_facts import read_told_fact, read_told_scope

    if not given["model"].strip():
        raise click.UsageError("which model? --model NAME")
    key = ModelKey(_provider(given), given["model"].strip(), read_told_scope(given["scope"]))
    facts = tuple(read_told_fact(fact, not_before=given["bound"] == "not_before") for fact in given["fact"])
    return OwnWord(key, facts, _signature(given), given["expires"].date() if given["expires"] else None)


def _signature(given: Given) -> "Signature":
    from monitor.domain.records import Signature

    author, reason = given["author"].strip(), given["reason"].strip()
    if not (author and reason):
        raise click.UsageError("who says so, and why? --author NAME --reason TEXT")
    return Signature(author, reason)


def _provider(given: Given) -> str:
    if not PROVIDER.fullmatch(given["provider"]):
        raise click.UsageError("whose models? --provider NAME (lower-case letters, digits, dots and hyphens)")
    return given["provider"]
