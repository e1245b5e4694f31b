"""What stands under every message: whose it is, its id, and what to do with it; pure."""

from monitor.alerts.inert import field
from monitor.domain.policy.alerts import Alert


def foot(alert: Alert) -> tuple[str, ...]:
    """Owner and id."""
    return (*([f"Owner: {field(alert.owner, 100)}"] if alert.owner else []), f"Alert: {alert.visible_id}")


def answers(alert: str) -> tuple[tuple[str, str], ...]:
    """How to say that it was seen, or that it is to wait."""
    return ("Seen it", f"modelwatch ack {alert} --reason WHY"), ("Not now", f"modelwatch snooze {alert} --for 14d --reason WHY")
