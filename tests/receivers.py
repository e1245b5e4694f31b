"""Receivers on loopback beside the Slack of the demonstration: a mail server that speaks SMTP, and a webhook that takes JSON."""

import asyncio
import email
import email.policy
import json
import threading
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, repeat
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from monitor.cli.demo.receiver import OK, Answer

PASSWORD = "s3cretword"


class Mail(Enum):
    """What the mail server does with a message: the line it answers RCPT and DATA with, "" where it takes it."""

    TAKEN = ("", "250 2.0.0 queued")
    GREYLISTED = ("450 4.2.0 greylisted, try again later", "")
    UNKNOWN = ("550 5.1.1 no such user", "")
    BUSY = ("", "451 4.3.0 try again later")
    SPAM = ("", "554 5.7.1 refused as spam")
    DROPPED = ("", "drop")  # the connection goes once the message was sent, and nobody knows
    HANGS = ("", "hang")  # taken, but the answer never comes


class MailServer:
    """A mail server on a free port of this machine, from `with` to its end; it takes everything unless told otherwise."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.asked = 0
        self._script: Iterator[Mail] = repeat(Mail.TAKEN)
        self._now = Mail.TAKEN
        self._controller = _Controller(self, hostname="127.0.0.1", port=0, authenticator=_known, auth_require_tls=False)

    def target(self, password: str = PASSWORD) -> str:
        """The address of a mailbox there, for the configuration."""
        return f"mailto://watcher:{password}@127.0.0.1:{self._controller.port}?from=modelwatch@example.com&to=ops@example.com&mode=insecure"

    def script(self, *does: Mail, then: Mail = Mail.TAKEN) -> None:
        """What to do with the next messages, one each, and with all that follow."""
        self._script = chain(does, repeat(then))

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802
        """The recipient: where most refusals are made."""
        self.asked += 1
        self._now = next(self._script)
        if not self._now.value[0]:
            envelope.rcpt_tos.append(address)
        return self._now.value[0] or "250 2.1.5 ok"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The message."""
        answer = self._now.value[1]
        if answer[:1] not in {"4", "5"}:
            self.taken.append(_message(envelope.content))
        if answer == "drop" and server.transport:
            server.transport.close()
        if answer == "hang":
            await asyncio.sleep(30)
        return answer


class _Controller(Controller):
    def _trigger_server(self) -> None:
        """The first connection goes to the port it got, not to the 0 it asked for."""
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call] # the library's own


def _known(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object) -> AuthResult:
    return AuthResult(success=isinstance(data, LoginPassword) and data.password == PASSWORD.encode(), handled=False)


def _message(content: object) -> EmailMessage:
    assert isinstance(content, bytes)
    found = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


class Webhook:
    """A web address that takes JSON, from `with` to its end; it says 200 unless told otherwise."""

    def __init__(self, on_message: Callable[[], object] = lambda: None) -> None:
        self.taken: list[dict[str, Any]] = []
        self.requests = 0
        self.released = threading.Event()
        self._on_message = on_message
        self._script: Iterator[Answer] = repeat(OK)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def target(self, secret: str = "") -> str:
        """Its address; *secret* stands in the path, as such addresses have it."""
        return f"json://127.0.0.1:{self._server.server_port}/{secret}"

    def script(self, *answers: Answer, then: Answer = OK) -> None:
        """What to say to the next messages, one each, and to all that follow."""
        self._script = chain(answers, repeat(then))

    def answer(self, body: bytes) -> Answer:
        """What it says to one message; takes it if that is 2xx."""
        self.requests += 1
        said = next(self._script)
        if said.takes:
            self.taken.append(json.loads(body))
        self._on_message()
        return said

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()


def _handler(hook: Webhook) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = hook.answer(self.rfile.read(int(self.headers["Content-Length"])))
            hook.released.wait(said.hang)
            if not said.close:
                self.send_response(said.status)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    return Handler
