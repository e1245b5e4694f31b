"""`[[watch]]` and `[health]`: who is told of what, how urgent it is, when it may leave, and on which channels."""

import re
from collections.abc import Iterable
from datetime import UTC, time, tzinfo

from monitor.config.convert import converted
from monitor.config.tables import EscalateTable, HealthTable, WatchTable
from monitor.domain.policy.channels import LOG
from monitor.domain.policy.routing import HealthSettings
from monitor.domain.policy.severity import USUAL, Nearness, Severity
from monitor.domain.policy.timing import WEEKDAYS, Digest, Quiet, Timing
from monitor.domain.policy.watches import LEAD_TIMES, LOUD_KINDS, PROMISE_LEAD_TIMES, Watch
from monitor.errors import ConfigError

UNWATCHED = Timing(digest=Digest(weekday=0))  # without any [[watch]]: Mondays at nine, and what is critical at once
IMMEDIATE = "immediate"

_CLOCK = r"([01]\d|2[0-3]):([0-5]\d)"
_QUIET = re.compile(rf"{_CLOCK}\s*-\s*{_CLOCK}", re.ASCII)
_DIGEST = re.compile(rf"(?:daily|weekly (?P<day>{'|'.join(WEEKDAYS)})) (?P<at>{_CLOCK})", re.ASCII)


def read_watches(tables: list[object], channels: tuple[str, ...]) -> tuple[Watch, ...]:
    """Every `[[watch]]`; without one everything is watched, for all *channels*, as a weekly digest. Raises ConfigError."""
    everywhere = channels or (LOG,)
    if not tables:
        return (Watch("everything", everywhere, timing=UNWATCHED),)
    found = tuple(_watch(table, f"watch[{number}]", everywhere) for number, table in enumerate(tables))
    names = [watch.name for watch in found]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise ConfigError(f"watch[{number}].name", f"{name!r} stands twice")
    return found


def read_health(table: dict[str, object], channels: tuple[str, ...]) -> HealthSettings:
    """`[health]`. Raises ConfigError."""
    given = converted(table, HealthTable, "health")
    return HealthSettings(_known(given.channels, channels, "health.channels"), given.owner)


def _watch(table: object, key: str, channels: tuple[str, ...]) -> Watch:
    given = converted(table, WatchTable, key)
    return Watch(
        given.name,
        channels if given.channels is None else _known(given.channels, channels, f"{key}.channels"),
        tuple(given.models),
        tuple(given.providers),
        given.owner,
        LEAD_TIMES if given.lead_times is None else tuple(given.lead_times),
        PROMISE_LEAD_TIMES if given.promise_lead_times is None else tuple(given.promise_lead_times),
        LOUD_KINDS if given.events is None else frozenset(given.events),
        lines=tuple(given.lines),
        surfaces=frozenset(given.surfaces),
        publishers=tuple(name.casefold() for name in given.publishers),
        stages=frozenset(given.stages),
        nearness=_nearness(given, key),
        escalate=_escalate(given.escalate, channels, f"{key}.escalate"),
        timing=Timing(_quiet(given, key), _digest(given, key), _zone(given.time_zone, f"{key}.time_zone")),
    )


def _known(names: Iterable[str], channels: tuple[str, ...], key: str) -> tuple[str, ...]:
    for number, name in enumerate(names):
        if name not in (*channels, LOG):
            there = ", ".join(sorted({*channels, LOG}))
            raise ConfigError(f"{key}[{number}]", f"no channel {name!r} is configured; there are {there}")
    return tuple(names)


def _nearness(given: WatchTable, key: str) -> Nearness:
    warning = USUAL.warning_within if given.warning_within is None else given.warning_within
    critical = USUAL.critical_within if given.critical_within is None else given.critical_within
    if critical > warning:
        wrong = "warning_within" if given.critical_within is None else "critical_within"
        raise ConfigError(f"{key}.{wrong}", f"what is critical {critical} days ahead cannot be less than a warning until {warning}")
    return Nearness(warning, critical)


def _escalate(table: object, channels: tuple[str, ...], key: str) -> dict[Severity, tuple[str, ...]]:
    if table is None:
        return {}
    given = converted(table, EscalateTable, key)
    named = {Severity.WARNING: given.warning, Severity.CRITICAL: given.critical}
    return {severity: _known(names, channels, f"{key}.{severity.value}") for severity, names in named.items() if names}


def _quiet(given: WatchTable, key: str) -> Quiet | None:
    days = frozenset(WEEKDAYS.index(day) for day in given.quiet_days)
    if len(days) == len(WEEKDAYS):
        raise ConfigError(f"{key}.quiet_days", "every day is quiet: nothing would ever leave")
    begins, ends = _hours(given.quiet_hours, f"{key}.quiet_hours") if given.quiet_hours is not None else (time(), time())
    if given.quiet_hours is None and not days:
        if given.critical_waits:
            raise ConfigError(f"{key}.critical_waits", "there are no quiet_hours or quiet_days to wait for the end of")
        return None
    return Quiet(begins, ends, days, given.critical_waits)


def _hours(text: str, key: str) -> tuple[time, time]:
    found = _QUIET.fullmatch(text)
    if not found:
        raise ConfigError(key, 'expected hours like "22:00-07:00"')
    begins, ends = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    if begins == ends:
        raise ConfigError(key, "they end when they begin; for whole days there is quiet_days")
    return begins, ends


def _digest(given: WatchTable, key: str) -> Digest | None:
    if given.digest in {None, IMMEDIATE}:
        if given.immediate_from is not None:
            raise ConfigError(f"{key}.immediate_from", "without a digest everything leaves at once")
        return None
    found = _DIGEST.fullmatch(given.digest or "")
    if not found:
        raise ConfigError(f"{key}.digest", 'expected "daily 09:00", "weekly mon 09:00" or "immediate"')
    weekday = WEEKDAYS.index(found["day"]) if found["day"] else None
    return Digest(time.fromisoformat(found["at"]), weekday, given.immediate_from or Severity.CRITICAL)


def _zone(name: str | None, key: str) -> tzinfo:
    if name is None:
        return UTC
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):  # no such file, no such key, a path that leads elsewhere
        raise ConfigError(key, f"no time zone {name[:60]!r}; expected a name like Europe/Zurich") from None
