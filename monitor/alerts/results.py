"""What became of one attempt, read from what Apprise logged about it and from the last answer over HTTP; pure.

Apprise tells success from failure and no more. Its warnings carry the HTTP status (`error=404`), its DEBUG lines the answer and the
cause of a broken connection, but also the payload and every token: only those two kinds of DEBUG line are looked at, and nothing
but a number or one code word of the answer goes on.
"""

import re
from collections.abc import Iterable

from monitor.errors import DeliveryError, DeliveryPostponed, DeliveryRefused, DeliveryUnclear, MessageRefused

_STATUS = re.compile(r"\berror=(\d{3})\b")
_SMTP = re.compile(r"\(([45]\d\d), b?['\"]")
_CAUSE = re.compile(r"[\w ]*Exception: ")
_ANSWER = re.compile(r"Response Details:\s*b?['\"](?:\{.*?\"error\": ?\")?([a-z]+(?:_[a-z]+)+)\b", re.DOTALL)
_BEFORE_SENDING = ("Max retries exceeded", "Connection refused", "Name or service not known")
_AFTER_SENDING = ("timed out", "Connection aborted", "Connection broken", "IncompleteRead", "unexpectedly closed", "Connection reset")

# "come back later" among the 4xx (RFC 9110, RFC 8470, RFC 6585)
_LATER = frozenset({408, 425})
_TOO_MANY = 429
# the content is at fault (RFC 9110, sections 15.5.1, 15.5.14, 15.5.16 and 15.5.21)
_THIS_ONE = frozenset({400, 413, 415, 422})
_ACCEPTED = range(200, 300)
_PASSING = range(500, 600)

# Slack answers a bot 200 with `"ok": false` and one of these for what repeating cannot mend
_LASTING_WORDS = frozenset(
    {
        "account_inactive",
        "channel_is_archived",
        "channel_not_found",
        "invalid_auth",
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
# ... and one of these for a message that others may do better than
_WORDS_ON_THIS_ONE = frozenset(
    {
        "invalid_attachments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_payload",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "too_many_attachments",
    },
)
_WORDS_ON_WAITING = frozenset({"rate_limited", "ratelimited"})


def failure_of(lines: Iterable[tuple[str, str]], retry_after: str = "") -> DeliveryError:
    """The error that the (level, text) log lines of a failed attempt amount to; *retry_after* stood in the last answer."""
    told = list(lines)
    statuses = _STATUS.findall("\n".join(text for level, text in told if level != "DEBUG"))
    if statuses:
        answers = (found[1] for level, text in told if level == "DEBUG" and (found := _ANSWER.match(text)))
        return _answered(int(statuses[-1]), next(answers, ""), retry_after)
    return _broken("\n".join(text for level, text in told if level == "DEBUG" and _CAUSE.match(text)))


def _answered(status: int, word: str, retry_after: str) -> DeliveryError:
    reason = f"HTTP {status}" + (f" ({word})" if word else "")
    passing = status in _LATER or status in _PASSING
    if status == _TOO_MANY or word in _WORDS_ON_WAITING or (passing and retry_after):
        return DeliveryPostponed(reason, retry_after)
    if word in _WORDS_ON_THIS_ONE:
        return MessageRefused(reason)
    if word in _LASTING_WORDS:
        return DeliveryRefused(reason)
    if passing:
        return DeliveryError(reason)
    return _taken_amiss(status, reason)


def _taken_amiss(status: int, reason: str) -> DeliveryError:
    if status in _ACCEPTED:
        return DeliveryError(f"{reason}, but not the answer to an accepted message")
    return MessageRefused(reason) if status in _THIS_ONE else DeliveryRefused(reason)


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
