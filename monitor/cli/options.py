"""Options that several commands share, and what was said before the command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import click
from click.shell_completion import CompletionItem


@dataclass(frozen=True, slots=True)
class Invocation:
    """The options before the command."""

    config_path: Path | None
    database_url: str | None
    verbose: bool


class Instant(click.ParamType[datetime]):
    """An ISO 8601 day or instant; what has no zone is UTC, a day alone is its first moment, or its last with *end_of_day*."""

    name = "instant"

    def __init__(self, *, end_of_day: bool = False) -> None:
        self._day_at = time.max if end_of_day else time.min

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read it, or fail with an example."""
        if isinstance(value, datetime):
            return value
        try:
            found = datetime.fromisoformat(str(value))
            if len(str(value)) <= len("2026-02-13"):
                found = datetime.combine(found.date(), self._day_at)
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is no instant; expected something like 2026-02-13 or 2026-02-13T17:00:00Z", param, ctx)


class Ahead(click.ParamType[timedelta]):
    """A time ahead: `90d`, `12h`."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Read it, or fail with an example."""
        from monitor.config.convert import read_duration

        try:
            return value if isinstance(value, timedelta) else read_duration(value, timedelta(days=36_500))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def source_keys(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Completion: the built-in sources."""
    from monitor.sources import SOURCES

    return [CompletionItem(source.key) for source in SOURCES if source.key.startswith(begun)]


Decorated = Callable[[Callable[..., None]], Callable[..., None]]
as_json: Decorated = click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
as_of: Decorated = click.option("--as-of", type=Instant(end_of_day=True), help="As it was known then; a day means its end (UTC).")
