"""A watch as the file would write it, every key with the value in force."""

from collections.abc import Iterable, Iterator
from datetime import time

from monitor.config.watching import IMMEDIATE
from monitor.domain.policy.severity import Severity
from monitor.domain.policy.timing import WEEKDAYS, Digest, Quiet
from monitor.domain.policy.watches import Watch

Shown = tuple[str, str]


def watching(watch: Watch) -> Iterator[Shown]:
    """Keys and values in the order of the file."""
    yield "name", watch.name
    yield "models", _listed(watch.models, "all")
    yield "lines", _listed(watch.lines, "all")
    yield "providers", _listed(watch.providers, "all")
    yield "surfaces", _listed(sorted(watch.surfaces), "all")
    yield "publishers", _listed(watch.publishers, "all")
    yield "stages", _listed(sorted(watch.stages), "all")
    yield "owner", watch.owner or "none"
    yield "channels", _listed(watch.channels)
    yield "events", _listed(sorted(watch.events))
    yield "lead_times", _listed(map(str, watch.lead_times))
    yield "promise_lead_times", _listed(map(str, watch.promise_lead_times))
    yield "warning_within", str(watch.nearness.warning_within)
    yield "critical_within", str(watch.nearness.critical_within)
    yield "escalate.warning", _listed(watch.escalate.get(Severity.WARNING, ()))
    yield "escalate.critical", _listed(watch.escalate.get(Severity.CRITICAL, ()))
    yield from _timing(watch)


def _timing(watch: Watch) -> Iterator[Shown]:
    quiet, digest = watch.timing.quiet or Quiet(), watch.timing.digest
    yield "digest", _digest(digest) if digest else IMMEDIATE
    yield "immediate_from", digest.immediate_from.value if digest else Severity.INFO.value
    yield "quiet_hours", "none" if quiet.begins == quiet.ends else f"{_clock(quiet.begins)}-{_clock(quiet.ends)}"
    yield "quiet_days", _listed(WEEKDAYS[day] for day in sorted(quiet.days))
    yield "critical_waits", str(quiet.critical_waits).lower()
    yield "time_zone", str(watch.timing.zone)


def _digest(digest: Digest) -> str:
    return f"{'daily' if digest.weekday is None else f'weekly {WEEKDAYS[digest.weekday]}'} {_clock(digest.at)}"


def _clock(at: time) -> str:
    return f"{at:%H:%M}"


def _listed(values: Iterable[str], nothing: str = "none") -> str:
    return ", ".join(values) or nothing
