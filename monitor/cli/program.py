"""The command `modelwatch` itself: its options, its commands, and what its exit codes mean."""

import os
import sys
from pathlib import Path

import click

from monitor import __version__
from monitor.cli.alerts import alerts
from monitor.cli.catalogue import catalogue
from monitor.cli.config import config
from monitor.cli.db import db
from monitor.cli.evidence import diff, page
from monitor.cli.models import changes, history, show, upcoming
from monitor.cli.options import Invocation
from monitor.cli.pages import read, replay
from monitor.cli.record import record
from monitor.cli.run import demo, run
from monitor.cli.shell import completion
from monitor.cli.sources import poll, sources
from monitor.cli.status import status
from monitor.cli.transfer import export_, import_
from monitor.errors import ConfigError, DeliveryError, FetchError, ModelwatchError, ReadError, StoreError, UsageError

EXIT_CODES: tuple[tuple[type[ModelwatchError], int], ...] = (
    (UsageError, 2),
    (ConfigError, 3),
    (FetchError, 4),
    (ReadError, 4),
    (DeliveryError, 5),
    (StoreError, 6),
)
INTERRUPTED = 130
COMMANDS = (
    run,
    poll,
    read,
    upcoming,
    show,
    history,
    changes,
    page,
    diff,
    sources,
    status,
    alerts,
    record,
    replay,
    catalogue,
    db,
    export_,
    import_,
    config,
    demo,
    completion,
)


class Program(click.Group):
    """A group that turns what its commands raise into one line on stderr and an exit code, and lists them in their own order."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """As they were added: the most used first."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; translate what it raises."""
        try:
            return super().invoke(ctx)
        except ModelwatchError as error:
            raise _Shown(error) from error
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # Whoever read our output has enough (`| head`); the interpreter must not stumble over it again at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


class _Shown(click.ClickException):
    """One of our errors on its way out."""

    def __init__(self, error: ModelwatchError) -> None:
        super().__init__(" ".join(str(error).split()))
        self.exit_code = next((code for kind, code in EXIT_CODES if isinstance(error, kind)), 1)  # type: ignore[misc]  # click sets it so itself


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", "config_path", type=click.Path(path_type=Path), metavar="FILE", help="The configuration; else MODELWATCH_CONFIG.")
@click.option("--database-url", metavar="URL", help="The database; else MODELWATCH_DATABASE_URL, else as configured.")
@click.option("-v", "--verbose", is_flag=True, help="Log more, to stderr.")
@click.version_option(__version__, "--version", prog_name="modelwatch", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context, config_path: Path | None, database_url: str | None, *, verbose: bool) -> None:
    """When the AI models your software calls will be shut off, on whose word, and what changed."""
    ctx.obj = Invocation(config_path, database_url, verbose)
    if verbose:
        from monitor.cli.logs import log_to_stderr

        log_to_stderr(debug=True)


for command in COMMANDS:
    main.add_command(command)
