"""Alerts: one thing to tell one channel, waiting or done."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.domain.events import Event
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.severity import Severity


class AlertKind(StrEnum):
    """News from a reading, a reminder from the calendar, or the digest of a source's first reading."""

    NEWS = "news"
    REMINDER = "reminder"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to tell one channel; *idempotency_key* names it for good, *lead* is the lead time in days a reminder stands for.

    It leaves at *due_at*, at once if that is None. *lifecycles* are the state it was decided on; the text is made at delivery, so that
    the days left are those of the day it is sent.
    """

    idempotency_key: str
    kind: AlertKind
    channel: str
    watch: str
    owner: str
    created_at: datetime
    events: tuple[Event, ...] = ()
    lifecycles: tuple[Lifecycle, ...] = field(default=(), compare=False)
    lead: int | None = None
    severity: Severity = Severity.INFO
    due_at: datetime | None = None

    @property
    def visible_id(self) -> str:
        """The id a person sees, the same in every copy of the alert."""
        return "MW-" + hashlib.sha256(self.idempotency_key.encode()).hexdigest()[:8].upper()
