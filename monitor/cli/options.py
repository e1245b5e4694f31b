"""Options that several commands share."""

from datetime import UTC, datetime

import click


class _Instant(click.ParamType):
    name = "instant"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """An ISO 8601 day or instant; a day is its midnight, and what has no zone is UTC."""
        if isinstance(value, datetime):
            return value
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no instant; expected something like 2026-02-13 or 2026-02-13T17:00:00Z", param, ctx)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


INSTANT = _Instant()
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
