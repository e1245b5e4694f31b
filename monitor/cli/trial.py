"""A test message: the newest event, or an example, to each channel."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

from monitor.alerts.channels import Channels
from monitor.alerts.messages import Message, render
from monitor.bootstrap import App
from monitor.domain.events import Event, EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.errors import DeliveryError, UsageError
from monitor.formats.alerts import Sent

EXAMPLE = Event(
    EventKind.RETIREMENT_SCHEDULED,
    ModelKey("example", "example-model-1"),
    datetime(2029, 10, 1, tzinfo=UTC),
    fact="retires",
    after="2030-01-31",
    source="example",
    quote="example-model-1 will be retired on January 31, 2030.",
    url="https://example.org/deprecations",
)


def try_channels(app: App, wanted: Collection[str]) -> tuple[Sent, ...]:
    """One attempt per channel; UsageError for one that is not configured."""
    for name in wanted:
        if name not in app.channels.ids:
            raise UsageError(f"no channel {name!r}; there are {', '.join(app.channels.ids)}")
    now = app.clock()
    with app.database.read() as ledger:
        newest = ledger.events.since(limit=1)
    event = newest[0] if newest else replace(EXAMPLE, at=now)
    return tuple(_try(app.channels, name, event, now) for name in wanted or app.channels.ids)


def _try(channels: Channels, name: str, event: Event, now: datetime) -> Sent:
    alert = Alert(f"test:{name}:{now.isoformat()}", AlertKind.NEWS, name, "test", "", now, (event,))
    text = render(alert, now)
    message = Message(f"Test: {text.title}", f"This is a test; nothing new has happened.\n\n{text.body}", text.severity)
    try:
        channels.send(name, message)
    except DeliveryError as error:
        return Sent(name, message.title, str(error))
    return Sent(name, message.title)
