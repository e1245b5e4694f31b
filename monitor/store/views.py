"""What the store tells about its own rows: frozen values that belong to no domain rule."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.domain.claims import Authority
from monitor.domain.policy.alerts import Alert
from monitor.domain.policy.mutes import Mute
from monitor.domain.readings import Outcome


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One visit as it is remembered; *page* is the hash of the (first) stored page it rests on, "" for none."""

    reading_id: int
    source: str
    read_at: datetime
    outcome: Outcome
    reason: str
    claims: int
    skipped: int
    page: str
    accepted: bool
    unchanged: bool
    correction: bool
    reader_version: int


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many events of a kind a month had; *month* is UTC, as `2026-11`."""

    month: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class VisitView:
    """One visit in a source's history.

    *pages* are address and hash of the stored page that says what was read; *ours* is false for a copy that a release brought along.
    """

    reading_id: int
    read_at: datetime
    outcome: Outcome
    reason: str
    claims: int
    skipped: int
    pages: tuple[tuple[str, str], ...]
    ours: bool


@dataclass(frozen=True, slots=True)
class PageView:
    """One page that was seen; *size* in bytes, *stored* says whether its body is still (or was ever) kept."""

    hash: str
    url: str
    fetched_at: datetime
    content_type: str
    size: int
    stored: bool


@dataclass(frozen=True, slots=True)
class RecordView:
    """One document or word that a person handed in; *claims* are those of it in force."""

    key: str
    provider: str
    authority: Authority
    author: str
    url: str
    recorded_at: datetime
    claims: int


class AlertState(StrEnum):
    """Where an alert stands on its way out."""

    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An alert leased for delivery; *attempts* counts earlier tries, those that died unmarked included."""

    alert_id: int
    alert: Alert
    attempts: int


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """One attempt: *outcome* is `delivered`, `retry` or `given_up`."""

    at: datetime
    outcome: str
    detail: str


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert of the outbox as a person sees it; its lifecycles are left out, deliveries come only with `find`."""

    alert_id: int
    visible_id: str
    alert: Alert
    state: AlertState
    due_at: datetime
    attempts: int
    last_error: str
    deliveries: tuple[DeliveryView, ...] = ()


@dataclass(frozen=True, slots=True)
class BacklogView:
    """How many alerts have not arrived: *waiting* at all, *overdue* for too long, *given_up* of late; and when a reminder was last made."""

    waiting: int
    overdue: int
    given_up: int
    last_reminder_at: datetime | None


@dataclass(frozen=True, slots=True)
class AckView:
    """Who muted what and why; and when, by whom and why it ended, if somebody ended it before its time."""

    ack_id: int
    mute: Mute
    author: str
    reason: str
    created_at: datetime
    ended_at: datetime | None = None
    ended_by: str = ""
    end_reason: str = ""
