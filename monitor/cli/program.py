"""The command `modelwatch` itself: its options, its commands, and what its exit codes mean."""

import os
import sys
from pathlib import Path

import click

from monitor import __version__
from monitor.cli.pages import read
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


class Program(click.Group):
    """A group whose commands raise our own errors: each is one line on stderr and one exit code."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; translate what it raises."""
        try:
            return super().invoke(ctx)
        except ModelwatchError as error:
            raise _shown(error) from error
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # whoever read our output has enough (`| head`); the interpreter must not stumble over it again at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


def _shown(error: ModelwatchError) -> click.ClickException:
    shown = click.ClickException(" ".join(str(error).split()))
    shown.exit_code = next((code for kind, code in EXIT_CODES if isinstance(error, kind)), 1)
    return shown


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", "config_path", type=click.Path(path_type=Path), metavar="FILE", help="The configuration; else MODELWATCH_CONFIG.")
@click.version_option(__version__, "--version", prog_name="modelwatch", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context, config_path: Path | None) -> None:
    """When the AI models your software calls will be shut off, on whose word, and what changed."""
    ctx.obj = config_path


main.add_command(read)
