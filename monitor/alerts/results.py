"""What became of one attempt, read from what Apprise logged about it; pure.

Apprise tells success from failure and no more. Its warnings carry the HTTP status (`error=404`), its DEBUG lines the answer and the
cause of a broken connection, but also the payload and every token: only those two kinds of DEBUG line are looked at, and nothing
but a number or one code word of the answer goes on.
"""

import re
from collections.abc import Iterable

from monitor.errors import DeliveryError, DeliveryRefused, DeliveryUnclear

_STATUS = re.compile(r"\berror=(\d{3})\b")
_SMTP = re.compile(r"\(([45]\d\d), b?['\"]")
_CAUSE = re.compile(r"[\w ]*Exception: ")
_ANSWER = re.compile(r"Response Details:\s*b?['\"](?:\{.*?\"error\": ?\")?([a-z]+(?:_[a-z]+)+)\b", re.DOTALL)
_BEFORE_SENDING = ("Max retries exceeded", "Connection refused", "Name or service not known")
_AFTER_SENDING = ("timed out", "Connection aborted", "Connection broken", "IncompleteRead", "unexpectedly closed", "Connection reset")

# "come back later" among the 4xx (RFC 9110, RFC 8470, RFC 6585)
_LATER = frozenset({408, 425, 429})
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


def failure_of(lines: Iterable[tuple[str, str]]) -> DeliveryError:
    """The error that the (level, text) log lines of a failed attempt amount to."""
    told = list(lines)
    statuses = _STATUS.findall("\n".join(text for level, text in told if level != "DEBUG"))
    if statuses:
        answers = (found[1] for level, text in told if level == "DEBUG" and (found := _ANSWER.match(text)))
        return _answered(int(statuses[-1]), next(answers, ""))
    return _broken("\n".join(text for level, text in told if level == "DEBUG" and _CAUSE.match(text)))


def _answered(status: int, word: str) -> DeliveryError:
    reason = f"HTTP {status}" + (f" ({word})" if word else "")
    if word in _LASTING_WORDS:
        return DeliveryRefused(reason)
    if status in _ACCEPTED:
        return DeliveryError(f"{reason}, but not the answer to an accepted message")
    if status in _LATER or status in _PASSING:
        return DeliveryError(reason)
    return DeliveryRefused(reason)


def _broken(cause: str) -> DeliveryError:
    smtp = _SMTP.search(cause)
    if smtp:
        reason = f"the mail server said {smtp[1]}"
        return DeliveryRefused(reason) if smtp[1].startswith("5") else DeliveryError(reason)
    if any(sign in cause for sign in _BEFORE_SENDING):
        return DeliveryError("no connection")
    if any(sign in cause for sign in _AFTER_SENDING):
        return DeliveryUnclear("no answer after it was sent")
    return DeliveryError("not accepted; no reason given")
