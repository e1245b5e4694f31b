"""Why an alert was sent, out of what is stored and the configuration in force."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from monitor.domain.events import Event, EventKind
from monitor.domain.facts import AliasOf, Listed, ReplacedBy, Retires, Stage
from monitor.domain.identity import ModelKey
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.channels import ChannelNews, channel_alerts
from monitor.domain.policy.mutes import ANY_KEY, Mute, MuteTarget
from monitor.domain.policy.news import alerts_for, digest_for
from monitor.domain.policy.reminding import reminders
from monitor.domain.policy.routing import HealthSettings, source_alerts
from monitor.domain.policy.severity import Severity
from monitor.domain.policy.timing import Digest, Quiet, Timing
from monitor.domain.policy.watches import Watch
from monitor.domain.providers import Surface
from monitor.domain.records import Signature
from monitor.queries.explanation import Explanation, explain
from monitor.store import Database
from monitor.store.views import AlertState
from tests.queries.speakers import NOW, PAGE, on, says
from tests.store.words import Visitor

DAY = timedelta(days=1)
TEAM = Watch("team", ("ops",), ("gpt-4*",), owner="platform", escalate={Severity.CRITICAL: ("pager",)})


def reminded(database: Database, watches: list[Watch], *days: int) -> list[Alert]:
    """The reminders of some days after the start, written as the calendar does."""
    made: list[Alert] = []
    with database.write() as ledger:
        for number in days:
            at = NOW + number * DAY
            sent = ledger.outbox.sent_keys()
            due = reminders(ledger.claims.ending(), watches, ledger.acks.mutes(at), sent, at)
            ledger.outbox.add(due)
            made += due
    return made


def reasons(database: Database, alert: Alert, watches: list[Watch]) -> dict[str, list[str]]:
    [found] = explained(database, alert.visible_id, watches)
    topics: dict[str, list[str]] = {}
    for reason in found.because:
        topics.setdefault(reason.topic, []).append(reason.text)
    return topics


def explained(database: Database, visible_id: str, watches: list[Watch]) -> tuple[Explanation, ...]:
    with database.read() as ledger:
        return explain(ledger, watches, visible_id)


def test_a_reminder_tells_what_it_counted_and_what_was_consumed_before(database: Database) -> None:
    Visitor(database, PAGE).hears(NOW - 40 * DAY, says("gpt-4o", Retires(on("2026-04-01"))))
    Visitor(database, PAGE).hears(NOW, says("gpt-4o", Retires(on("2026-04-01"))))
    alerts = reminded(database, [TEAM], 0, 25, 70, 76)
    assert [(alert.channel, alert.lead) for alert in alerts] == [("ops", 90), ("ops", 60), ("ops", 14), ("ops", 7), ("pager", 7)]
    found = reasons(database, alerts[3], [TEAM])
    assert found == {
        "watch": ["the watch 'team' selects it: models: 'gpt-4*' matches its name"],
        "occasion": [
            "5 days were left until 2026-04-01, which crossed the lead time of 7 days",
            "reminded of before: 90, 60, 14 days",
            "passed without a reminder, muted or while nobody looked: 30 days",
        ],
        "severity": ["critical: 5 days were left; a date is critical within 7 days and a warning within 30"],
        "route": ["channel ops, one of the watch 'team'"],
        "time": ["written 2026-03-27 12:00 UTC, to leave at once"],
        "delivery": ["waits until 2026-03-27 12:00 UTC"],
        "mute": ["no acknowledgement or snooze concerned it"],
    }
    assert reasons(database, alerts[4], [TEAM])["route"] == ["channel pager, called in by the watch 'team' from critical on"]
    [one] = explained(database, alerts[3].visible_id.lower(), [TEAM])
    [proof] = one.evidence
    assert (proof.key.model, proof.source, proof.url) == ("gpt-4o", "openai_page", "https://example.com/page")
    assert "2026" in proof.quote
    assert len(proof.page) == 64


def test_an_announcement_that_came_late_is_named_as_what_consumed_the_lead_times(database: Database) -> None:
    Visitor(database, PAGE).hears(NOW, says("gpt-4o", Retires(on("2026-02-05"))))
    [alert] = reminded(database, [TEAM], 13)
    assert "passed already when the date became known on 2026-01-10: 90, 60, 30 days" in reasons(database, alert, [TEAM])["occasion"]


def test_news_tells_its_events_and_how_urgent_each_is(database: Database) -> None:
    told = Visitor(database, PAGE).hears(NOW, says("gpt-4o", Retires(on("2026-02-01"))), says("gpt-4o", ReplacedBy("gpt-5")))
    night = replace(TEAM, timing=Timing(digest=Digest(time(9), 0), quiet=Quiet(time(8), time(10))))
    [alert] = alerts_for(told.events, told.lifecycles, [night], (), NOW)
    with database.write() as ledger:
        ledger.outbox.add([alert])
    found = reasons(database, alert, [night])
    assert found["occasion"] == [
        "deprecation_announced of openai/gpt-4o (retires)",
        "retirement_scheduled of openai/gpt-4o (retires): (nothing) → 2026-02-01",
        "replacement_named of openai/gpt-4o (replaced_by): (nothing) → gpt-5",
    ]
    assert found["severity"] == [
        (
            "warning: deprecation_announced is warning; retirement_scheduled is warning; replacement_named is info; "
            "a date is critical within 7 days and a warning within 30"
        )
    ]
    assert found["time"] == ["written 2026-01-10 12:00 UTC, to leave with the digest at 2026-01-12 10:00 UTC"]
    assert {exhibit.quote for exhibit in explained(database, alert.visible_id, [night])[0].evidence} == {
        event.quote for event in told.events
    }
    strict = replace(night, nearness=replace(night.nearness, critical_within=90))
    assert reasons(database, alert, [strict])["severity"][0].endswith("; by the configuration in force now it would be critical")


def test_quiet_hours_are_named(database: Database) -> None:
    Visitor(database, PAGE).hears(NOW - 40 * DAY, says("gpt-4o", Retires(on("2026-04-01"))))
    quiet = replace(TEAM, timing=Timing(quiet=Quiet(time(8), time(17))))
    [alert] = reminded(database, [quiet], 0)
    found = reasons(database, alert, [quiet])["time"]
    assert found == ["written 2026-01-10 12:00 UTC, to leave with the end of the quiet hours at 2026-01-10 17:00 UTC"]


def test_a_watch_that_is_no_longer_configured_or_selects_it_no_more_is_said(database: Database) -> None:
    Visitor(database, PAGE).hears(NOW - 40 * DAY, says("gpt-4o", Retires(on("2026-04-01"))))
    [alert] = reminded(database, [TEAM], 0)
    gone = reasons(database, alert, [])
    assert gone["watch"] == ["the watch 'team' is no longer configured"]
    assert gone["severity"] == ["info, as it was decided when it was written"]
    assert (gone["route"], gone["time"]) == (["channel ops"], ["written 2026-01-10 12:00 UTC, to leave at once"])
    other = replace(TEAM, models=("o1",), channels=("mail",))
    assert reasons(database, alert, [other])["watch"] == ["the watch 'team', as it is configured now, does not select it"]
    assert reasons(database, alert, [other])["route"] == [
        "channel ops, which the watch 'team' does not name now; another watch may, or [health], or it had been warned"
    ]


def test_every_selector_that_matches_is_named(database: Database) -> None:
    Visitor(database, PAGE).hears(
        NOW - 40 * DAY,
        says("gpt-4o-2024-11-20", Retires(on("2026-04-01"))),
        says("chatgpt-latest", AliasOf("gpt-4o-2024-11-20")),
        says("chatgpt-latest", Retires(on("2026-04-01"))),
    )
    narrow = Watch(
        "narrow",
        ("ops",),
        ("gpt-4o", "chatgpt-*"),
        ("openai",),
        lines=("gpt-4o",),
        surfaces=frozenset({Surface.API}),
        publishers=("openai",),
        stages=frozenset({Stage.DEPRECATED}),
    )
    [alert] = [alert for alert in reminded(database, [narrow, TEAM], 0) if alert.lifecycles[0].key.model == "gpt-4o-2024-11-20"]
    assert reasons(database, alert, [narrow, TEAM])["watch"] == [
        (
            "the watch 'narrow' selects it: models: 'gpt-4o' matches the line gpt-4o; lines: 'gpt-4o' is the line of its name; "
            "models: 'chatgpt-*' matches chatgpt-latest, which points to it; providers: openai; surfaces: openai is api; "
            "publishers: made by openai; stages: it was deprecated on that day"
        ),
        "the watch 'team' selects it: models: 'gpt-4*' matches its name, for the same channel",
    ]


def test_the_mutes_that_were_asked_are_named_with_why_they_did_not_silence_it(database: Database) -> None:
    visitor = Visitor(database, PAGE)
    visitor.hears(NOW - 40 * DAY, says("gpt-4o", Retires(on("2026-03-01"))))
    june = Mute(MuteTarget.MODEL, "gpt-4o", "openai", ends={"openai/gpt-4o": "2026-03-01"})
    with database.write() as ledger:
        ledger.acks.add(june, Signature("ann", "seen"), NOW - 30 * DAY)
        ledger.acks.add(Mute(MuteTarget.MODEL, "o1", ends={"openai/o1": ""}), Signature("ann", "other"), NOW - 30 * DAY)
        ledger.acks.add(replace(june, until=NOW - DAY), Signature("bob", "short"), NOW - 30 * DAY)
        ledger.acks.add(replace(june, ends={"openai/gpt-4o [region=eu]": "2026-03-01"}), Signature("cy", "eu"), NOW - 30 * DAY)
    moved = visitor.hears(NOW, says("gpt-4o", Retires(on("2026-04-01"))))
    with database.write() as ledger:
        [alert] = alerts_for(moved.events, moved.lifecycles, [TEAM], ledger.acks.mutes(NOW), NOW)
        ledger.outbox.add([alert])
    assert reasons(database, alert, [TEAM])["mute"] == [
        "ack 1 by ann (seen) did not: it was for 2026-03-01, not for 2026-04-01",
        "ack 3 by bob (short) did not: its day had come",
        "ack 4 by cy (eu) did not: it did not know that date",
    ]


def test_a_snooze_that_never_silences_such_news_is_named(database: Database) -> None:
    about = ModelKey("openai", "gpt-4o")
    Visitor(database, PAGE).hears(NOW - 40 * DAY, says("gpt-4o", Retires(on("2026-03-01"))))
    snooze = Mute(MuteTarget.WATCH, "team", until=NOW + DAY, ends={"openai/gpt-4o": "2026-03-01", ANY_KEY: ""})
    early = Alert("news:ops:x", AlertKind.NEWS, "ops", "team", "", NOW, (Event(EventKind.GONE_EARLY, about, NOW, "listed"),))
    price = Alert("news:ops:y", AlertKind.NEWS, "ops", "team", "", NOW, (Event(EventKind.PRICE_CHANGED, about, NOW, "input_price"),))
    with database.write() as ledger:
        ledger.acks.add(snooze, Signature("ann", "quiet"), NOW)
        ledger.outbox.add([early, price])
    assert reasons(database, early, [TEAM])["mute"] == ["snooze 1 by ann (quiet) did not: it never silences gone_early"]
    assert reasons(database, price, [TEAM])["mute"] == [
        "snooze 1 by ann (quiet) did not: it would have silenced it, but was written in the same moment"
    ]


def test_deliveries_are_told_with_what_became_of_them(database: Database) -> None:
    Visitor(database, PAGE).hears(NOW - 40 * DAY, says("gpt-4o", Retires(on("2026-04-01"))))
    [alert] = reminded(database, [TEAM], 0)
    with database.write() as ledger:
        [waiting] = ledger.outbox.claim_due(NOW, limit=9, lease=DAY)
    assert reasons(database, alert, [TEAM])["delivery"] == ["is on its way"]
    with database.write() as ledger:
        ledger.departures.assign({"MW-0000BEEF": [alert]})
        ledger.outbox.retry([waiting.alert_id], NOW, NOW, "HTTP 500")
        ledger.outbox.delivered([waiting.alert_id], NOW + DAY)
    assert reasons(database, alert, [TEAM])["delivery"] == [
        "attempt 1 at 2026-01-10 12:00 UTC: retry: HTTP 500",
        "attempt 2 at 2026-01-11 12:00 UTC: delivered",
        "in the message MW-0000BEEF, with the others that were due",
    ]
    assert [one.view.visible_id for one in explained(database, "mw-0000beef", [TEAM])] == [alert.visible_id]
    assert explained(database, "MW-00000000", [TEAM]) == ()


def test_what_was_acknowledged_while_it_waited_is_said(database: Database) -> None:
    Visitor(database, PAGE).hears(NOW - 40 * DAY, says("gpt-4o", Retires(on("2026-04-01"))))
    [alert] = reminded(database, [TEAM], 0)
    with database.write() as ledger:
        [view] = ledger.outbox.listing(AlertState.WAITING)
        ledger.muting.mute(view.alert_id, "ack 1 by ann: seen")
    assert reasons(database, alert, [TEAM])["delivery"] == ["does not leave: ack 1 by ann: seen"]


def test_a_digest_is_about_a_first_reading(database: Database) -> None:
    told = Visitor(database, PAGE).hears(NOW, says("gpt-4o", Retires(on("2026-02-01"))), says("gpt-4", Retires(on("2026-03-01"))))
    [digest] = digest_for("openai_page", told.lifecycles, [TEAM], (), NOW)
    with database.write() as ledger:
        ledger.outbox.add([digest])
    found = reasons(database, digest, [TEAM])
    assert found["occasion"] == ["the first reading of openai_page: the dates still ahead"]
    assert found["watch"][1:] == ["the same for 1 more: openai/gpt-4"]
    assert len(explained(database, digest.visible_id, [TEAM])[0].evidence) == 2


def test_news_about_a_source_takes_its_own_route(database: Database) -> None:
    event = Event(EventKind.SOURCE_STALE, ModelKey("openai", "openai_page"), NOW, "health", "good", "stale", "openai_page")
    [alert] = source_alerts([event], [TEAM], HealthSettings(("ops",)), NOW)
    with database.write() as ledger:
        ledger.outbox.add([alert])
    found = reasons(database, alert, [TEAM])
    assert found["watch"] == ["news about a source takes the route of [health], or goes to the channels of all watches that hear of it"]


@pytest.mark.parametrize("known", [True, False])
def test_a_date_that_is_not_known_any_more_and_a_promise_are_said(database: Database, known: bool) -> None:  # noqa: FBT001 - a case
    about = ModelKey("openai", "gpt-4o")
    fact = Retires(on("2026-02-09", floor=True), promise=True) if known else Listed()
    Visitor(database, PAGE).hears(NOW - 40 * DAY, says("gpt-4o", fact))
    with database.write() as ledger:
        [state] = ledger.claims.resolved(keys=[about]).values()
        key = "remind:ops:openai/gpt-4o:not_before:2026-02-09:30"
        alert = Alert(key, AlertKind.REMINDER, "ops", "team", "", NOW, (), (state,), 30)
        ledger.outbox.add([alert])
    found = reasons(database, alert, [TEAM])
    if known:
        assert found["occasion"] == ["30 days were left until not_before:2026-02-09, which crossed the lead time of 30 days"]
        assert found["severity"][0].startswith("info: a promise is info")
    else:
        assert found["occasion"] == ["a reminder of 30 days ahead; nothing is known any more of the date it counted to"]
        assert found["severity"] == ["info, as it was decided when it was written"]


def test_an_alert_about_a_channel_says_so(database: Database) -> None:
    [alert] = channel_alerts(ChannelNews("pager", broken=True, reason="HTTP 404"), ["ops"], "", NOW)
    with database.write() as ledger:
        ledger.outbox.add([alert])
    assert reasons(database, alert, [TEAM])["occasion"] == ["channel pager: HTTP 404"]
