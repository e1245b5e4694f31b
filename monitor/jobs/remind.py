"""What the calendar brings: retirements that happened, dates that come close, words that expire, sources that went stale."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from monitor.domain.calendar import Calendar, calendar_events
from monitor.domain.events import Event
from monitor.domain.health import health_events
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert
from monitor.domain.policy.reminding import reminders
from monitor.domain.policy.watches import Watch
from monitor.jobs.acks import settle, settlement
from monitor.jobs.lull import Lull
from monitor.jobs.record import expire
from monitor.jobs.shop import Shop
from monitor.jobs.telling import told_of
from monitor.jobs.visits import Visit
from monitor.queries.preview import pointers
from monitor.queries.sources import source_state
from monitor.store import Ledger


def remind(shop: Shop, visits: Iterable[Visit], now: datetime, lull: Lull | None = None) -> int:
    """Write the calendar's events and reminders that are due and not yet written; returns how many alerts that made.

    Nothing is written, and no write transaction begun, when there is nothing to say; as long as *lull* lasts, nothing is looked at but
    the health of the sources. Raises StoreError only.
    """
    expire(shop, now)
    visited = [visit for visit in visits if not visit.not_configured]
    lull = lull or Lull()
    with shop.database.read() as ledger:
        if lull.lasts(ledger, shop.watches, now) and not _health(ledger, visited, now):
            return 0
        lifecycles = ledger.claims.ending()
        events, alerts = _due(shop, ledger, lifecycles, visited, now)
        if not events and not alerts and not settlement(ledger, lifecycles, shop.watches, now):
            lull.begin(ledger, lifecycles, shop.watches, now)
            return 0
    with shop.database.write() as ledger:
        lifecycles = ledger.claims.ending()
        events, alerts = _due(shop, ledger, lifecycles, visited, now)
        ledger.events.append(events)
        made = ledger.outbox.add(alerts) + ledger.muting.bring_back(alerts, now)
        settle(ledger, settlement(ledger, lifecycles, shop.watches, now), now)
        return made


def behind(ledger: Ledger, watches: Collection[Watch], then: datetime) -> int:
    """How many events and reminders of the calendar, due at *then* on what has been known since, are not written."""
    lifecycles = [state for state in ledger.claims.ending() if all(claim.recorded_at <= then for claim in state.claims())]
    mutes = (*ledger.acks.mutes(then), *(ack.mute for ack in ledger.acks.open()))  # of then, and of whoever was quicker than the calendar
    due = reminders(lifecycles, watches, mutes, ledger.outbox.sent_keys(), then)
    return len(_calendar(ledger, lifecycles, then)) + len(due)


def _due(
    shop: Shop, ledger: Ledger, lifecycles: Sequence[Lifecycle], visits: list[Visit], now: datetime
) -> tuple[list[Event], list[Alert]]:
    events = [*_calendar(ledger, lifecycles, now), *_health(ledger, visits, now)]
    news = told_of(shop, ledger, events, lifecycles, now)
    return events, [*news, *_reminders(ledger, lifecycles, shop.watches, now)]


def _health(ledger: Ledger, visits: Iterable[Visit], now: datetime) -> list[Event]:
    states = ((source_state(ledger, visit), ledger.events.told_health(visit.key)) for visit in visits)
    return [event for state, told in states for event in health_events(state, told, now)]


def _calendar(ledger: Ledger, lifecycles: Sequence[Lifecycle], now: datetime) -> list[Event]:
    calendar = Calendar(ledger.events.calendar_written(), ledger.readings.last_good_at())
    return list(calendar_events((*lifecycles, *pointers(ledger, lifecycles)), calendar, now))


def _reminders(ledger: Ledger, lifecycles: Sequence[Lifecycle], watches: Collection[Watch], now: datetime) -> list[Alert]:
    sent = ledger.muting.told_keys()
    return list(reminders(lifecycles, watches, ledger.acks.mutes(now), sent, now))
