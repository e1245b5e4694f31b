"""The log: text or JSON, and no secret in a message, in what is put into it, or in a traceback."""

import json
import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from monitor.cli.logs import JsonLines, log_as_configured
from monitor.config import Settings
from monitor.config.redaction import REDACTED
from monitor.config.settings import LogSettings

SECRET = "planted-SECRET-in-a-log"


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    hooks, threads, handlers = sys.excepthook, threading.excepthook, logging.root.handlers[:]
    yield
    sys.excepthook, threading.excepthook, logging.root.handlers[:] = hooks, threads, handlers
    logging.getLogger("modelwatch").setLevel(logging.NOTSET)


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_leaves_in_messages_arguments_outcomes_or_tracebacks(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    log_as_configured(Settings("sqlite:///x", log=LogSettings(form, "debug")))
    REDACTED.keep(SECRET)
    log = logging.getLogger("modelwatch.test")
    log.debug("the key is %s", SECRET, extra={"outcome": {"event": "test", "reason": SECRET}})
    try:
        int(f"https://x.test/?key={SECRET}")
    except ValueError as error:
        log.exception("failed")
        sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=int, args=(SECRET,))
    thread.start()
    thread.join()
    for name in ("httpx", "sqlalchemy.engine.Engine", "urllib3.connectionpool"):
        logging.getLogger(name).info("GET https://x.test/%s", SECRET)
    told = capsys.readouterr().err
    assert SECRET not in told
    assert told.count("***") >= 4
    assert ("httpx" in told, told.count("Traceback")) == (False, 3)
    if form == "json":
        first = json.loads(told.splitlines()[0])
        assert (first["level"], first["logger"], first["event"], first["reason"]) == ("debug", "modelwatch.test", "test", "***")
        assert "ValueError" in json.loads(told.splitlines()[1])["traceback"]


def test_a_line_is_one_line_whatever_is_in_it() -> None:
    record = logging.LogRecord("modelwatch", logging.INFO, "", 0, "two\nlines %s", ("\u2028\x1b[31m",), None)
    assert len(JsonLines().format(record).split("\n")) == 1
