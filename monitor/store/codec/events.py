"""Events ↔ columns."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from monitor.domain.events import Event, EventKind
from monitor.domain.identity import Kind
from monitor.store.codec.keys import Values, key_values, read_key
from monitor.store.making import maker
from monitor.store.schema import EventRow

_KINDS, _SUBJECTS = {kind.value: kind for kind in EventKind}, {kind.value: kind for kind in Kind}  # faster than asking the classes


def event_values(event: Event) -> Values:
    """The columns of an event, but for its reading."""
    return {
        **key_values(event.key),
        "at": event.at,
        "kind": event.kind._value_,
        "fact": event.fact,
        "before": event.before,
        "after": event.after,
        "source": event.source,
        "quote": event.quote,
        "url": event.url,
        "page": event.page,
        "direction": event.direction,
        "subject": event.subject._value_,
    }


EVENT_COLUMNS: list[InstrumentedAttribute[Any]] = [
    *(EventRow.kind, EventRow.provider, EventRow.model, EventRow.scope, EventRow.at, EventRow.fact, EventRow.before, EventRow.after),
    *(EventRow.source, EventRow.quote, EventRow.url, EventRow.page, EventRow.direction, EventRow.subject),
]


def events_of(found: Sequence[Sequence[Any]]) -> tuple[Event, ...]:
    """The events of EVENT_COLUMNS, a column at a time: a history has thousands."""
    if not found:
        return ()
    kinds, providers, models, scopes, *told, subjects = found
    keys = map(read_key, providers, models, scopes)
    return tuple(map(maker(Event), map(_KINDS.__getitem__, kinds), keys, *told, map(_SUBJECTS.__getitem__, subjects)))
