"""What must hold of any bytes given to a reader: our own errors or none, time in proportion, quotes that stand on the page."""

import re
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from msgspec import Struct, structs

from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.errors import ReadError
from monitor.parsing.documents import Document, is_json, read_document
from monitor.sources import Source
from tests.sources.golden import AT, PROVIDERS, letters

SECONDS_PER_100_KB = 1.0
GIVEN_UP_AFTER = 20  # times what is allowed: then the reader is stopped where it stands


class TooLongError(BaseException):
    """Raised by the timer in the middle of a reader; no Exception, so that no reader catches it."""


@dataclass
class Tally:
    """What was seen: *slowest* is the greatest share of the allowed time, with the reader and the bytes that took it.

    *findings* count by what went wrong and where; the shortest bytes of each are in *shortest*. *patience* multiplies the allowed time.
    """

    patience: float = 1.0
    inputs: int = 0
    readings: int = 0
    stated: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    shortest: dict[str, bytes] = field(default_factory=dict)
    slowest: tuple[float, str, bytes] = (0.0, "", b"")

    def note(self, what: str, body: bytes) -> None:
        """Count a finding."""
        self.findings[what] += 1
        if len(body) < len(self.shortest.get(what, body + b"+")):
            self.shortest[what] = body

    def lines(self) -> Iterator[str]:
        """The tally in words."""
        share, reader, body = self.slowest
        yield f"{self.inputs} inputs, {self.readings} readings, {self.stated} with statements, {len(self.findings)} kinds of findings"
        yield f"slowest: {share:.2f} of the time allowed, {reader}, {len(body)} bytes"
        for what, count in self.findings.most_common():
            yield f"{count} times {what}; the shortest: {self.shortest[what][:300]!r}"


def examine(body: bytes, sources: list[Source], tally: Tally) -> None:
    """Give *body* to the document reader, the sniffer and the readers of *sources*; what goes wrong is noted, never raised."""
    tally.inputs += 1
    is_json(body)
    document = _timed("read_document", lambda: read_document(body), body, tally)
    texts: list[str] = []
    for source in sources:
        page = Page(source.address, body, AT)
        parsed = _timed(source.key, lambda page=page, source=source: source.parse(page, _provider(source)), body, tally)  # type: ignore[misc]
        if isinstance(parsed, Parsed) and parsed.statements:
            tally.stated += 1
            texts = texts or _texts(body, document)
            _check_quotes(source, parsed, texts, body, tally)


def _provider(source: Source) -> str:
    return source.provider or PROVIDERS.get(source.key, "")


def _timed(reader: str, work: Callable[[], object], body: bytes, tally: Tally) -> object:
    allowed = tally.patience * SECONDS_PER_100_KB * max(1.0, len(body) / 100_000)
    tally.readings += 1
    began = time.process_time()
    try:
        with _stopped_after(GIVEN_UP_AFTER * allowed):
            done = work()
    except ReadError:
        done = None
    except TooLongError:
        tally.note(f"{reader} did not end", body)
        return None
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
        place = traceback.extract_tb(error.__traceback__)[-1]
        tally.note(f"{type(error).__name__} in {place.filename.partition('monitor/')[2]}:{place.lineno} by {reader}", body)
        return None
    share = (time.process_time() - began) / allowed
    if share > tally.slowest[0]:
        tally.slowest = (share, reader, body)
    if share > 1:
        tally.note(f"{reader} took too long", body)
    return done


def _check_quotes(source: Source, parsed: Parsed, texts: list[str], body: bytes, tally: Tally) -> None:
    for statement in parsed.statements:
        if not statement.quote or not statement.key.model:
            tally.note(f"{source.key} stated something without a name or a quote", body)
        cells = [letters(cell) for cell in statement.quote.split(" | ")]  # a run of cells, between which a broken row may have more
        if not all(any(cell in text for text in texts) for cell in cells):
            tally.note(f"{source.key} quoted what is not on the page", body)


def _texts(body: bytes, document: object) -> list[str]:
    """The page's letters in every form a quote may have: raw, without tags, and as the document reader gives it."""
    raw = body.decode(errors="ignore")
    tagless = "".join(piece.partition(">")[2] for piece in ("<>" + raw).split("<"))
    read = " ".join(_plain(document)) if isinstance(document, Document) else ""
    open_tags = re.sub(r"</\w+>", "", raw)  # a tag that does not end is text, but what closes it goes
    return [letters(raw), letters(tagless), letters(open_tags), letters(read)]


def _plain(value: object) -> Iterator[str]:
    """Every text of a document, in its order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _plain(item)
    elif isinstance(value, Struct):
        yield from _plain(structs.astuple(value))


@contextmanager
def _stopped_after(seconds: float) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def say(line: str) -> None:
    """A line on the screen."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
