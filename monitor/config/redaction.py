"""Every secret this process has read, so that none leaves it in a log line or an error, whoever wrote the line."""

import json
import re
from base64 import b64encode
from threading import Lock
from urllib.parse import quote, quote_plus, unquote

from monitor.alerts.targets import HIDDEN

SHORTEST = 4  # a shorter one would blacken every other word
SHORTEST_PART = 8  # of an address, beside its password: a token, not a word
_SEPARATORS = re.compile(r"[/?&=@:#+,;]+")
_CREDENTIALS = re.compile(r"//([^/?#@]*):([^/?#@]*)@")


class Redacted:
    """Secrets, remembered where they are read (`config.secrets`, the channels, the addresses); safe to share between threads."""

    def __init__(self) -> None:
        self._forms: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        self._lock = Lock()

    def keep(self, secret: str) -> None:
        """Hide *secret* from now on, in every spelling in which it travels: in an address, in JSON, in a `repr`."""
        if len(secret) < SHORTEST:
            return
        spelled = {secret, quote(secret), quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1], repr(secret)[1:-1]}
        with self._lock:
            if not spelled <= self._forms:
                self._forms |= spelled
                self._pattern = re.compile("|".join(map(re.escape, sorted(self._forms, key=len, reverse=True))))

    def keep_address(self, address: str) -> None:
        """Hide what is secret in an address: the whole of it, its password, and every part that looks like a token."""
        self.keep(address)
        if found := _CREDENTIALS.search(address):
            user, password = (unquote(part) for part in found.groups())
            self.keep(password)
            self.keep(b64encode(f"{user}:{password}".encode()).decode())
        for part in _SEPARATORS.split(address.split("://", 1)[-1]):
            if len(part) >= SHORTEST_PART and not _plain(part):
                self.keep(unquote(part))

    def redact(self, text: str) -> str:
        """The text with every secret hidden."""
        pattern = self._pattern
        return pattern.sub(HIDDEN, text) if pattern else text


def _plain(part: str) -> bool:
    """Whether a part of an address is a host, a word or a name rather than a token: it has dots, or is lower-case letters alone."""
    return "." in part or re.fullmatch(r"[a-z_-]+", part) is not None


REDACTED = Redacted()
