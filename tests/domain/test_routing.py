"""Where alerts go and how urgent they are: severity, escalation, shared channels, the all-clear, the route of news about sources."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.domain.claims import Claim
from monitor.domain.events import ABOUT_SOURCES, Event, EventKind
from monitor.domain.facts import Fact, InStage, Listed, Redirects, Retires, Stage
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.news import alerts_for, cleared, digest_for
from monitor.domain.policy.reminding import reminders
from monitor.domain.policy.routing import HealthSettings, source_alerts, ways_round
from monitor.domain.policy.severity import Nearness, Severity, news_severity, reminder_severity, worst
from monitor.domain.policy.tellings import Warned
from monitor.domain.policy.timing import Digest, Timing
from monitor.domain.policy.watches import Watch
from monitor.domain.providers import Surface
from monitor.domain.reconcile.resolve import resolve_all
from tests.builders import START, claim, day, key, on, statement, when

INFO, WARNING, CRITICAL = Severity
JUNE = Retires(when("2026-06-01"))
PROMISE = Retires(when("2026-06-01", floor=True), promise=True)
PAGER = Watch("prod", ("team",), owner="us", escalate={CRITICAL: ("pager",), WARNING: ("lead",)})
WEEKLY = Timing(digest=Digest(weekday=0))


def states(*claims: Claim) -> list[Lifecycle]:
    return list(resolve_all(claims).values())


def event(kind: EventKind = EventKind.RETIREMENT_SCHEDULED, after: str = "2026-06-01", fact: str = "retires", before: str = "") -> Event:
    return Event(kind, key(), START, fact, before, after, "openai_deprecations")


def news(events: list[Event], at: str, *watches: Watch, known: list[Lifecycle] | None = None) -> list[Alert]:
    return list(alerts_for(events, states(claim(JUNE)) if known is None else known, watches, (), on(at)))


def to(alerts: list[Alert] | tuple[Alert, ...]) -> list[str]:
    return [alert.channel for alert in alerts]


# Severity


@pytest.mark.parametrize(
    ("happened", "today", "severity"),
    [
        (event(), "2026-05-01", WARNING),
        (event(), "2026-05-25", CRITICAL),
        (event(), "2026-05-24", WARNING),
        (event(EventKind.RETIREMENT_MOVED), "2026-05-26", CRITICAL),
        (event(EventKind.REDIRECT_SCHEDULED, fact="redirects"), "2026-05-31", CRITICAL),
        (event(after="not_before:2026-06-01"), "2026-05-31", CRITICAL),
        (event(EventKind.CLAIM_CORRECTED), "2026-05-31", CRITICAL),
        (event(EventKind.CLAIM_CORRECTED), "2026-03-31", WARNING),
        (event(EventKind.CLAIM_CORRECTED, ""), "2026-05-31", INFO),
        (event(EventKind.CLAIM_CORRECTED, "8192", "context_window"), "2026-05-31", INFO),
        (event(EventKind.RETIREMENT_REFINED), "2026-05-31", INFO),
        (event(EventKind.RETIREMENT_CANCELLED, ""), "2026-05-31", INFO),
        (event(EventKind.MODEL_RETIRED), "2026-06-02", CRITICAL),
        (event(EventKind.GONE_EARLY), "2026-03-02", CRITICAL),
        (event(EventKind.OUTLIVED_RETIREMENT), "2026-06-03", WARNING),
        (event(EventKind.DEPRECATION_ANNOUNCED, "2026-05-31", "deprecated"), "2026-05-31", WARNING),
        (event(EventKind.MODEL_LISTED, "", "listed"), "2026-05-31", INFO),
        (event(EventKind.SOURCE_FAILED, "failing", "health"), "2026-05-31", WARNING),
        (event(EventKind.SOURCE_RECOVERED, "good", "health"), "2026-05-31", INFO),
    ],
)
def test_news_is_urgent_by_its_kind_and_by_how_near_the_day_is(happened: Event, today: str, severity: Severity) -> None:
    assert news_severity(happened, None, date.fromisoformat(today)) is severity


def test_a_printed_instant_counts_by_its_own_day() -> None:
    (state,) = states(claim(Retires(when("2026-06-01", at=on("2026-06-02", "03:00")))))
    assert news_severity(event(), state, date(2026, 5, 25)) is WARNING
    assert news_severity(event(), state, date(2026, 5, 26)) is CRITICAL


def test_a_promise_is_never_more_than_information() -> None:
    (state,) = states(claim(PROMISE))
    assert news_severity(event(after="not_before:2026-06-01"), state, date(2026, 5, 31)) is INFO
    assert news_severity(event(EventKind.MODEL_RETIRED), state, date(2026, 6, 2)) is CRITICAL
    assert reminder_severity(state, PROMISE.on, date(2026, 5, 31)) is INFO


@pytest.mark.parametrize(("left", "severity"), [(31, INFO), (30, WARNING), (8, WARNING), (7, CRITICAL), (0, CRITICAL), (-3, CRITICAL)])
def test_a_reminder_is_as_urgent_as_the_days_left(left: int, severity: Severity) -> None:
    (state,) = states(claim(JUNE))
    assert reminder_severity(state, JUNE.on, JUNE.on.first_day - timedelta(days=left)) is severity


def test_a_watch_may_find_other_days_near() -> None:
    own = Nearness(90, 14)
    assert [own.of(left) for left in (91, 90, 15, 14)] == [INFO, WARNING, WARNING, CRITICAL]
    early = replace(PAGER, nearness=own)
    assert [alert.severity for alert in news([event()], "2026-05-20", early)] == [CRITICAL] * 3
    assert worst(()) is INFO


# What a watch selects


@pytest.mark.parametrize(
    ("watch", "selected"),
    [
        (Watch("w", (), lines=("GPT-4.1 mini",)), True),
        (Watch("w", (), lines=("openai/gpt-4.1-mini-2025-04-14",)), True),
        (Watch("w", (), lines=("gpt-4.1",)), False),
        (Watch("w", (), ("o1",), lines=("gpt-4.1-mini",)), True),
        (Watch("w", (), ("gpt-*",), lines=("o1",)), True),
        (Watch("w", (), surfaces=frozenset({Surface.API, Surface.CLOUD})), True),
        (Watch("w", (), surfaces=frozenset({Surface.APP})), False),
        (Watch("w", (), publishers=("openai", "anthropic")), True),
        (Watch("w", (), publishers=("anthropic",)), False),
        (Watch("w", (), ("gpt-*",), publishers=("openai",), surfaces=frozenset({Surface.ROUTER})), False),
    ],
)
def test_a_watch_narrows_by_line_surface_and_publisher(watch: Watch, *, selected: bool) -> None:
    assert watch.selects(key()) is selected


def test_a_line_takes_its_aliases_along() -> None:
    assert Watch("w", (), lines=("chatgpt-latest",)).selects(key("gpt-4o-2024-11-20"), ["chatgpt-latest"])


@pytest.mark.parametrize(
    ("stage", "heard"), [(Stage.DEPRECATED, True), (Stage.ACTIVE, True), (Stage.PREVIEW, False), (Stage.RETIRED, False)]
)
def test_a_watch_of_a_stage_hears_of_what_enters_and_of_what_leaves_it(stage: Stage, *, heard: bool) -> None:
    watch = replace(PAGER, stages=frozenset({stage}))
    assert bool(news([event()], "2026-03-01", watch)) is heard


@pytest.mark.parametrize(("stage", "heard"), [(Stage.RETIRED, True), (Stage.DEPRECATED, True), (Stage.ACTIVE, False)])
def test_who_watches_what_is_deprecated_hears_that_it_is_retired(stage: Stage, *, heard: bool) -> None:
    retired = event(EventKind.MODEL_RETIRED)
    assert bool(news([retired], "2026-06-23", replace(PAGER, stages=frozenset({stage})))) is heard


@pytest.mark.parametrize(("stage", "heard"), [(Stage.PREVIEW, True), (Stage.ACTIVE, False)])
def test_the_stage_that_a_page_prints_is_the_one_that_an_announcement_ends(stage: Stage, *, heard: bool) -> None:
    known = states(claim(JUNE), claim(InStage(Stage.PREVIEW)))
    assert bool(news([event()], "2026-01-01", replace(PAGER, stages=frozenset({stage})), known=known)) is heard


def test_what_nothing_is_believed_about_is_of_no_known_stage() -> None:
    assert news([event()], "2026-03-01", replace(PAGER, stages=frozenset({Stage.UNKNOWN})), known=[])
    assert not news([event()], "2026-03-01", replace(PAGER, stages=frozenset({Stage.DEPRECATED})), known=[])


def test_reminders_and_digests_are_for_the_stage_of_the_day() -> None:
    known = states(claim(JUNE))
    active, deprecated = (replace(PAGER, stages=frozenset({stage})) for stage in (Stage.ACTIVE, Stage.DEPRECATED))
    assert [to(reminders(known, [watch], (), (), on("2026-04-03"))) for watch in (active, deprecated)] == [[], ["team"]]
    assert [to(digest_for("page", known, [watch], (), on("2026-04-03"))) for watch in (active, deprecated)] == [[], ["team"]]


# Escalation


def test_news_goes_to_those_who_are_called_in_for_its_urgency_or_for_less() -> None:
    assert to(news([event(EventKind.MODEL_LISTED, "", "listed")], "2026-03-01", replace(PAGER, events=frozenset(EventKind)))) == ["team"]
    assert to(news([event()], "2026-03-01", PAGER)) == ["team", "lead"]
    found = news([event()], "2026-05-27", PAGER)
    assert [(alert.channel, alert.severity, alert.owner) for alert in found] == [
        ("team", CRITICAL, "us"),
        ("lead", CRITICAL, "us"),
        ("pager", CRITICAL, "us"),
    ]


def lived(known: list[Lifecycle], watches: list[Watch], first: str = "2026-02-25", days: int = 110) -> list[tuple[str, str, int | None]]:
    """The reminders of each day: day, channel, days left at writing."""
    sent, found = set[str](), []
    for number in range(days):
        now = on(first) + timedelta(days=number)
        for alert in reminders(known, watches, (), sent, now):
            sent.add(alert.idempotency_key)
            found.append((f"{now:%m-%d}", alert.channel, alert.lead))
    return found


def test_a_channel_is_called_in_when_the_day_comes_close_and_stays() -> None:
    watch = replace(PAGER, lead_times=(60, 14, 1))
    assert lived(states(claim(JUNE)), [watch]) == [
        ("04-02", "team", 60),
        ("05-02", "lead", 30),  # no lead time of the watch, but the day it becomes a warning
        ("05-18", "team", 14),
        ("05-18", "lead", 14),
        ("05-25", "pager", 7),
        ("05-31", "team", 1),
        ("05-31", "lead", 1),
        ("05-31", "pager", 1),
    ]


def test_an_announcement_stands_only_for_the_lead_times_of_those_who_heard_it() -> None:
    late = states(claim(JUNE, seen=on("2026-05-20")))
    watch = replace(PAGER, lead_times=(30, 14))
    assert to(news([event()], "2026-05-20", watch, known=late)) == ["team", "lead"]
    assert lived(late, [watch], "2026-05-20") == [("05-25", "pager", 7)]


def test_an_announcement_five_days_ahead_is_critical_at_once_and_nobody_is_reminded_of_what_it_said() -> None:
    late = states(claim(JUNE, seen=on("2026-05-27")))
    digest = replace(PAGER, timing=WEEKLY)
    found = news([event()], "2026-05-27", digest, known=late)
    assert [(alert.channel, alert.severity, alert.due_at) for alert in found] == [
        ("team", CRITICAL, None),
        ("lead", CRITICAL, None),
        ("pager", CRITICAL, None),
    ]
    assert [day for day, _, _ in lived(late, [digest], "2026-05-27")] == ["05-29"] * 3 + ["05-31"] * 3 + ["06-01"] * 3


def test_who_hears_of_no_announcement_is_reminded_of_what_it_would_have_stood_for() -> None:
    late = states(claim(JUNE, seen=on("2026-05-27")))
    deaf = replace(PAGER, events=frozenset({EventKind.MODEL_RETIRED}))
    assert news([event()], "2026-05-27", deaf, known=late) == []
    assert lived(late, [deaf], "2026-05-27")[0] == ("05-27", "team", 7)


def test_a_missed_week_calls_in_once_whoever_should_have_been() -> None:
    known = states(claim(JUNE))
    before = reminders(known, [PAGER], (), (), on("2026-05-18"))
    after = reminders(known, [PAGER], (), {alert.idempotency_key for alert in before}, on("2026-05-28"))
    assert [(alert.channel, alert.lead, alert.severity) for alert in after] == [
        ("team", 7, CRITICAL),
        ("lead", 7, CRITICAL),
        ("pager", 7, CRITICAL),
    ]


def test_a_date_that_passed_unnoticed_is_told_to_those_called_in_for_as_long_as_to_the_others() -> None:
    floor = states(claim(Retires(when("2026-06-01", floor=True))))
    assert to(reminders(floor, [PAGER], (), (), on("2026-07-02"))) == ["team", "lead", "pager"]


def test_a_promise_calls_nobody_in() -> None:
    assert to(reminders(states(claim(PROMISE)), [PAGER], (), (), on("2026-06-01"))) == ["team"]


def test_a_channel_of_the_watch_itself_is_not_called_in() -> None:
    own = replace(PAGER, channels=("team", "pager"))
    assert [channel for _, channel, lead in lived(states(claim(JUNE)), [own]) if lead == 90] == ["team", "pager"]


# Two watches, one channel


def test_a_channel_that_two_watches_share_is_told_once_in_the_name_of_the_first() -> None:
    first, second = Watch("a", ("ops",), owner="one"), Watch("b", ("ops", "dm"), owner="two")
    found = news([event()], "2026-03-01", first, second)
    assert [(alert.channel, alert.watch, alert.owner) for alert in found] == [("ops", "a", "one"), ("dm", "b", "two")]
    told = reminders(states(claim(JUNE)), [first, second], (), (), on("2026-05-20"))
    assert [(alert.channel, alert.watch) for alert in told] == [("ops", "a"), ("dm", "b")]
    listed = digest_for("page", states(claim(JUNE)), [first, second], (), on("2026-05-20"))
    assert [(alert.channel, alert.watch) for alert in listed] == [("ops", "a"), ("dm", "b")]


def test_a_shared_alert_says_all_that_either_watch_wants_as_urgently_and_as_early_as_either_asks() -> None:
    slow = Watch("a", ("ops",), timing=WEEKLY, events=frozenset({EventKind.RETIREMENT_SCHEDULED}))
    quick = Watch("b", ("ops",), nearness=Nearness(100, 100), events=frozenset({EventKind.REPLACEMENT_NAMED}))
    both = [event(), event(EventKind.REPLACEMENT_NAMED, "gpt-5", "replaced_by")]
    (alert,) = news(both, "2026-03-04", slow, quick)
    assert ([one.kind for one in alert.events], alert.watch, alert.due_at) == ([one.kind for one in both], "a", None)
    (reminder,) = reminders(states(claim(JUNE)), [slow, quick], (), (), on("2026-04-02"))
    assert (reminder.severity, reminder.due_at) == (CRITICAL, None)
    daily = replace(quick, timing=Timing(digest=Digest()))
    (waiting,) = news(both, "2026-03-04", slow, replace(daily, nearness=Nearness()))
    assert waiting.due_at == on("2026-03-05", "09:00")


def test_the_lead_times_of_two_watches_on_one_channel_are_crossed_together() -> None:
    first, second = Watch("a", ("ops",), lead_times=(60, 7)), Watch("b", ("ops",), lead_times=(14, 7, 1))
    assert [lead for _, _, lead in lived(states(claim(JUNE)), [first, second])] == [60, 14, 7, 1]


def test_a_shared_digest_lists_what_either_watch_selects_nearest_first() -> None:
    known = states(claim(JUNE), claim(statement(Retires(when("2026-03-01")), "o1")), claim(statement(Listed(), "o3")))
    watches = [Watch("a", ("ops",), ("gpt-*",)), Watch("b", ("ops",), ("o1",))]
    (alert,) = digest_for("page", known, watches, (), on("2026-02-25"))
    assert ([state.key.model for state in alert.lifecycles], alert.severity) == (["o1", "gpt-4.1-mini"], CRITICAL)


def test_what_an_older_program_reminded_of_is_not_reminded_of_again() -> None:
    old = {"remind:prod:team:openai/gpt-4.1-mini:exact:2026-06-01:14"}
    assert to(reminders(states(claim(JUNE)), [PAGER], (), old, on("2026-05-20"))) == ["lead"]


# The all-clear


CANCELLED = event(EventKind.RETIREMENT_CANCELLED, "", before="2026-06-01")


@pytest.mark.parametrize(
    ("happened", "clears"),
    [
        (CANCELLED, True),
        (event(EventKind.CLAIM_CORRECTED, "", before="2026-06-01"), True),
        (event(EventKind.CLAIM_CORRECTED, "2026-07-01", before="2026-06-01"), False),
        (event(EventKind.CLAIM_CORRECTED, "", "context_window", "8192"), False),
        (event(EventKind.RETIREMENT_MOVED), False),
    ],
)
def test_an_end_is_cleared_when_it_is_cancelled_or_was_never_said(happened: Event, *, clears: bool) -> None:
    assert cleared([happened]) == (frozenset({key()}) if clears else frozenset())


def test_whoever_was_warned_is_told_the_all_clear_whatever_the_watches_say_now() -> None:
    deaf = replace(PAGER, events=frozenset({EventKind.MODEL_RETIRED}), timing=WEEKLY)
    warned = {key(): (Warned("pager", "prod", "us", CRITICAL), Warned("team", "prod", "us", WARNING), Warned("dm", "gone", "her", INFO))}
    found = alerts_for([CANCELLED], states(claim(Listed())), [deaf], (), on("2026-05-27"), warned)
    assert [(alert.channel, alert.watch, alert.owner, alert.severity, alert.due_at) for alert in found] == [
        ("pager", "prod", "us", INFO, None),  # as its warning did
        ("team", "prod", "us", INFO, on("2026-06-01", "09:00")),
        ("dm", "gone", "her", INFO, None),
    ]
    assert {alert.events for alert in found} == {(CANCELLED,)}


def test_who_hears_the_all_clear_anyway_hears_it_once() -> None:
    warned = {key(): (Warned("team", "prod", "us", CRITICAL), Warned("pager", "prod", "us", CRITICAL))}
    named = event(EventKind.REPLACEMENT_NAMED, "gpt-5", "replaced_by")
    found = alerts_for([CANCELLED, named], states(claim(Listed())), [replace(PAGER, timing=WEEKLY)], (), on("2026-05-27"), warned)
    assert [(alert.channel, len(alert.events), alert.due_at) for alert in found] == [("team", 2, None), ("pager", 1, None)]


def test_other_news_of_the_key_is_nothing_to_those_who_were_warned() -> None:
    warned = {key(): (Warned("pager", "prod", "us", CRITICAL),)}
    assert to(alerts_for([event(EventKind.RETIREMENT_MOVED)], states(claim(JUNE)), [PAGER], (), START, warned)) == ["team", "lead"]


# News about sources, and about channels


def drifted(kind: EventKind = EventKind.SOURCE_DRIFTED) -> Event:
    return Event(kind, key("openai_deprecations"), START, "health", "good", "drifting", "openai_deprecations")


def test_news_about_a_source_is_told_once_to_each_channel_whatever_is_watched() -> None:
    watches = [Watch("a", ("ops", "dm"), ("o1",), ("azure",), "one"), Watch("b", ("ops", "mail"), owner="two", timing=WEEKLY)]
    found = source_alerts([drifted(), event()], watches, HealthSettings(owner="nobody"), day(1))
    assert [(alert.channel, alert.watch, alert.owner, alert.severity, alert.due_at) for alert in found] == [
        ("ops", "a", "one", WARNING, None),
        ("dm", "a", "one", WARNING, None),
        ("mail", "b", "two", WARNING, on("2026-01-12", "09:00")),
    ]
    assert {alert.kind for alert in found} == {AlertKind.NEWS}
    assert alerts_for([drifted()], (), watches, (), day(1)) == ()


def test_who_wants_no_news_about_sources_gets_none() -> None:
    deaf = Watch("a", ("ops",), events=frozenset(EventKind) - ABOUT_SOURCES)
    assert source_alerts([drifted()], [deaf], HealthSettings(), day(1)) == ()


def test_with_a_route_of_its_own_news_about_sources_goes_there_at_once() -> None:
    deaf = Watch("a", ("ops",), events=frozenset({EventKind.MODEL_RETIRED}), timing=WEEKLY)
    found = source_alerts([drifted(), drifted(EventKind.SOURCE_RECOVERED)], [deaf], HealthSettings(("sre", "sre"), "keeper"), day(1))
    assert [(alert.channel, alert.watch, alert.owner, alert.severity, alert.due_at) for alert in found] == [
        ("sre", "health", "keeper", WARNING, None),
        ("sre", "health", "keeper", INFO, None),
    ]
    assert len({alert.idempotency_key for alert in found}) == 2


@pytest.mark.parametrize(
    ("named", "configured", "ways"),
    [
        (("sre",), ("team", "sre"), ("sre",)),
        (("team", "sre"), ("team", "sre"), ("sre",)),
        (("team",), ("team", "mail", "dm"), ("mail", "dm")),
        ((), ("team", "mail"), ("mail",)),
        ((), ("team",), ("log",)),
    ],
)
def test_a_channel_that_takes_nothing_is_reported_through_another(
    named: tuple[str, ...], configured: tuple[str, ...], ways: tuple[str, ...]
) -> None:
    assert ways_round("team", HealthSettings(named), configured, "log") == ways


@pytest.mark.parametrize("fact", [JUNE, Redirects(when("2026-06-01"))])
def test_the_text_of_a_reminder_is_as_urgent_as_on_the_day_it_was_written(fact: Fact) -> None:
    assert [alert.severity for alert in reminders(states(claim(fact)), [Watch("w", ("a",))], (), (), on("2026-05-20"))] == [WARNING]
