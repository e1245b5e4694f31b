"""Our log lines on stderr, as text or as JSON, without a secret in any of them.

A line about an outcome (a visit, a delivery, a ping, a new configuration) carries its values under `extra={"outcome": {…}}`; in JSON
they stand beside `at`, `level`, `logger` and `message`, under the same keys every time.
"""

import json
import logging
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING

from monitor.config.redaction import REDACTED

if TYPE_CHECKING:
    from monitor.config import Settings

QUIET = ("alembic", "apscheduler", "asyncio", "botocore", "httpcore", "httpx", "requests", "sqlalchemy", "urllib3")
TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def log_to_stderr(*, info: bool = False, debug: bool = False) -> None:
    """Warnings, or more; other people's libraries only when something is wrong (some print whole addresses)."""
    _log_to_stderr("DEBUG" if debug else "INFO" if info else "WARNING", Lines(TEXT))


def log_as_configured(settings: "Settings", *, debug: bool = False) -> None:
    """The log of a program that runs: `[log]`, with *debug* everything of ours."""
    lines = JsonLines() if settings.log.format == "json" else Lines(TEXT)
    _log_to_stderr("DEBUG" if debug else settings.log.level.upper(), lines)


class Lines(logging.Formatter):
    """Lines as usual, secrets hidden: in the message, in what was put into it, and in a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the traceback where there is one."""
        return REDACTED.redact(super().format(record))


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The object, secrets hidden."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line: dict[str, object] = {"at": at, "level": record.levelname.lower(), "logger": record.name, "message": record.getMessage()}
        line |= getattr(record, "outcome", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return REDACTED.redact(json.dumps(line, ensure_ascii=False, default=str))


def _log_to_stderr(level: str, lines: logging.Formatter) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(lines)
    logging.basicConfig(handlers=[handler], force=True)
    logging.getLogger("modelwatch").setLevel(level)
    for name in QUIET:  # and Apprise, whose lines go to the attempt they belong to and to no handler
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def _uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, Exception):
        logging.getLogger("modelwatch").critical("a fault of this program", exc_info=(kind, error, traceback))


def _uncaught_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        _uncaught(told.exc_type, told.exc_value, told.exc_traceback)
