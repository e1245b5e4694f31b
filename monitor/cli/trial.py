"""A test message: the newest event, or an example, to each channel."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

from monitor.alerts.channels import Channels
from monitor.alerts.message import Message, composed
from monitor.alerts.messages import render
from monitor.alerts.parts import Parts
from monitor.bootstrap import App
from monitor.domain.events import ABOUT_SOURCES, Event, EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.severity import news_severity
from monitor.errors import DeliveryError, UsageError
from monitor.formats.alerts import Sent
from monitor.store import Ledger

_LOOK_BACK = 100  # events, among which those about sources are left out

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
        alert = _example(ledger, now)
    return tuple(_try(app.channels, name, alert, now) for name in wanted or app.channels.ids)


def _example(ledger: Ledger, now: datetime) -> Alert:
    """The newest event about a model as an alert, with all that a real one would tell; an invented one for an empty database."""
    real = [event for event in ledger.events.since(limit=_LOOK_BACK) if event.kind not in ABOUT_SOURCES]
    event = real[-1] if real else replace(EXAMPLE, at=now)
    states = tuple(ledger.claims.resolved(keys=[event.key]).values())
    severity = news_severity(event, next(iter(states), None), now.date())
    alert = Alert("", AlertKind.NEWS, "", "test", "", now, (event,), states, severity=severity)
    return replace(alert, background=ledger.outbox.background(alert))


def _try(channels: Channels, name: str, example: Alert, now: datetime) -> Sent:
    message = _marked(render(replace(example, idempotency_key=f"test:{name}:{now.isoformat()}", channel=name), now))
    try:
        channels.send(name, message)
    except DeliveryError as error:
        return Sent(name, message.title, str(error))
    return Sent(name, message.title)


def _marked(message: Message) -> Message:
    """The message as one that nobody needs to act on."""
    parts = message.parts or Parts((message.body,))
    told = (f"This is a test; nothing new has happened. {parts.happened[0]}", *parts.happened[1:])
    parts = replace(parts, happened=told, commands=())
    return composed(f"Test: {message.title}", parts, message.severity, message.alert, {**message.data, "test": True})
