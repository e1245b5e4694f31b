"""Routes of what is not about a model: news about sources, and about channels that take no alerts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.events import ABOUT_SOURCES, Event
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.severity import news_severity
from monitor.domain.policy.watches import Watch

HEALTH = "health"


@dataclass(frozen=True, slots=True)
class HealthSettings:
    """The route of news about sources and channels, and whose they are; without channels, those of all watches."""

    channels: tuple[str, ...] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """One channel, and the watch (or `health`) in whose name and time it is told."""

    channel: str
    watch: Watch


def health_routes(watches: Iterable[Watch], health: HealthSettings) -> tuple[Route, ...]:
    """Each channel once: those of `[health]`, at once; else those of all watches, in the name and time of the first that has it."""
    if health.channels:
        own = Watch(HEALTH, health.channels, owner=health.owner)
        return tuple(Route(channel, own) for channel in dict.fromkeys(health.channels))
    first: dict[str, Watch] = {}
    for watch in watches:
        for channel in watch.channels:
            first.setdefault(channel, watch)
    return tuple(Route(channel, watch) for channel, watch in first.items())


def source_alerts(events: Iterable[Event], watches: Collection[Watch], health: HealthSettings, now: datetime) -> tuple[Alert, ...]:
    """News about sources: one alert per event and channel of the route, whichever models are watched; no mute is asked."""
    about = [event for event in events if event.kind in ABOUT_SOURCES]
    hearing = {kind: health_routes([watch for watch in watches if kind in watch.events], health) for kind in {one.kind for one in about}}
    return tuple(_alert(event, route, now) for event in about for route in hearing[event.kind])


def ways_round(broken: str, health: HealthSettings, configured: Iterable[str], last_resort: str) -> tuple[str, ...]:
    """Where to say that the channel *broken* takes no alerts: those of `[health]`, else every other one, else *last_resort*."""
    named = tuple(channel for channel in dict.fromkeys(health.channels) if channel != broken)
    others = tuple(channel for channel in dict.fromkeys(configured) if channel != broken)
    return named or others or (last_resort,)


def _alert(event: Event, route: Route, now: datetime) -> Alert:
    watch, severity = route.watch, news_severity(event, None, now.date())
    name = f"news:{route.channel}:{event.key}:{event.kind.value}:{event.source}:{now.isoformat()}"
    due_at = watch.timing.leaves_at(severity, now)
    return Alert(name, AlertKind.NEWS, route.channel, watch.name, watch.owner, now, (event,), severity=severity, due_at=due_at)
