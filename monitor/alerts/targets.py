"""What may stand as a channel's address, and how much of it may be shown; pure."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

LOOPBACK_SCHEME = "slack-loopback"
HIDDEN = "***"

# these act on the machine itself (desktop, system log, USB), as Apprise API denies them too
DENIED = frozenset({"blink1", "dbus", "gio", "glib", "gnome", "kde", "macosx", "qt", "syslog", "windows"})

_OPEN_HOSTS = frozenset({"form", "forms", "http", "https", "json", "jsons", LOOPBACK_SCHEME, "xml", "xmls"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_SHORTEST_SECRET = 4


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for a connection, for the next byte of an answer, and for one delivery altogether."""

    connect: float = 3.0
    read: float = 5.0
    total: float = 8.0


@dataclass(frozen=True, slots=True)
class Address:
    """What Apprise is given: its own URL, and for a Slack on loopback where to post instead of hooks.slack.com.

    *paced* keeps Slack's limit of a message a second there, too.
    """

    url: str
    webhook: str | None = None
    paced: bool = False


def read_target(target: str) -> Address:
    """The address behind a channel's setting; ValueError with a reason that shows no secret."""
    scheme = scheme_of(target)
    if not scheme:
        raise ValueError("no address; expected something like slack://… or mailto://… (Apprise's URLs)")
    if scheme in DENIED:
        raise ValueError(f"{scheme}:// acts on this machine itself and is not allowed")
    return _loopback(target) if scheme == LOOPBACK_SCHEME else Address(target.strip())


def scheme_of(target: str) -> str:
    """The part before `://` in lower case; "" where there is none."""
    found = _SCHEME.match(target.strip())
    return found[1].lower() if found else ""


def masked(target: str) -> str:
    """The address without anything that may be a secret: in most of Apprise's URLs that is all but the scheme."""
    scheme = scheme_of(target)
    if scheme not in _OPEN_HOSTS:
        return f"{scheme}://{HIDDEN}" if scheme else HIDDEN
    return f"{scheme}://{target.strip().split('://', 1)[1].split('?')[0].split('/')[0].rsplit('@', 1)[-1]}/{HIDDEN}"


def redacted(text: str, target: str) -> str:
    """A text without any part of the address that may be a secret."""
    rest = target.split("://", 1)[-1]
    parts = {part for raw in re.split(r"[/?&=@:#+,]", rest) for part in (raw, unquote(raw)) if len(part) >= _SHORTEST_SECRET}
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(part, HIDDEN)
    return text


def _loopback(target: str) -> Address:
    """`slack-loopback://127.0.0.1:PORT/A/B/C`: Apprise's own Slack plugin, posting to a Slack-like receiver on this machine.

    With `?paced=yes` as slowly as to Slack itself.
    """
    try:
        parts = urlsplit(target.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError(f"{LOOPBACK_SCHEME}:// needs a host and a port") from None
    if host != "localhost" and not _on_loopback(host):
        raise ValueError(f"{LOOPBACK_SCHEME}:// is for this machine only; for Slack itself use slack://…")
    shown = f"[{host}]" if ":" in host else host
    query = f"?{parts.query}" if parts.query else ""
    paced = parse_qs(parts.query).get("paced") == ["yes"]
    return Address(f"slack:/{parts.path}{query}", f"http://{shown}:{port or 80}/services", paced)


def _on_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
