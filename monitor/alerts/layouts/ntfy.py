"""What ntfy shows: a short text, how loud, an emoji, and where a tap leads; pure. Limits: https://docs.ntfy.sh/publish/#limitations."""

import json
from dataclasses import dataclass

from monitor.alerts.inert import ELLIPSIS
from monitor.alerts.message import Message
from monitor.alerts.parts import Parts
from monitor.alerts.plain import plain
from monitor.domain.policy.severity import Severity

TITLE, BODY = 250, 4096  # bytes
_PRIORITIES = {Severity.INFO: 3, Severity.WARNING: 4, Severity.CRITICAL: 5}
_TAGS = {Severity.INFO: "information_source", Severity.WARNING: "warning", Severity.CRITICAL: "rotating_light"}


@dataclass(frozen=True, slots=True)
class Note:
    """A notification on a phone: *priority* from 1 to 5, *tag* an emoji's name, *click* an address or ""."""

    title: str
    body: str
    priority: int
    tag: str
    click: str


def note(message: Message) -> Note:
    """The notification of a message."""
    parts = message.parts or Parts((message.body,))
    proofs = [*parts.proofs, *(item.proof for section in parts.sections for item in section.items)]
    click = next((proof.url for proof in proofs if proof.url.startswith(("https://", "http://"))), "")
    body = plain(parts, BODY - 96, _measure)
    return Note(_cut(message.title, TITLE), body, _PRIORITIES[message.severity], _TAGS[message.severity], click)


def _bytes(text: str) -> int:
    return len(text.encode())


def _measure(text: str) -> int:
    """ntfy counts bytes; Apprise sends what is longer than 8 000 as JSON, each sign beyond ASCII as six, in an attachment."""
    return max(_bytes(text), len(json.dumps(text)) * 4 // 7)


def _cut(text: str, most: int) -> str:
    """The text in at most *most* bytes."""
    if _bytes(text) <= most:
        return text
    return text.encode()[: most - _bytes(ELLIPSIS)].decode(errors="ignore") + ELLIPSIS
