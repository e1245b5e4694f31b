"""News about channels: one that refuses for good is told of on others, once, and once more when it takes something again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote

from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.severity import Severity

LOG = "log"  # the program's own log: always there, and never fails
_BROKEN, _WORKS = "broken", "works"


@dataclass(frozen=True, slots=True)
class ChannelNews:
    """What an alert says of a channel: that it is broken, and by which refusal of which message, or that it works again."""

    channel: str
    broken: bool
    reason: str = ""
    refused: str = ""


def channel_alerts(told: ChannelNews, to: Collection[str], now: datetime) -> tuple[Alert, ...]:
    """The alerts that tell it, one for each of the channels *to*; everything they say stands in their keys."""
    word = _BROKEN if told.broken else _WORKS
    stem = f"{key_stem(told.channel)}{word}:{now:%Y%m%dT%H%M%S.%fZ}"
    severity = Severity.CRITICAL if told.broken else Severity.INFO
    return tuple(
        Alert(f"{stem}:{quote(name, safe='')}:{told.refused}:{told.reason}", AlertKind.CHANNEL, name, "", "", now, severity=severity)
        for name in to
    )


def key_stem(channel: str) -> str:
    """What the idempotency keys of all news about a channel begin with."""
    return f"channel:{quote(channel, safe='')}:"


def channel_news(idempotency_key: str) -> ChannelNews:
    """What the alert of that key says."""
    _, channel, word, _, _, refused, reason = idempotency_key.split(":", 6)
    return ChannelNews(unquote(channel), word == _BROKEN, reason, refused)


def reporters(about: str, broken: Collection[str], wanted: Collection[str], configured: Collection[str]) -> tuple[str, ...]:
    """The channels on which news about *about* is told: those *wanted*, else every other one, else the log; never one that is broken."""
    out = {about, *broken}
    for names in (wanted, [name for name in configured if name != LOG]):
        if fit := tuple(dict.fromkeys(name for name in names if name not in out)):
            return fit
    return (LOG,)
