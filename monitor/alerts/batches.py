"""Several alerts for one channel as one message; pure."""

from collections.abc import Sequence
from datetime import datetime

from monitor.alerts.layout import fitted
from monitor.alerts.messages import Message, render
from monitor.domain.policy.alerts import Alert
from monitor.domain.policy.severity import Severity

ROOM = 2700


def render_batch(alerts: Sequence[Alert], batch: str, now: datetime) -> Message:
    """The message of the alerts that leave together under the id *batch*: the most urgent first, what does not fit counted exactly."""
    if len(alerts) == 1:
        return render(alerts[0], now)
    messages = [render(alert, now) for alert in alerts]
    severity = max((message.severity for message in messages), key=list(Severity).index)
    lines = fitted([f"{message.title} ({alert.visible_id})" for message, alert in zip(messages, alerts, strict=True)], ROOM, "more")
    return Message(f"{len(alerts)} alerts ({batch})", "\n".join(lines), severity)
