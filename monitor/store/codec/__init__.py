"""Values of the domain ↔ columns: the only package that knows both spellings."""

from monitor.store.codec.claims import CLAIM_COLUMNS, claim_columns, claims_of
from monitor.store.codec.events import EVENT_COLUMNS, event_values, events_of
from monitor.store.codec.keys import KEY_BYTES, Row, Values, bounded, key_of, key_row, key_values, read_scope_text, scope_text
from monitor.store.codec.statements import Spelled, Spelling, digest, read_when_text, said_digest, statement_row, when_text

__all__ = [
    "CLAIM_COLUMNS",
    "EVENT_COLUMNS",
    "KEY_BYTES",
    "Row",
    "Spelled",
    "Spelling",
    "Values",
    "bounded",
    "claim_columns",
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
