"""The command `modelwatch` itself: its options, its commands, and what its exit codes mean."""

import gc
import os
import sys
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import click
from click.exceptions import NoSuchCommand

from monitor import __version__
from monitor.cli.options import Invocation
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
SELDOM = 500_000  # new objects between collections: what is imported is never garbage, and looking through it is a fifth of a start
COMMANDS = {  # the module of each, in the order of `--help`: the most used first
    "run": "run",
    "poll": "sources",
    "read": "pages",
    "upcoming": "models",
    "show": "models",
    "history": "models",
    "changes": "models",
    "page": "evidence",
    "diff": "evidence",
    "sources": "sources",
    "status": "status",
    "alerts": "alerts",
    "ack": "acks",
    "snooze": "acks",
    "record": "record",
    "replay": "pages",
    "catalogue": "catalogue",
    "db": "db",
    "export": "transfer",
    "import": "transfer",
    "config": "config",
    "init": "begin",
    "doctor": "doctor.command",
    "demo": "run",
    "completion": "shell",
}


class Program(click.Group):
    """A group that turns what its commands raise into one line on stderr and an exit code; a command is imported when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In their own order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        function = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = getattr(import_module(f"monitor.cli.{COMMANDS[cmd_name]}"), function)
        return command if isinstance(command, click.Command) else None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words begin with; for none, the nearest is offered."""
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand:
            raise NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx) from None

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
        from monitor.config.redaction import REDACTED

        super().__init__(REDACTED.redact(" ".join(str(error).split())))
        self.exit_code = next((code for kind, code in EXIT_CODES if isinstance(error, kind)), 1)  # type: ignore[misc]  # click sets it so itself


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", "config_path", type=click.Path(path_type=Path), metavar="FILE", help="The configuration; else MODELWATCH_CONFIG.")
@click.option("--database-url", metavar="URL", help="The database; else MODELWATCH_DATABASE_URL, else as configured.")
@click.option("-v", "--verbose", is_flag=True, help="Log more, to stderr.")
@click.version_option(__version__, "--version", prog_name="modelwatch", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context, config_path: Path | None, database_url: str | None, *, verbose: bool) -> None:
    """When the AI models your software calls will be shut off, on whose word, and what changed."""
    gc.set_threshold(SELDOM)
    ctx.obj = Invocation(config_path, database_url, verbose)
    if verbose:
        from monitor.cli.logs import log_to_stderr

        log_to_stderr(debug=True)
