"""`init`: a configuration to begin with."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.screen import say

if TYPE_CHECKING:
    from monitor.config.written import Chosen

EVERYBODY_ELSE = 0o600


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), default="modelwatch.toml")
@click.option(
    "--slack-env", "--channel-env", "channel_env", metavar="NAME", default="", help="The variable that holds a channel's address."
)
@click.option("--watch", "models", metavar="GLOB", multiple=True, help="Models to watch, such as 'gpt-4.1*'; may be given again.")
@click.option("--provider", "providers", metavar="NAME", multiple=True, help="Only those of this provider; may be given again.")
@click.option("--owner", metavar="NAME", default="", help="Whose they are.")
@click.option("--pager-env", metavar="NAME", default="", help="The variable that holds the address for what is critical.")
@click.option("--digest", metavar="WHEN", default="", help="'daily 09:00' or 'weekly mon 09:00' for what is not critical; else at once.")
@click.option("--quiet-hours", metavar="FROM-TO", default="", help="Hours in which only what is critical leaves: 22:00-07:00.")
@click.option("--time-zone", metavar="NAME", default="", help="The zone of these times: Europe/Zurich.")
@click.option("--database-url", metavar="URL", default="", help="PostgreSQL, or a SQLite file elsewhere.")
@click.option("--listen", metavar="ADDRESS:PORT", default="", help="Where to serve health and metrics.")
@click.option("--ping-env", metavar="NAME", default="", help="The variable that holds the address of a dead man's switch.")
def init(file: Path, **given: str | tuple[str, ...]) -> None:
    """Write a commented configuration; asks where nothing is given."""
    from monitor.config.written import Chosen, written
    from monitor.errors import UsageError

    if file.exists():
        raise UsageError(f"{file} is there already and is not written over")
    asking = not any(given.values()) and sys.stdin.isatty() and sys.stdout.isatty()
    chosen = _asked() if asking else Chosen(**given)  # type: ignore[arg-type]  # the options are its fields
    text = written(chosen)
    _proved(text, file)
    try:
        with file.open("x", encoding="utf-8") as new:
            file.chmod(EVERYBODY_ELSE)
            new.write(text)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error
    say(f"{file} written")
    for name in filter(None, (chosen.channel_env, chosen.pager_env, chosen.ping_env)):
        say(f"set {name} in the environment; then `modelwatch --config {file} config check`")


def _proved(text: str, file: Path) -> None:
    """Raise UsageError unless the text loads, its variables set."""
    from tempfile import TemporaryDirectory

    from monitor.config import load_settings
    from monitor.errors import ConfigError, UsageError

    with TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.toml"
        draft.write_text(text, encoding="utf-8")
        try:
            load_settings(draft, _Set({"HOME": folder}))
        except ConfigError as error:
            raise UsageError(f"{file} is not written: {error}") from error


class _Set(dict[str, str]):
    """An environment in which every variable that is asked for by name is a webhook's address."""

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]  # narrower than dict's
        """Its value; our own settings and other people's files are not set."""
        ours = key.startswith(("MODELWATCH_", "XDG_", "STATE_DIRECTORY")) or key.endswith("_FILE")
        return super().get(key) or (default if ours else "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX")


def _asked() -> "Chosen":
    from monitor.config.written import Chosen

    def words(question: str) -> tuple[str, ...]:
        return tuple(click.prompt(question, default="", show_default=False).replace(",", " ").split())

    return Chosen(
        channel_env=click.prompt("Variable that holds the Slack webhook (none: alerts go to the log)", default="", show_default=False),
        models=words("Models to watch, as globs (none: all)"),
        providers=words("Providers (none: all)"),
        owner=click.prompt("Whose models these are", default="", show_default=False),
        pager_env=click.prompt("Variable with the address for what is critical (none: the same)", default="", show_default=False),
        digest=click.prompt("When the rest leaves: 'daily 09:00', 'weekly mon 09:00' (none: at once)", default="", show_default=False),
        quiet_hours=click.prompt("Quiet hours, such as 22:00-07:00 (none: no)", default="", show_default=False),
        time_zone=click.prompt("Time zone of these, such as Europe/Zurich (none: UTC)", default="", show_default=False),
        database_url=click.prompt("Database URL (none: a SQLite file)", default="", show_default=False),
        listen=click.prompt("Health and metrics on (none: off)", default="127.0.0.1:9464"),
    )
