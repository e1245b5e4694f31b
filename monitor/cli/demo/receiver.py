"""A receiver on loopback that speaks Slack's incoming-webhook dialect: for the demonstration, and for tests of delivery."""

import html
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, repeat
from typing import Any, Self

# Slack's limits: https://docs.slack.dev/reference/block-kit/blocks and the messages guide
HEADER_LIMIT, SECTION_LIMIT, BLOCKS_LIMIT, ATTACHMENTS_LIMIT, TEXT_LIMIT = 150, 3000, 50, 100, 40_000
FIELD_LIMIT, PARTS_LIMIT = 2000, 10
ALL_BLOCKS_LIMIT = 13_200  # characters; not documented: https://github.com/slackapi/bolt-js/issues/2509
MOST_BYTES = 1_000_000
PATH = "/services/T00000000/B00000000/modelwatchdemo"


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say to one message, other than "ok".

    *hang* seconds pass before it is said, after the message was taken; *drip* seconds between its bytes; *close* says nothing at all.
    """

    status: int = 200
    text: str = "ok"
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: float = 0.0
    drip: float = 0.0
    close: bool = False

    @property
    def takes(self) -> bool:
        """Whether the message counts as posted: it was accepted, whatever the client hears of that."""
        return 200 <= self.status < 300  # noqa: PLR2004 - HTTP's own range


OK = Answer()
NO_SERVICE = Answer(404, "no_service")
ARCHIVED = Answer(410, "channel_is_archived")
INVALID_BLOCKS = Answer(400, "invalid_blocks")
BROKEN = Answer(500, "rollup_error")
HANGS = Answer(500, "rollup_error", hang=60)  # says nothing, and takes nothing
TAKES_AND_HANGS = Answer(hang=60)


def rate_limited(seconds: int | str) -> Answer:
    """Slack's 429; anything may stand in the header."""
    return Answer(429, "ratelimited", {"Retry-After": str(seconds)})


@dataclass(frozen=True, slots=True)
class Posted:
    """A message as the channel shows it; *raw* is the text as it was sent, with Slack's escapes."""

    title: str
    text: str
    raw: str
    payload: Mapping[str, Any]
    agent: str = ""


class SlackReceiver:
    """Slack on a free port of this machine, from `with` to its end; it says "ok" unless told otherwise."""

    def __init__(self, on_message: Callable[[Posted], None] | None = None) -> None:
        self.posted: list[Posted] = []
        self.requests = 0
        self.released = threading.Event()
        self._on_message = on_message
        self._answers: Iterator[Answer] = iter(())
        self._lock = threading.Lock()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def target(self) -> str:
        """The address of this channel, for the configuration."""
        return f"slack-loopback://127.0.0.1:{self._server.server_port}{PATH.removeprefix('/services')}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()

    def script(self, *answers: Answer, then: Answer = OK) -> None:
        """What to say to the next messages, one each, and to all that follow."""
        self._answers = chain(answers, repeat(then))

    def answer(self, path: str, body: bytes, agent: str = "") -> Answer:
        """What Slack would say to these bytes; takes the message if it says "ok"."""
        with self._lock:
            self.requests += 1
            scripted = next(self._answers, OK)
        problem = NO_SERVICE if path != PATH else _problem(body)
        answer = problem or scripted
        if answer.takes:
            posted = replace(_posted(json.loads(body)), agent=agent)
            self.posted.append(posted)
            if self._on_message:
                self._on_message(posted)
        return answer


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, receiver: SlackReceiver) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.receiver = receiver


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length", "0")), MOST_BYTES))
        answer = self.server.receiver.answer(self.path, body, self.headers.get("User-Agent", ""))
        self.server.receiver.released.wait(answer.hang)
        if not answer.close:
            self._say(answer)
        self.close_connection = True

    def _say(self, answer: Answer) -> None:
        try:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.text)))
            self.end_headers()
            for byte in answer.text.encode():
                self.wfile.write(bytes([byte]))
                self.server.receiver.released.wait(answer.drip)
        except ConnectionError:
            pass  # the client stopped waiting

    def log_message(self, *_: object) -> None:
        """Slack keeps quiet on our terminal."""


def _problem(body: bytes) -> Answer | None:
    payload = _object(body)
    if payload is None:
        return Answer(400, "invalid_payload")
    blocks, posted = _blocks(payload), _posted(payload)
    checks = {
        "too_many_attachments": len(payload.get("attachments", [])) > ATTACHMENTS_LIMIT,
        "invalid_blocks": len(blocks) > BLOCKS_LIMIT or not all(_fits(block) for block in blocks),
        "msg_blocks_too_long": sum(len(_shown(block)) for block in blocks) > ALL_BLOCKS_LIMIT,
        "no_text": not posted.raw.strip(),
        "msg_too_long": len(posted.raw) > TEXT_LIMIT,
    }
    return next((Answer(400, word) for word, wrong in checks.items() if wrong), None)


def _object(body: bytes) -> Mapping[str, Any] | None:
    try:
        payload = json.loads(body)
    except ValueError:
        return None
    return payload if isinstance(payload, dict) else None


def _blocks(payload: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*payload.get("blocks", []), *(block for attachment in payload.get("attachments", []) for block in attachment.get("blocks", []))]


def _fits(block: Mapping[str, Any]) -> bool:
    limit = HEADER_LIMIT if block.get("type") == "header" else SECTION_LIMIT
    small = [*block.get("fields", []), *block.get("elements", [])]
    known = bool(block.get("type")) and all(part.get("type") in {"plain_text", "mrkdwn"} and part.get("text") for part in small)
    return known and len(_text_of(block)) <= limit and len(small) <= PARTS_LIMIT and all(len(part["text"]) <= FIELD_LIMIT for part in small)


def _text_of(block: Mapping[str, Any]) -> str:
    return str(block.get("text", {}).get("text", ""))


def _shown(block: Mapping[str, Any]) -> str:
    """A section as a person reads it: its text, its fields in two columns, a context in one line."""
    fields = [str(field.get("text", "")) for field in block.get("fields", [])]
    rows = [": ".join(name.strip("*") for name in fields[start : start + 2]) for start in range(0, len(fields), 2)]
    elements = " ".join(str(element.get("text", "")) for element in block.get("elements", []))
    return "\n".join(part for part in (_text_of(block), *rows, elements) if part)


def _posted(payload: Mapping[str, Any]) -> Posted:
    """Slack shows `&lt;`, `&gt;` and `&amp;` as the characters they stand for."""
    attachments, blocks = payload.get("attachments", []), _blocks(payload)
    titles = [attachment.get("title", "") for attachment in attachments]
    titles += [_text_of(block) for block in blocks if block.get("type") == "header"]
    texts = [payload.get("text", ""), *(attachment.get("text", "") for attachment in attachments)]
    texts += [_shown(block) for block in blocks if block.get("type") != "header"]
    title, text = ("\n".join(part for part in parts if part) for parts in (titles, texts))
    return Posted(html.unescape(title), html.unescape(text), f"{title}\n{text}", payload)
