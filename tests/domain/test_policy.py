"""Who is told what: watches, mutes, reminders by crossing, digests, news about sources."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from monitor.domain.claims import Authority, Claim
from monitor.domain.events import Event, EventKind
from monitor.domain.facts import AliasOf, Fact, InStage, Listed, Redirects, Retires, Stage
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.leads import crossed
from monitor.domain.policy.mutes import ANY_KEY, Mute, MuteTarget
from monitor.domain.policy.news import alerts_for, digest_for
from monitor.domain.policy.reminding import reminders
from monitor.domain.policy.watches import LEAD_TIMES, Watch
from monitor.domain.reconcile.resolve import resolve_all
from tests.builders import START, claim, day, key, listing, on, source, statement, when

ALL = Watch("everything", ("ops",), owner="platform")
JUNE = Retires(when("2026-06-01"))
PROMISE = Retires(when("2026-06-01", floor=True), promise=True)


def states(*claims: Claim) -> list[Lifecycle]:
    return list(resolve_all(claims).values())


def event(kind: EventKind = EventKind.RETIREMENT_SCHEDULED, about: str = "gpt-4.1-mini", fact: str = "retires") -> Event:
    return Event(kind, key(about), START, fact, "", "2026-06-01", "openai_deprecations")


def due(
    lifecycles: list[Lifecycle], at: str, sent: tuple[Alert, ...] = (), watch: Watch = ALL, mutes: tuple[Mute, ...] = ()
) -> list[Alert]:
    return list(reminders(lifecycles, [watch], mutes, {alert.idempotency_key for alert in sent}, on(at)))


def leads(lifecycles: list[Lifecycle], at: str, sent: tuple[Alert, ...] = (), watch: Watch = ALL) -> list[int | None]:
    return [alert.lead for alert in due(lifecycles, at, sent, watch)]


# Watches


@pytest.mark.parametrize(
    ("patterns", "name"),
    [
        ((), "anything"),
        (("gpt-4.1-mini",), "gpt-4.1-mini"),
        (("gpt-4.1-mini",), "gpt-4.1-mini-2025-04-14"),
        (("gpt-4.1-mini",), "openai/gpt-4.1-mini:free"),
        (("GPT-4.1 mini",), "gpt-4.1-mini"),
        (("gpt-4.1-mini",), "GPT-4.1 mini"),
        (("claude-*",), "Claude 3.5 Sonnet"),
        (("o1", "gpt-4*"), "gpt-4o"),
        (("*-preview",), "GPT-4o-Audio-Preview"),
    ],
)
def test_a_watch_selects_by_name_glob_and_line(patterns: tuple[str, ...], name: str) -> None:
    assert Watch("w", (), patterns).selects(key(name))


@pytest.mark.parametrize(
    ("pattern", "name"), [("gpt-4.1-mini", "gpt-4.1"), ("gpt-4", "gpt-4o"), ("gpt-4.1-mini-2025-04-14", "gpt-4.1-mini")]
)
def test_a_watch_does_not_select_other_models(pattern: str, name: str) -> None:
    assert not Watch("w", (), (pattern,)).selects(key(name))


def test_a_watch_can_be_for_some_providers_only() -> None:
    watch = Watch("w", (), providers=("azure", "openai"))
    assert watch.selects(key("gpt-4o", "azure"))
    assert not watch.selects(key("gpt-4o", "chatgpt"))


def test_a_watch_on_an_alias_selects_the_snapshot_that_it_points_to() -> None:
    watch = Watch("w", ("ops",), ("chatgpt-latest",))
    known = states(claim(statement(JUNE, "gpt-4o-2024-11-20")), claim(statement(AliasOf("gpt-4o-2024-11-20"), "chatgpt-latest")))
    assert [alert.lifecycles[0].key.model for alert in due(known, "2026-05-20", watch=watch)] == ["gpt-4o-2024-11-20"]
    assert len(digest_for("page", known, [watch], (), day(1))) == 1
    assert len(alerts_for([event(about="gpt-4o-2024-11-20")], known, [watch], (), day(1))) == 1
    assert due(known[:1], "2026-05-20", watch=watch) == []


# News


def test_news_about_one_model_is_one_alert_per_watch_and_channel() -> None:
    two = replace(ALL, channels=("ops", "mail"))
    events = [event(), event(EventKind.DEPRECATION_ANNOUNCED), event(about="o1")]
    found = alerts_for(events, states(claim(JUNE)), [two, Watch("mine", ("dm",), ("o1",))], (), START)
    assert [(alert.watch, alert.channel, len(alert.events)) for alert in found] == [
        ("everything", "ops", 2),
        ("everything", "mail", 2),
        ("everything", "ops", 1),
        ("everything", "mail", 1),
        ("mine", "dm", 1),
    ]
    assert len({alert.idempotency_key for alert in found}) == 5
    assert (found[0].kind, found[0].owner, found[0].lifecycles[0].key.model, found[2].lifecycles) == (
        AlertKind.NEWS,
        "platform",
        "gpt-4.1-mini",
        (),
    )


def test_the_same_news_has_the_same_name_and_other_news_of_the_instant_another() -> None:
    first, again, other = (alerts_for([what], (), [ALL], (), START)[0] for what in (event(), event(), event(EventKind.MODEL_RETIRED)))
    assert first.idempotency_key == again.idempotency_key != other.idempotency_key
    assert first.visible_id == again.visible_id
    assert first.visible_id.startswith("MW-")


def test_a_watch_hears_only_of_the_events_it_wants() -> None:
    def heard(kind: EventKind, watch: Watch = ALL) -> bool:
        return bool(alerts_for([event(kind, fact="stage")], (), [watch], (), START))

    quiet = {EventKind.MODEL_LISTED, EventKind.SPEC_CHANGED, EventKind.PRICE_CHANGED, EventKind.CLAIM_CORRECTED}
    assert {kind for kind in EventKind if not heard(kind)} == quiet
    assert heard(EventKind.PRICE_CHANGED, replace(ALL, events=frozenset({EventKind.PRICE_CHANGED})))


def test_a_corrected_end_is_heard_by_those_who_hear_of_moved_ones() -> None:
    corrected = event(EventKind.CLAIM_CORRECTED)
    assert alerts_for([corrected], (), [ALL], (), START)
    assert not alerts_for([corrected], (), [replace(ALL, events=frozenset({EventKind.MODEL_LISTED}))], (), START)


def test_news_about_a_source_concerns_every_watch() -> None:
    drifted = event(EventKind.SOURCE_DRIFTED, "openai_deprecations")
    found = alerts_for([drifted], (), [Watch("mine", ("dm",), ("o1",), ("azure",))], (), START)
    assert [alert.channel for alert in found] == ["dm"]


# Mutes


def test_a_snooze_silences_until_its_instant() -> None:
    snooze = Mute(MuteTarget.MODEL, "gpt-4.1-mini", "openai", until=day(5))
    known = states(claim(JUNE))
    assert alerts_for([event()], known, [ALL], [snooze], day(4)) == ()
    assert len(alerts_for([event()], known, [ALL], [snooze], day(5))) == 1
    assert len(alerts_for([event(about="o1")], known, [ALL], [snooze], day(4))) == 1


def test_an_acknowledgement_silences_until_the_date_moves() -> None:
    ack = (Mute(MuteTarget.MODEL, "gpt-4.1-mini", "openai", ends={ANY_KEY: "2026-06-01"}),)
    assert due(states(claim(JUNE)), "2026-05-20", mutes=ack) == []
    assert digest_for("page", states(claim(JUNE)), [ALL], ack, START) == ()
    moved = states(claim(Retires(when("2026-07-01"))))
    assert len(alerts_for([event(EventKind.RETIREMENT_MOVED)], moved, [ALL], ack, START)) == 1
    assert [alert.lead for alert in due(moved, "2026-06-20", mutes=ack)] == [14]
    assert not ack[0].covers(key(), None, ALL, START)


def test_a_mute_is_for_one_model_of_one_provider() -> None:
    mute = Mute(MuteTarget.MODEL, "gpt-4.1-mini", "openai")
    assert mute.covers(key(), JUNE.on, ALL, START)
    assert mute.covers(key(tier="free"), None, ALL, START)
    assert not mute.covers(key(provider="azure"), JUNE.on, ALL, START)


@pytest.mark.parametrize(
    ("target", "name", "covered"),
    [
        (MuteTarget.LINE, "gpt-4.1-mini", True),
        (MuteTarget.LINE, "gpt-4.1", False),
        (MuteTarget.WATCH, "everything", True),
        (MuteTarget.WATCH, "mine", False),
        (MuteTarget.OWNER, "platform", True),
        (MuteTarget.OWNER, "", False),
    ],
)
def test_a_mute_may_be_for_a_line_a_watch_or_an_owner(target: MuteTarget, name: str, covered: bool) -> None:  # noqa: FBT001 - a case
    snapshot = key("gpt-4.1-mini-2025-04-14")
    assert Mute(target, name).covers(snapshot, JUNE.on, ALL, START) is covered


def test_an_acknowledgement_does_not_cover_what_it_did_not_know() -> None:
    ack = Mute(MuteTarget.WATCH, "everything", ends={str(key()): "2026-06-01"})
    assert ack.covers(key(), JUNE.on, ALL, START)
    assert not ack.covers(key("o1"), JUNE.on, ALL, START)


# Digest


def test_the_digest_of_a_first_reading_lists_the_dates_still_ahead_nearest_first() -> None:
    known = states(
        claim(JUNE),
        claim(statement(Retires(when("2026-03-01")), "o1")),
        claim(statement(Redirects(when("2026-04-01")), "o3")),
        claim(statement(Retires(when("2025-03-01")), "gone")),
        claim(statement(PROMISE, "promised")),
        claim(statement(Listed(), "listed")),
        claim(statement(Retires(when("2026-09-01")), "dead")),
        claim(statement(InStage(Stage.RETIRED), "dead")),
    )
    (digest,) = digest_for("openai_deprecations", known, [ALL, Watch("none", ("dm",), ("zzz",))], (), START)
    assert [state.key.model for state in digest.lifecycles] == ["o1", "o3", "gpt-4.1-mini"]
    assert (digest.kind, digest.channel, digest.events) == (AlertKind.DIGEST, "ops", ())


# Reminders


@pytest.mark.parametrize(
    ("days_left", "lead"), [(91, None), (90, 90), (61, 90), (60, 60), (29, 30), (2, 3), (1, 1), (0, 0), (-1, 0), (-90, 0), (-91, None)]
)
def test_a_date_crosses_lead_times(days_left: int, lead: int | None) -> None:
    assert crossed(LEAD_TIMES, days_left) == lead


def test_without_lead_times_nothing_is_crossed() -> None:
    assert crossed((), 0) is None
    assert leads(states(claim(JUNE)), "2026-06-01", watch=replace(ALL, lead_times=())) == []


def test_each_lead_time_is_reminded_of_once() -> None:
    known, sent, found = states(claim(JUNE)), list[Alert](), []
    for number in range(160):
        now = date.fromordinal(START.date().toordinal() + number).isoformat()
        new = due(known, now, tuple(sent))
        found += [(now, alert.lead) for alert in new]
        sent += new
    assert found == [
        ("2026-03-03", 90),
        ("2026-04-02", 60),
        ("2026-05-02", 30),
        ("2026-05-18", 14),
        ("2026-05-25", 7),
        ("2026-05-29", 3),
        ("2026-05-31", 1),
        ("2026-06-01", 0),
    ]


def test_after_a_downtime_one_reminder_comes_the_most_urgent() -> None:
    known = states(claim(JUNE))
    sent = tuple(due(known, "2026-03-10"))
    late = due(known, "2026-05-26", sent)
    assert [alert.lead for alert in (*sent, *late)] == [90, 7]
    assert leads(known, "2026-05-27", (*sent, *late)) == []


def test_a_date_that_passed_during_a_downtime_is_still_told_while_the_model_is_not_retired() -> None:
    month = states(claim(Retires(when("2026-06"))))
    assert leads(month, "2026-06-05") == [0]
    assert leads(month, "2026-06-06", tuple(due(month, "2026-06-05"))) == []
    assert leads(month, "2026-07-02") == []
    floor = states(claim(Retires(when("2026-06-01", floor=True))))
    assert leads(floor, "2026-07-02") == [0]
    assert leads(floor, "2027-07-02") == []


def test_an_announcement_consumes_the_lead_times_it_arrives_behind() -> None:
    late = states(claim(JUNE, seen=on("2026-05-26")))
    assert leads(late, "2026-05-26") == []
    assert leads(late, "2026-05-28") == []
    assert leads(late, "2026-05-29") == [3]


def test_an_announcement_on_the_day_itself_needs_no_reminder() -> None:
    assert leads(states(claim(JUNE, seen=on("2026-06-01", "01:00"))), "2026-06-01") == []


def test_another_source_that_repeats_a_date_consumes_nothing() -> None:
    first = claim(JUNE, source("litellm", authority=Authority.AGGREGATOR))
    assert leads(states(first, claim(JUNE, seen=on("2026-05-25"))), "2026-05-25") == [7]


def test_a_moved_date_rearms() -> None:
    sent = tuple(due(states(claim(JUNE)), "2026-05-20"))
    moved = states(claim(Retires(when("2026-09-01")), seen=on("2026-05-21")))
    assert [alert.lead for alert in sent] == [14]
    assert leads(moved, "2026-05-21", sent) == []
    assert leads(moved, "2026-08-02", sent) == [30]


def test_the_bound_is_part_of_the_date() -> None:
    sent = tuple(due(states(claim(Retires(when("2026-06-01", floor=True)))), "2026-05-20"))
    assert leads(states(claim(JUNE)), "2026-05-20", sent) == [14]


def test_a_printed_time_does_not_rearm() -> None:
    sent = tuple(due(states(claim(JUNE)), "2026-05-20"))
    assert leads(states(claim(Retires(when("2026-06-01", at=on("2026-06-01"))))), "2026-05-20", sent) == []


def test_reminders_count_to_the_first_moment_a_date_can_mean() -> None:
    assert leads(states(claim(Retires(when("2026-06")))), "2026-05-31") == [1]
    assert leads(states(claim(Retires(when("2026-Q3")))), "2026-06-30") == [1]


def test_reminders_count_to_a_redirect_that_comes_first() -> None:
    assert leads(states(claim(JUNE), claim(Redirects(when("2026-04-01")))), "2026-03-31") == [1]


def test_a_promise_has_soft_reminders() -> None:
    promised = states(claim(PROMISE))
    assert [leads(promised, at) for at in ("2026-05-01", "2026-05-02", "2026-06-01")] == [[], [30], [0]]
    assert leads(promised, "2026-05-28", tuple(due(promised, "2026-05-02"))) == []


def test_a_redirect_is_reminded_of_in_full_though_the_retirement_is_only_promised() -> None:
    assert leads(states(claim(PROMISE), claim(Redirects(when("2026-09-01")))), "2026-08-25") == [7]


def test_a_promise_that_becomes_a_schedule_stands_for_the_lead_times_it_arrives_behind() -> None:
    scheduled = states(claim(Retires(PROMISE.on), seen=on("2026-05-20")))
    assert leads(scheduled, "2026-05-20") == []
    assert leads(scheduled, "2026-05-25") == [7]


def test_a_watch_has_its_own_lead_times_and_may_be_new() -> None:
    assert leads(states(claim(JUNE)), "2026-05-20", watch=replace(ALL, lead_times=(45, 10))) == [45]


@pytest.mark.parametrize("fact", [InStage(Stage.RETIRED), Listed()])
def test_what_is_retired_or_gone_is_not_reminded_of(fact: Fact) -> None:
    gone: datetime | None = day(2) if fact == Listed() else None
    assert due(states(claim(JUNE), claim(fact, listing(), missing=gone, gone=gone)), "2026-05-20") == []


def test_what_has_no_end_or_is_not_watched_is_not_reminded_of() -> None:
    assert due(states(claim(Listed())), "2026-05-20") == []
    assert due(states(claim(JUNE)), "2026-05-20", watch=Watch("w", ("ops",), ("o1",))) == []


def test_every_channel_is_reminded_for_itself() -> None:
    two = replace(ALL, channels=("ops", "mail"))
    first = due(states(claim(JUNE)), "2026-05-20", watch=two)
    assert [(alert.channel, alert.lead, alert.owner) for alert in first] == [("ops", 14, "platform"), ("mail", 14, "platform")]
    assert [alert.channel for alert in due(states(claim(JUNE)), "2026-05-20", (first[0],), two)] == ["mail"]
