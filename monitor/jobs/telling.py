"""What is told of events: the alerts that the policy makes of them, from what the database knows of mutes and of earlier warnings."""

from collections.abc import Collection
from datetime import datetime

from monitor.domain.events import Event
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert
from monitor.domain.policy.news import alerts_for, cleared
from monitor.domain.policy.routing import source_alerts
from monitor.jobs.shop import Shop
from monitor.store import Ledger


def told_of(shop: Shop, ledger: Ledger, events: Collection[Event], lifecycles: Collection[Lifecycle], now: datetime) -> tuple[Alert, ...]:
    """The alerts of *events*, about models and about sources; an end that is taken back is told to whoever was warned of it."""
    warned = ledger.outbox.warned(cleared(events))
    about_models = alerts_for(events, lifecycles, shop.watches, ledger.acks.mutes(now), now, warned)
    return (*about_models, *source_alerts(events, shop.watches, shop.health, now))
