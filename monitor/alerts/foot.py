"""What stands under every message: whose it is, its id, and what to do with it; pure."""

import re

from monitor.alerts.inert import field
from monitor.domain.policy.alerts import Alert

_WORD = re.compile(r"[\w.-]{1,80}")


def foot(alert: Alert) -> tuple[str, ...]:
    """Owner and id."""
    return (*([f"Owner: {field(alert.owner, 100)}"] if alert.owner else []), f"Alert: {alert.visible_id}")


def answers(alert: str) -> tuple[tuple[str, str], ...]:
    """How to say that it was seen, or that it is to wait."""
    return ("Seen it", f"modelwatch ack {alert} --reason WHY"), ("Not now", f"modelwatch snooze {alert} --for 14d --reason WHY")


def pasteable(*commands: tuple[str, str, str]) -> tuple[tuple[str, str], ...]:
    """Label, command and its last word as commands to paste; without those whose last word a shell or a chat could take for more."""
    return tuple((label, f"{command} {word}") for label, command, word in commands if _WORD.fullmatch(word))
