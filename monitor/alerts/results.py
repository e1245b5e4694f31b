"""What became of one attempt, read from what Apprise logged about it; pure.

Apprise tells success from failure and no more; its log lines carry the HTTP status (`error=404`), at DEBUG the answer and the
cause of a broken connection. They also carry tokens: nothing of them but numbers and known words leaves this module.
"""

import re
from collections.abc import Sequence

from monitor.errors import DeliveryError, DeliveryRefused, DeliveryUnclear

_STATUS = re.compile(r"\berror=(\d{3})\b")
_SMTP = re.compile(r"\((4\d\d|5\d\d), b?['\"]")
_ANSWER = re.compile(r"Response Details:\s*b?['\"](?:\{.*?\"error\": ?\")?([a-z]+(?:_[a-z]+)+)\b", re.DOTALL)
_AFTER_SENDING = ("Read timed out", "Connection aborted", "Connection broken", "IncompleteRead", "unexpectedly closed")
_BEFORE_SENDING = ("Max retries exceeded", "NewConnectionError", "ConnectTimeout")

# "come back later" among the 4xx (RFC 9110, RFC 8470, RFC 6585)
_LATER = frozenset({408, 425, 429})
_OK = 200
_ACCEPTED = range(200, 300)
_PASSING = range(500, 600)

# Slack answers a bot 200 with `"ok": false` and one of these for what repeating cannot mend
_LASTING_WORDS = frozenset(
    {
        "account_inactive",
        "channel_is_archived",
        "channel_not_found",
        "invalid_auth",
        "invalid_blocks",
        "invalid_payload",
        "is_archived",
        "missing_scope",
        "no_permission",
        "no_service",
        "not_authed",
        "not_in_channel",
        "token_expired",
        "token_revoked",
    },
)


def failure_of(lines: Sequence[str]) -> DeliveryError:
    """The error that an attempt's log lines amount to."""
    text = "\n".join(lines)
    statuses = _STATUS.findall(text)
    if statuses:
        return _answered(int(statuses[-1]), _word(text))
    smtp = _SMTP.search(text)
    if smtp:
        code = smtp[1]
        return DeliveryRefused(f"the mail server refused it ({code})") if code.startswith("5") else DeliveryError(f"the mail server put it off ({code})")
    if any(sign in text for sign in _BEFORE_SENDING):
        return DeliveryError("no connection")
    if any(sign in text for sign in _AFTER_SENDING):
        return DeliveryUnclear("no answer after it was sent")
    return DeliveryError("not accepted; no reason given")


def _answered(status: int, word: str) -> DeliveryError:
    reason = f"HTTP {status}" + (f" ({word})" if word else "")
    if word in _LASTING_WORDS:
        return DeliveryRefused(reason)
    if status in _ACCEPTED:
        return DeliveryError(f"{reason}, but not the answer of an accepted message")
    if status in _LATER or status in _PASSING:
        return DeliveryError(reason)
    return DeliveryRefused(reason)


def _word(text: str) -> str:
    found = _ANSWER.search(text)
    return found[1] if found else ""
