"""`modelwatch read`: what one page says, without a database."""

from datetime import datetime

import click

from monitor.cli.options import INSTANT, json_option
from monitor.cli.screen import show


@click.command()
@click.argument("page", metavar="FILE|URL")
@click.option("--source", "key", required=True, metavar="KEY", help="The source whose reader reads it; `modelwatch sources` lists them.")
@click.option("--provider", default="", help="Whose models the page speaks of, where the source does not say.")
@click.option("--at", type=INSTANT, help="When the page was brought; else now.")
@json_option
def read(page: str, key: str, provider: str, at: datetime | None, as_json: bool) -> None:
    """Print what a saved page or an address says, statement by statement."""
    from monitor.cli.opening import open_page
    from monitor.formats.json_lines import parsed_records
    from monitor.sources import find_source

    source = find_source(key)
    if not (provider or source.provider):
        raise click.UsageError(f"source {key} reads pages of any provider: name it with --provider")
    parsed = source.parse(open_page(page, at), provider or source.provider)
    show(parsed_records(parsed, source.authority), as_json)
    if parsed.drift:
        raise click.exceptions.Exit(1)
