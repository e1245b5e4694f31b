"""News about channels: one that refuses for good is told of on others, once, and once more when it takes something again."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote, unquote

from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.routing import HEALTH, HealthSettings, ways_round
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


def channel_alerts(told: ChannelNews, to: Collection[str], owner: str, now: datetime) -> tuple[Alert, ...]:
    """The alerts that tell it, one for each of the channels *to*; everything they say stands in their keys."""
    word = _BROKEN if told.broken else _WORKS
    stem = f"{key_stem(told.channel)}{word}:{now:%Y%m%dT%H%M%S.%fZ}"
    severity = Severity.CRITICAL if told.broken else Severity.INFO
    keys = {name: f"{stem}:{quote(name, safe='')}:{told.refused}:{told.reason}" for name in to}
    return tuple(Alert(key, AlertKind.CHANNEL, name, HEALTH, owner, now, severity=severity) for name, key in keys.items())


def key_stem(channel: str) -> str:
    """What the idempotency keys of all news about a channel begin with."""
    return f"channel:{quote(channel, safe='')}:"


def channel_news(idempotency_key: str) -> ChannelNews:
    """What the alert of that key says."""
    _, channel, word, _, _, refused, reason = idempotency_key.split(":", 6)
    return ChannelNews(unquote(channel), word == _BROKEN, reason, refused)


def told_to(about: str, broken: Collection[str], health: HealthSettings, configured: Collection[str]) -> tuple[str, ...]:
    """The channels on which news about *about* is told: those of `[health]`, else every other one, else the log; none that is broken."""
    named = replace(health, channels=tuple(channel for channel in health.channels if channel not in broken))
    return ways_round(about, named, [channel for channel in configured if channel not in {*broken, LOG}], LOG)
