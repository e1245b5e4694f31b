"""Whether silence can be trusted, on one screen."""

from collections.abc import Iterator

from monitor.formats.json_lines import Record
from monitor.formats.tables import Part, Table
from monitor.formats.text import instant
from monitor.queries.status import ProviderStatus, Status

COLUMNS = ("PROVIDER", "STATE", "GOOD", "OLDEST GOOD", "WHY")


def status_records(status: Status) -> Iterator[Record]:
    """The verdict, then one object per provider."""
    yield {
        "trusted": status.trusted,
        "at": status.at,
        "reasons": status.reasons,
        "sources_good": sum(one.good for one in status.watched),
        "sources_needed": sum(len(one.needed) for one in status.watched),
        "blind": [one.provider for one in status.watched if one.blind],
        "alerts_waiting": status.backlog.waiting,
        "alerts_overdue": status.backlog.overdue,
        "alerts_given_up": status.backlog.given_up,
        "calendar_behind": status.behind,
        "last_reminder_at": status.backlog.last_reminder_at,
    }
    yield from (_record(one) for one in status.providers)


def _record(one: ProviderStatus) -> Record:
    return {
        "provider": one.provider,
        "good": one.good,
        "needed": len(one.needed),
        "not_configured": one.not_configured,
        "oldest_good_at": one.oldest_good_at,
        "blind": one.blind,
        "down": [{"source": view.key, "health": view.health, "reason": view.reason} for view in one.down],
    }


def status_parts(status: Status) -> Iterator[Part]:
    """The verdict with its reasons, the providers that were ever read, and in a line each those that were not and those not watched."""
    yield "\n".join(_verdict(status))
    read = tuple(_row(one) for one in status.watched if not one.unread)
    if read:
        yield Table(COLUMNS, read)
    yield "\n".join(_rest(status))


def _verdict(status: Status) -> Iterator[str]:
    good, needed = sum(one.good for one in status.watched), sum(len(one.needed) for one in status.watched)
    if status.trusted:
        yield f"Silence can be trusted: {good} of {needed} sources in good health."
        return
    yield f"Silence cannot be trusted: {good} of {needed} sources in good health."
    yield from (f"- {reason}" for reason in status.reasons)


def _rest(status: Status) -> Iterator[str]:
    silent = [one.provider for one in status.providers if not one.needed]
    backlog = status.backlog
    if silent:
        yield f"Not watched, no source is configured: {', '.join(silent)}"
    yield f"Alerts: {backlog.waiting} waiting, {backlog.overdue} of them overdue, {backlog.given_up} given up in the last 7 days"
    yield f"Calendar: {'kept' if not status.behind else 'behind'}, last reminder {instant(backlog.last_reminder_at, 'never')}"


def _row(one: ProviderStatus) -> tuple[str, ...]:
    state = "blind" if one.blind else "partly" if one.down else "good"
    why = "; ".join(f"{view.key}: {view.health}{f', {view.reason}' if view.reason else ''}" for view in one.down)
    return one.provider, state, f"{one.good}/{len(one.needed)}", instant(one.oldest_good_at, "never"), why
