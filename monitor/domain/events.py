"""What changed, in the past tense: every kind of event and the one shape they share."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.domain.identity import Kind, ModelKey


class EventKind(StrEnum):
    """From readings, from the calendar, and about sources."""

    MODEL_LISTED = "model_listed"
    MODEL_DELISTED = "model_delisted"
    ALIAS_MOVED = "alias_moved"
    DEPRECATION_ANNOUNCED = "deprecation_announced"
    RETIREMENT_SCHEDULED = "retirement_scheduled"
    RETIREMENT_MOVED = "retirement_moved"
    RETIREMENT_REFINED = "retirement_refined"
    RETIREMENT_CANCELLED = "retirement_cancelled"
    RETIREMENT_UNCONFIRMED = "retirement_unconfirmed"
    REDIRECT_SCHEDULED = "redirect_scheduled"
    REPLACEMENT_NAMED = "replacement_named"
    REPLACEMENT_CHANGED = "replacement_changed"
    SPEC_CHANGED = "spec_changed"
    PRICE_CHANGED = "price_changed"
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_CLOSED = "dispute_closed"
    CLAIM_CORRECTED = "claim_corrected"
    MODEL_RETIRED = "model_retired"
    GONE_EARLY = "gone_early"
    OUTLIVED_RETIREMENT = "outlived_retirement"
    REPLACEMENT_AT_RISK = "replacement_at_risk"
    SOURCE_DRIFTED = "source_drifted"
    SOURCE_FAILED = "source_failed"
    SOURCE_STALE = "source_stale"
    SOURCE_RECOVERED = "source_recovered"


FROM_CALENDAR = frozenset(
    {EventKind.MODEL_RETIRED, EventKind.GONE_EARLY, EventKind.OUTLIVED_RETIREMENT, EventKind.REPLACEMENT_AT_RISK},
)
ABOUT_SOURCES = frozenset({EventKind.SOURCE_DRIFTED, EventKind.SOURCE_FAILED, EventKind.SOURCE_STALE, EventKind.SOURCE_RECOVERED})


@dataclass(frozen=True, slots=True)
class Event:
    """One change of what is believed about one key.

    *before* and *after* are values as printed in JSON ("" for none; bounds as `not_before:2027-06-09`; sets joined with `;`); *fact*
    names the slot that changed; *direction* is `postponed` or `brought_forward` for a move; *quote*, *url* and *page* are the evidence.
    """

    kind: EventKind
    key: ModelKey
    at: datetime
    fact: str = ""
    before: str = ""
    after: str = ""
    source: str = ""
    quote: str = ""
    url: str = ""
    page: str = ""
    direction: str = ""
    subject: Kind = Kind.MODEL
