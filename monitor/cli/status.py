"""`status`: can silence be trusted now."""

import click

from monitor.cli.options import as_json
from monitor.cli.screen import show, stop

CANNOT_BE_TRUSTED = 4


@click.command()
@as_json
def status(*, as_json: bool) -> None:
    """Can silence be trusted now: exit 0 if it can, 4 if not.

    It can when every configured source has been read in full in time, no alert is stuck, and the calendar is kept.
    """
    from monitor.cli.apps import opened
    from monitor.formats.status import status_parts, status_records

    with opened() as app:
        found = app.status()
    show(status_records(found), status_parts(found), as_json=as_json)
    if not found.trusted:
        stop(CANNOT_BE_TRUSTED)
