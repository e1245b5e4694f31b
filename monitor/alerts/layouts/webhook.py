"""What a plain webhook is given beside title and text: the same for machines; pure."""

from typing import Any

from monitor.alerts.message import Message

FORMAT = 1


def webhook(message: Message) -> dict[str, Any]:
    """The extra fields of the JSON payload, all under one name, so that none of Apprise's own is touched."""
    return {"modelwatch": {"format": FORMAT, "alert": message.alert, "severity": message.severity.value, **message.data}}
