"""A message: what leaves for a channel, as plain text and in parts; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.alerts.inert import shorten
from monitor.alerts.parts import Parts
from monitor.alerts.plain import plain
from monitor.domain.policy.severity import Severity

TITLE_LIMIT = 140


@dataclass(frozen=True, slots=True)
class Message:
    """What leaves for a channel: a title of at most 140 characters that stands alone, and a plain text of at most 2 900.

    *parts* are the same for services with a layout of their own, *alert* is the id a person sees, *data* the same for machines.
    """

    title: str
    body: str
    severity: Severity
    parts: Parts | None = field(default=None, compare=False)
    alert: str = field(default="", compare=False)
    data: Mapping[str, object] = field(default_factory=dict, compare=False)


def composed(title: str, parts: Parts, severity: Severity, alert: str, data: Mapping[str, object]) -> Message:
    """The message of these parts."""
    return Message(shorten(title, TITLE_LIMIT), plain(parts), severity, parts, alert, data)
