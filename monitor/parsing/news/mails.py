"""Mails: the part that a person reads, as a page, with the day it was sent and who sent it; nothing attached is opened."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from monitor.domain.pages import Page
from monitor.errors import Undecodable

_HEADER = re.compile(rb"(?:From [^\n]*\n)?(?:[!-9;-~]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\r?\n")  # RFC 5322, section 2.2
_OURS = re.compile(rb"^(?:from|to|date|subject|received|return-path|message-id|mime-version|delivered-to):", re.IGNORECASE | re.MULTILINE)
_HEAD = 65_536
_CHOSEN = ("text/html", "text/plain")
_FAULTS = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)  # what a broken mail makes the library raise


@dataclass(frozen=True, slots=True)
class Mail:
    """The part to read (HTML where there is any, else text), when it was sent (aware UTC; None where that is unreadable), and by whom."""

    part: Page
    sent_at: datetime | None
    sender: str


def is_mail(body: bytes) -> bool:
    """Whether a document is a mail as it was received: headers first, at least two of those that mails have."""
    head = _HEADER.match(body[:_HEAD])
    return head is not None and len({name.lower() for name in _OURS.findall(head[0])}) >= len(_CHOSEN)


def read_mail(page: Page) -> Mail:
    """The mail on a page; raises Undecodable for one without a text."""
    try:
        mail = message_from_bytes(page.body)
        part = next((part for kind in _CHOSEN for part in _texts(mail, kind)), None)
        if part is None:
            raise Undecodable("a mail without a text to read")
        return Mail(Page(page.url, _content(part), page.fetched_at, _label(part)), _sent_at(mail), _sender(mail))
    except _FAULTS as error:
        raise Undecodable(f"no readable mail: {error}") from error


def mail_or_page(page: Page) -> Page:
    """What there is to read: the text of a mail, else the page itself. Raises Undecodable for a mail without a text."""
    return read_mail(page).part if is_mail(page.body) else page


def _texts(mail: Message, kind: str) -> Iterator[Message]:
    for part in mail.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment" and _content(part).strip():
            yield part


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _label(part: Message) -> str:
    charset = part.get_content_charset()
    return part.get_content_type() + (f"; charset={charset}" if charset else "")


def _sent_at(mail: Message) -> datetime | None:
    try:
        at = parsedate_to_datetime(str(mail["Date"]))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)  # "-0000" says that the zone is not told (RFC 5322, section 3.3)


def _sender(mail: Message) -> str:
    try:
        return " ".join(str(make_header(decode_header(str(mail["From"] or "")))).split())
    except (MessageError, ValueError, LookupError):
        return ""
