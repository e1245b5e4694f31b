"""Events, as history, as changes and as what a replay brings."""

from collections.abc import Iterable, Iterator

from monitor.domain.events import Event, EventKind
from monitor.formats.json_lines import Record
from monitor.formats.tables import Part, Table
from monitor.formats.text import instant

COLUMNS = ("AT", "EVENT", "PROVIDER", "MODEL", "SCOPE", "BEFORE", "AFTER", "SOURCE", "QUOTE")
HISTORY_COLUMNS = (*COLUMNS, "PAGE", "ADDRESS")
SHORT_HASH = 12
SLOT_MATTERS = frozenset(
    {EventKind.SPEC_CHANGED, EventKind.PRICE_CHANGED, EventKind.DISPUTE_OPENED, EventKind.DISPUTE_CLOSED, EventKind.CLAIM_CORRECTED}
)


def event_record(event: Event) -> Record:
    """One event (DESIGN section 6)."""
    direction = {"direction": event.direction} if event.direction else {}
    return {
        "event": event.kind,
        "provider": event.key.provider,
        "model": event.key.model,
        "scope": event.key.scope.as_dict(),
        "kind": event.subject,
        "at": event.at,
        "fact": event.fact,
        "before": event.before,
        "after": event.after,
        **direction,
        "source": event.source,
        "quote": event.quote,
        "url": event.url,
        "page": event.page,
    }


def event_records(events: Iterable[Event]) -> Iterator[Record]:
    """One object per event."""
    return map(event_record, events)


def event_parts(events: Iterable[Event]) -> Iterator[Part]:
    """The same as a table."""
    yield Table(COLUMNS, tuple(event_row(event) for event in events))


def history_parts(events: Iterable[Event]) -> Iterator[Part]:
    """The same with the page that proves each, for `modelwatch page`, and its address."""
    yield Table(HISTORY_COLUMNS, tuple((*event_row(event), event.page[:SHORT_HASH], event.url) for event in events))


def event_row(event: Event) -> tuple[str, ...]:
    """One row under `COLUMNS`."""
    key = event.key
    what = event.kind.replace("_", " ") + (f" ({event.direction.replace('_', ' ')})" if event.direction else "")
    slot = f"{event.fact}: " if event.kind in SLOT_MATTERS else ""
    before, after = (f"{slot}{text}" if text else "" for text in (event.before, event.after))
    return instant(event.at), what, key.provider, key.model, str(key.scope), before, after, event.source, event.quote
