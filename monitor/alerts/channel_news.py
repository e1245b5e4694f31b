"""Word about a channel: that it takes nothing and why, or that it works again; pure."""

from datetime import datetime

from monitor.alerts.foot import foot, pasteable
from monitor.alerts.inert import field
from monitor.alerts.machine import alert_record
from monitor.alerts.message import Message, composed
from monitor.alerts.parts import Parts
from monitor.domain.policy.alerts import Alert
from monitor.domain.policy.channels import channel_news

_RETRY = "modelwatch alerts retry --channel"


def about_channel(alert: Alert, now: datetime) -> Message:
    """The message, on another channel than the one it is about."""
    told = channel_news(alert.idempotency_key)
    name, at = field(told.channel, 60), f"{alert.created_at:%Y-%m-%d %H:%M} UTC"
    if told.broken:
        title = f"Channel {name} takes no messages"
        happened = f"Channel {name} refused a message for good. What is due there is kept, not sent, until it takes one again."
        facts = [("Reason", field(told.reason, 200)), ("Refused", field(told.refused, 20)), ("Since", at)]
        facts.append(("To do", "mend its address or its rights in the configuration, then test it and send what waits"))
        commands = pasteable(("Test it", "modelwatch alerts test", told.channel), ("Send what waits", _RETRY, told.channel))
    else:
        title = f"Channel {name} works again"
        happened = f"Channel {name} takes messages again."
        facts = [("Since", at)]
        commands = pasteable(("Send what it missed", _RETRY, told.channel))
    parts = Parts((happened,), tuple(facts), foot=foot(alert), commands=commands)
    return composed(title, parts, alert.severity, alert.visible_id, alert_record(alert, now))
