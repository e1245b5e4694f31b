"""What an alert says, in one line each, for messages that tell of many; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from monitor.alerts.digests import SHORT_QUOTE, dates_ahead, end_item
from monitor.alerts.health import reason_of
from monitor.alerts.inert import field, shorten
from monitor.alerts.known import end_claim, of_claim
from monitor.alerts.messages import proof_of, reminder_words, told_of
from monitor.alerts.parts import NO_PROOF, Proof, counted
from monitor.alerts.sentences import Told, after_of, headline, importance
from monitor.alerts.wording import countdown, model_within
from monitor.domain.events import ABOUT_SOURCES, Event, EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.channels import channel_news
from monitor.domain.policy.severity import Severity

FAR = 99_999  # days; of what has no date
LINE = 240

GONE, MOVED, NEW, CLOSE = "Retired or gone", "Moved or cancelled", "Newly announced", "Coming close"
DISPUTES, CHANGES, HEALTH = "Sources disagree", "Other changes", "Sources and channels"
# the headings, and how a summary counts what stands under them
SECTIONS: Mapping[str, str] = {
    GONE: "retired or gone",
    MOVED: "moved or cancelled",
    NEW: "newly announced",
    CLOSE: "coming close",
    DISPUTES: "disputed",
    CHANGES: "changed otherwise",
    HEALTH: "about sources and channels",
}

_SECTION: Mapping[EventKind, str] = {
    **dict.fromkeys((EventKind.MODEL_RETIRED, EventKind.GONE_EARLY, EventKind.OUTLIVED_RETIREMENT, EventKind.MODEL_DELISTED), GONE),
    **dict.fromkeys((EventKind.RETIREMENT_MOVED, EventKind.RETIREMENT_CANCELLED, EventKind.RETIREMENT_UNCONFIRMED), MOVED),
    **dict.fromkeys((EventKind.RETIREMENT_SCHEDULED, EventKind.REDIRECT_SCHEDULED, EventKind.DEPRECATION_ANNOUNCED), NEW),
    **dict.fromkeys((EventKind.DISPUTE_OPENED, EventKind.DISPUTE_CLOSED), DISPUTES),
    **dict.fromkeys(ABOUT_SOURCES, HEALTH),
}
_DATED = frozenset({EventKind.RETIREMENT_MOVED, EventKind.RETIREMENT_SCHEDULED, EventKind.REDIRECT_SCHEDULED, EventKind.RETIREMENT_REFINED})
_AILING = ABOUT_SOURCES - {EventKind.SOURCE_RECOVERED}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a message of many: *about* is the model or source it speaks of, *ids* the alerts it stands for, its own first."""

    about: ModelKey | str
    section: str
    severity: Severity
    text: str
    ids: tuple[str, ...]
    days_left: int = FAR
    proof: Proof = NO_PROOF
    sources: tuple[str, ...] = ()


def entries(alert: Alert, now: datetime) -> list[Entry]:
    """What the alert says: one entry, or one for each date of a first reading."""
    match alert.kind:
        case AlertKind.NEWS:
            return [_news(alert, now)]
        case AlertKind.REMINDER:
            return [_reminder(alert, now)]
        case AlertKind.DIGEST:
            return _dates(alert, now) or [_nothing(alert, "a first reading with no date ahead any more")]
        case AlertKind.CHANNEL:
            return [_channel(alert)]
        case _:
            assert_never(alert.kind)


def _news(alert: Alert, now: datetime) -> Entry:
    events = sorted(alert.events, key=importance)
    top, others = events[0], events[1:]
    state = next(iter(alert.lifecycles), None)
    told = told_of(top, state, now)
    where = f"Source {field(top.key.model, 60)}" if top.kind in ABOUT_SOURCES else model_within(top.key)
    more = f"; {counted(len(others), 'change')}" if others else ""
    why = f": {reason_of(top)}" if top.kind in _AILING and reason_of(top) else ""
    return Entry(
        top.key,
        _SECTION.get(top.kind, CHANGES),
        alert.severity,
        shorten(f"{where}: {headline(told)}{why}{_left(told)}{more}", LINE),
        (alert.visible_id,),
        _days(told, state),
        _proof(top, state),
        (top.source,),
    )


def _reminder(alert: Alert, now: datetime) -> Entry:
    state = next(iter(alert.lifecycles), None)
    end, claim = (state.ends, end_claim(state)) if state else (None, None)
    if state is None or end is None or claim is None:
        return _nothing(alert, "a reminder whose date was taken back before it could be sent")
    text = shorten(f"{model_within(state.key)}: {reminder_words(state, end, now)}", LINE)
    days = end.days_left(now.date())
    return Entry(state.key, CLOSE, alert.severity, text, (alert.visible_id,), days, of_claim(claim, SHORT_QUOTE), (claim.source,))


def _dates(alert: Alert, now: datetime) -> list[Entry]:
    found = []
    for state, end, claim in dates_ahead(alert, now):
        item = end_item(state, claim, now)
        days, text = end.days_left(now.date()), shorten(item.text, LINE)
        found.append(Entry(state.key, CLOSE, alert.severity, text, (alert.visible_id,), days, item.proof, (claim.source,)))
    return found


def _channel(alert: Alert) -> Entry:
    told = channel_news(alert.idempotency_key)
    name = f"Channel {field(told.channel, 60)}"
    text = f"{name} takes no messages: {field(told.reason, 100)}" if told.broken else f"{name} works again"
    return Entry(name, HEALTH, alert.severity, text, (alert.visible_id,))


def _nothing(alert: Alert, text: str) -> Entry:
    return Entry(alert.visible_id, CHANGES, alert.severity, text, (alert.visible_id,))


def _left(told: Told) -> str:
    after = after_of(told) if told.event.fact in {"retires", "redirects"} and told.event.kind in _DATED else None
    return f" ({countdown(after, told.today)})" if after else ""


def _days(told: Told, state: Lifecycle | None) -> int:
    after = after_of(told) or (state.ends if state else None)
    return after.days_left(told.today) if after else FAR


def _proof(event: Event, state: Lifecycle | None) -> Proof:
    if event.kind in ABOUT_SOURCES:
        return NO_PROOF
    proof = proof_of(event, state)
    return replace(proof, quote=shorten(proof.quote, SHORT_QUOTE))
