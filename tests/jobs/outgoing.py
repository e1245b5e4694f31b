"""The vocabulary of the tests of delivery: alerts in a few words, what waits, and what a channel was shown."""

import re
from dataclasses import replace
from datetime import timedelta

from monitor.alerts.targets import Patience
from monitor.cli.demo.receiver import Posted
from monitor.domain.events import EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.severity import Severity
from monitor.store import Database
from monitor.store.views import AlertState, AlertView
from tests.alerts.cases import SEEN, event

NOW = SEEN + timedelta(minutes=1)
QUICK = Patience(connect=1.0, read=1.0, total=2.0)


def alert(channel: str, number: int = 0, source: str = "", severity: Severity = Severity.INFO) -> Alert:
    """News of a model, of a source of its own unless *source* names one."""
    told = replace(event(EventKind.MODEL_LISTED, ModelKey("openai", f"gpt-{number}")), source=source or f"page_{number}")
    return Alert(f"news:w:{channel}:{number}", AlertKind.NEWS, channel, "w", "", SEEN, (told,), severity=severity)


def add(database: Database, *alerts: Alert) -> None:
    """Write them to the outbox."""
    with database.write() as ledger:
        ledger.outbox.add(alerts)


def views(database: Database) -> list[AlertView]:
    """Everything in the outbox, oldest first."""
    with database.read() as ledger:
        return list(reversed(ledger.outbox.listing(limit=100_000)))


def states(database: Database) -> dict[str, AlertState]:
    """The state of each alert, but for those about channels."""
    return {view.visible_id: view.state for view in views(database) if view.alert.kind is not AlertKind.CHANNEL}


def half() -> float:
    """A dice that always falls in the middle."""
    return 0.5


def ids(posted: list[Posted]) -> list[str]:
    """The id of each message."""
    return [shown_id(message) for message in posted]


def shown_id(message: Posted) -> str:
    """The id of one message, where it stands by itself: in the foot, or in the title of several alerts."""
    found = re.search(r"(?:Alert|Message): (MW-[0-9A-F]{8})", message.text) or re.search(r"alerts \((MW-[0-9A-F]{8})\)", message.title)
    assert found, message.title
    return found[1]
