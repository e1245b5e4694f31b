"""Settings as they may be shown: every key with its value, secrets masked."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from monitor.alerts.targets import HIDDEN, masked
from monitor.config.declared import HEADINGS, NAMES
from monitor.config.settings import Settings
from monitor.domain.policy.watches import Watch
from monitor.parsing.declaration import Announcement

Shown = tuple[str, str]


def shown(settings: Settings) -> tuple[Shown, ...]:
    """Dotted keys and values in the order of the file."""
    return tuple(_pairs(settings))


def _pairs(settings: Settings) -> Iterator[Shown]:
    fetch = settings.fetch
    yield "database_url", without_password(settings.database_url)
    yield "catalogue", str(settings.catalogue).lower()
    yield "daemon.tick", duration(settings.daemon.tick)
    yield "daemon.lease", duration(settings.daemon.lease)
    yield "daemon.ping", masked(settings.daemon.ping) if settings.daemon.ping else "none"
    yield "daemon.ping_at_least", str(settings.daemon.ping_at_least or "all")
    yield "web.listen", settings.web.listen or "off"
    yield "log.format", settings.log.format
    yield "log.level", settings.log.level
    yield "retention.pages", duration(settings.retention.pages)
    yield "retention.readings", duration(settings.retention.readings)
    yield "fetch.proxy", without_password(fetch.proxy) if fetch.proxy else "none"
    yield "fetch.ca_file", fetch.ca_file or "the system's"
    yield "fetch.timeout", duration(fetch.timeout)
    yield "fetch.max_bytes", str(fetch.max_bytes)
    yield "fetch.user_agent", fetch.user_agent or "the program's own"
    yield "fetch.allow", ", ".join(fetch.allow) or "no address inside"
    yield from ((f"channels.{name}", masked(target)) for name, target in settings.channels.items())
    for number, watch in enumerate(settings.watches):
        yield from ((f"watch[{number}].{name}", value) for name, value in _watch(watch))
    yield from _sources(settings)


def _watch(watch: Watch) -> Iterator[Shown]:
    yield "name", watch.name
    yield "models", ", ".join(watch.models) or "all"
    yield "providers", ", ".join(watch.providers) or "all"
    yield "owner", watch.owner or "none"
    yield "channels", ", ".join(watch.channels) or "none"
    yield "lead_times", ", ".join(map(str, watch.lead_times))
    yield "promise_lead_times", ", ".join(map(str, watch.promise_lead_times))
    yield "events", ", ".join(sorted(watch.events))


def _sources(settings: Settings) -> Iterator[Shown]:
    for key, options in settings.sources.items():
        yield f"source.{key}.enabled", str(options.enabled).lower()
        yield f"source.{key}.models", ", ".join(options.models) or "none"
        yield f"source.{key}.cadence", duration(options.cadence) if options.cadence else "the source's own"
    for number, page in enumerate(settings.pages):
        own = {"key": page.key, "url": without_password(page.url), "reader": page.reader.key, "provider": page.provider}
        yield from ((f"sources[{number}].{name}", value) for name, value in own.items())
        if page.fill:
            yield f"sources[{number}].fill.{page.reader.blank}", page.fill
        if page.secret:
            yield f"sources[{number}].secret", str(page.secret)
        yield f"sources[{number}].cadence", duration(page.cadence)
        yield f"sources[{number}].authority", page.authority.label
        if page.rules:
            yield from ((f"sources[{number}].{name}", value) for name, value in _rules(page.rules))


def _rules(rules: Announcement) -> Iterator[Shown]:
    yield from ((f"columns.{NAMES[role]}", ", ".join(words)) for role, words in rules.columns)
    yield "heading_dates", next((word for word, heading in HEADINGS.items() if word and heading is rules.heading), "as the page shows")
    yield "floors", str(rules.promises).lower()


def duration(length: timedelta) -> str:
    """A time as the file writes it."""
    seconds = int(length.total_seconds())
    count, unit = next((seconds // size, unit) for unit, size in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)) if seconds % size == 0)
    return f"{count}{unit}"


def without_password(url: str) -> str:
    """An address without what follows its user's name, and without the values of its query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return HIDDEN
    host = parts.netloc.rsplit("@", 1)[-1]
    netloc = f"{HIDDEN}@{host}" if "@" in parts.netloc else host
    query = f"?{HIDDEN}" if parts.query else ""
    return f"{parts.scheme}://{netloc}{parts.path}{query}" if parts.scheme else HIDDEN
