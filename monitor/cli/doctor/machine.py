"""The configuration, the files it names, and the clock."""

import os
import stat
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from monitor.cli.doctor.findings import Finding, bad, good, note
from monitor.config import Settings, find_config

BUILT_AFTER = datetime(2026, 1, 1, tzinfo=UTC)  # this program is younger than that


def configuration(settings: Settings, named: Path | None) -> Iterator[Finding]:
    """Which file counts, and whether anybody is told of anything."""
    path = find_config(named, os.environ)
    yield (
        good("configuration", f"{path}: right") if path else note("configuration", "no file, the defaults", "`modelwatch init` writes one")
    )
    if not settings.channels:
        yield note("channels", "none: alerts go to the log alone", "add [channels]; `modelwatch init --slack-env NAME` shows how")


def clock(now: datetime) -> Iterator[Finding]:
    """Whether this machine's clock can be right."""
    if now < BUILT_AFTER:
        yield bad("clock", f"{now:%Y-%m-%d %H:%M} UTC lies before this program was written", "set the clock, or let NTP do it")
    else:
        yield good("clock", f"{now:%Y-%m-%d %H:%M} UTC")


def secret_files(settings: Settings, named: Path | None, env: Mapping[str, str]) -> Iterator[Finding]:
    """Whether only their owner can read the files that hold secrets, and the configuration where it holds some itself."""
    config = find_config(named, env)
    paths = [page.secret.file for page in settings.pages if page.secret and not page.secret.variable]
    paths += [Path(value) for name, value in env.items() if name.endswith("_FILE") and _is_ours(name, settings)]
    if config and _holds_secrets(config):
        paths.append(config)
    opened = [(path, mode) for path in paths if (mode := _mode(path)) is not None and mode & (stat.S_IROTH | stat.S_IWOTH)]
    for path, mode in opened:
        yield bad("secret files", f"{path} can be read by everybody ({mode:04o})", f"chmod 600 {path}")
    if not opened:
        yield good("secret files", f"{len(paths)} looked at")


def _is_ours(name: str, settings: Settings) -> bool:
    from monitor.sources import SOURCES

    known = {source.secret.variable for source in SOURCES if source.secret}
    known |= {page.secret.variable for page in settings.pages if page.secret}
    return name.removesuffix("_FILE") in known or name.startswith("MODELWATCH_")


def _holds_secrets(config: Path) -> bool:
    """Whether a channel's or the database's address with a password stands in the file itself."""
    from monitor.config.redaction import REDACTED

    text = config.read_text(encoding="utf-8", errors="replace")
    return REDACTED.redact(text) != text


def _mode(path: Path) -> int | None:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None
