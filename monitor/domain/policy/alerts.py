"""Alerts: one thing to tell one channel, waiting or done."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.domain.events import Event
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.severity import Severity


class AlertKind(StrEnum):
    """News from a reading, a reminder from the calendar, the digest of a source's first reading, or word about a channel."""

    NEWS = "news"
    REMINDER = "reminder"
    DIGEST = "digest"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Background:
    """What a text tells besides the events, as of the day it is sent.

    *successors* are the lifecycles of the recommended replacements, and of what is to follow those, by provider and folded name, the
    unscoped one where there are several; *read_at* is, by source, when it was last read in full before the news of it, None for never.
    """

    successors: Mapping[tuple[str, str], Lifecycle] = field(default_factory=dict)
    read_at: Mapping[str, datetime | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to tell one channel; *idempotency_key* names it for good, *lead* is the lead time in days a reminder stands for.

    It leaves at *due_at*, at once if that is None. *lifecycles* are the state it was decided on; the text is made at delivery, so that
    the days left are those of the day it is sent; *background* is looked up then, None where nobody did.
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
    background: Background | None = field(default=None, compare=False)

    @property
    def visible_id(self) -> str:
        """The id a person sees, the same in every copy of the alert."""
        return visible_id(self.idempotency_key)

    @property
    def first_read(self) -> str:
        """The source whose first reading a digest tells of."""
        return self.idempotency_key.rpartition(":")[2]


def visible_id(name: str) -> str:
    """What a person sees of a long name: `MW-1A2B3C4D`."""
    return "MW-" + hashlib.sha256(name.encode()).hexdigest()[:8].upper()
