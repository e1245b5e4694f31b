"""Who was warned of a coming end, out of the alerts that were written."""

from collections.abc import Collection
from dataclasses import replace

from monitor.domain.events import EventKind
from monitor.domain.identity import ModelKey
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.severity import Severity
from monitor.domain.policy.tellings import Warned
from monitor.store import Database
from tests.store.words import RETIRES_IN_JUNE, Visitor, day, key, news, retirement, says


def written(database: Database, *alerts: Alert) -> None:
    with database.write() as ledger:
        assert ledger.outbox.add(alerts) == len(alerts)


def warned(database: Database, *keys: ModelKey) -> dict[ModelKey, Collection[Warned]]:
    with database.read() as ledger:
        return dict(ledger.outbox.warned(keys))


def told(name: str, kind: EventKind, channel: str = "team", severity: Severity = Severity.WARNING, **other: object) -> Alert:
    """News of one event of a key."""
    event = replace(retirement(), kind=kind, **other)  # type: ignore[arg-type]  # fields of Event
    one = Alert(f"news:{channel}:{event.key}:{name}", AlertKind.NEWS, channel, "everything", "us", day(0), (event,))
    return replace(one, severity=severity)


def test_without_a_key_nothing_is_looked_for(database: Database) -> None:
    assert warned(database) == {}


def test_news_of_an_end_reminders_of_it_and_a_first_digest_warn(database: Database) -> None:
    changes = Visitor(database).hears(day(0), says(RETIRES_IN_JUNE))
    shape = replace(news(), events=(), lifecycles=changes.lifecycles)
    written(
        database,
        told("1", EventKind.RETIREMENT_SCHEDULED),
        told("2", EventKind.RETIREMENT_MOVED, severity=Severity.CRITICAL),
        told("3", EventKind.RETIREMENT_REFINED, severity=Severity.INFO),
        told("4", EventKind.PRICE_CHANGED, "prices"),
        told("5", EventKind.RETIREMENT_SCHEDULED, "other", key=key("gpt-50")),
        replace(shape, idempotency_key=f"remind:pager:{key()}:exact:2026-06-01:7", kind=AlertKind.REMINDER, channel="pager", lead=7),
        replace(shape, idempotency_key="digest:list:openai", kind=AlertKind.DIGEST, channel="list"),
    )
    watch, owner = shape.watch, shape.owner
    assert warned(database, key(), key("none")) == {
        key(): (
            Warned("team", "everything", "us", Severity.CRITICAL),
            Warned("pager", watch, owner, Severity.INFO),
            Warned("list", watch, owner, Severity.INFO),
        ),
        key("none"): (),
    }


def test_who_was_told_that_it_is_cancelled_is_warned_no_more_until_the_next_time(database: Database) -> None:
    written(database, told("1", EventKind.RETIREMENT_SCHEDULED), told("2", EventKind.RETIREMENT_SCHEDULED, "dm"))
    written(database, told("3", EventKind.RETIREMENT_CANCELLED))
    assert [one.channel for one in warned(database, key())[key()]] == ["dm"]
    written(database, told("4", EventKind.REDIRECT_SCHEDULED), told("5", EventKind.CLAIM_CORRECTED, "dm", after=""))
    assert [one.channel for one in warned(database, key())[key()]] == ["team"]
    written(database, told("6", EventKind.CLAIM_CORRECTED, "dm"))
    assert [one.channel for one in warned(database, key())[key()]] == ["team", "dm"]


def test_an_alert_that_a_mute_held_back_warned_nobody(database: Database) -> None:
    written(database, told("1", EventKind.RETIREMENT_SCHEDULED), told("2", EventKind.RETIREMENT_SCHEDULED, "dm"))
    with database.write() as ledger:
        [held] = [view for view in ledger.outbox.listing() if view.alert.channel == "dm"]
        ledger.muting.mute(held.alert_id, "seen")
    assert [one.channel for one in warned(database, key())[key()]] == ["team"]
