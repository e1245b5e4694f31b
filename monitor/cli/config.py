"""`config`: whether the configuration is right, and what it comes to."""

import os
from typing import TYPE_CHECKING

import click

from monitor.cli.options import Invocation, as_json
from monitor.cli.screen import show as put

if TYPE_CHECKING:
    from monitor.config import Settings


@click.group()
def config() -> None:
    """The configuration."""


@config.command()
def check() -> None:
    """Say whether the configuration is right; exit 3 and the key if not."""
    from monitor.alerts.channels import Channels
    from monitor.config import find_config, visits, watches

    settings = _settings()
    Channels(settings.channels)
    planned = visits(settings, os.environ)
    missing = sum(bool(visit.not_configured) for visit in planned)
    path = find_config(_said().config_path, os.environ)
    told = f"{len(settings.channels)} channels, {len(watches(settings))} watches"
    click.echo(f"{path or 'no file, the defaults'}: right; {told}, {len(planned) - missing} sources to visit, {missing} not configured")


@config.command()
@as_json
def show(*, as_json: bool) -> None:
    """Every setting in force, secrets masked."""
    from monitor.config import shown
    from monitor.formats.tables import Table

    pairs = shown(_settings())
    put(({"key": key, "value": value} for key, value in pairs), [Table(("KEY", "VALUE"), pairs)], as_json=as_json)


def _said() -> Invocation:
    return click.get_current_context().find_object(Invocation) or Invocation(None, None, verbose=False)


def _settings() -> "Settings":
    from monitor.config import load_settings

    return load_settings(_said().config_path, os.environ)
