"""Values of the domain ↔ columns: the only package that knows both spellings."""

from monitor.store.codec.claims import CLAIM, CLAIM_COLUMNS, Spelled, claim_row, claims_of
from monitor.store.codec.events import EVENT_COLUMNS, event_values, events_of
from monitor.store.codec.keys import KEY_BYTES, Row, Values, bounded, key_of, key_row, key_values, read_scope_text, scope_text
from monitor.store.codec.statements import digest, read_when_text, said_digest, statement_row, when_text

__all__ = [
    "CLAIM",
    "CLAIM_COLUMNS",
    "EVENT_COLUMNS",
    "KEY_BYTES",
    "Row",
    "Spelled",
    "Values",
    "bounded",
    "claim_row",
    "claims_of",
    "digest",
    "event_values",
    "events_of",
    "key_of",
    "key_row",
    "key_values",
    "read_scope_text",
    "read_when_text",
    "said_digest",
    "scope_text",
    "statement_row",
    "when_text",
]
