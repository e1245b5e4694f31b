"""What the calendar brings: retirements, early goings, outlived dates, doomed replacements; each once."""

from datetime import datetime, timedelta

import pytest

from monitor.domain.calendar import Calendar, awaited, calendar_events, next_change
from monitor.domain.claims import Authority, Claim
from monitor.domain.events import Event, EventKind
from monitor.domain.facts import AliasOf, Fact, InStage, Listed, Redirects, ReplacedBy, Retires, Stage
from monitor.domain.policy.reminding import reminders
from monitor.domain.policy.watches import Watch
from monitor.domain.reconcile.resolve import resolve_all
from tests.builders import claim, day, key, listing, on, source, statement, when

DAY = Retires(when("2026-02-13"))
FLOOR = Retires(when("2026-02-13", floor=True))
API = listing()
AFTER = on("2026-02-14", "12:00")


def events(claims: list[Claim], now: datetime, known: Calendar | None = None) -> tuple[Event, ...]:
    return calendar_events(resolve_all(claims).values(), known or Calendar(), now)


def kinds(claims: list[Claim], now: datetime, known: Calendar | None = None) -> list[EventKind]:
    return [event.kind for event in events(claims, now, known)]


def listed_until(read_at: datetime | None) -> Calendar:
    return Calendar(last_good={"openai_models": read_at} if read_at else {})


def test_a_model_whose_date_has_passed_is_retired() -> None:
    assert kinds([claim(DAY)], on("2026-02-14", "11:59")) == []
    (event,) = events([claim(DAY)], AFTER)
    assert (event.kind, event.fact, event.after, event.quote) == (
        EventKind.MODEL_RETIRED,
        "retires",
        "2026-02-13",
        "as it stands on the page",
    )


def test_a_calendar_event_is_written_once() -> None:
    (event,) = events([claim(DAY)], AFTER)
    assert events([claim(DAY)], AFTER, Calendar({(event.kind, event.key, event.after)})) == ()


def test_a_model_that_is_called_retired_has_retired_on_that_word() -> None:
    word = claim(InStage(Stage.RETIRED), seen=day(10))
    (plain,) = events([word, claim(Listed())], day(10))
    assert (plain.kind, plain.fact, plain.after) == (EventKind.MODEL_RETIRED, "stage", "2026-01-20")
    (floor,) = events([word, claim(FLOOR)], day(10))
    assert (floor.fact, floor.after) == ("stage", "not_before:2026-02-13")


def test_what_happened_before_a_model_was_known_is_no_news() -> None:
    assert kinds([claim(DAY, seen=on("2026-03-01"))], on("2026-03-02")) == []
    assert kinds([claim(InStage(Stage.RETIRED))], day(1)) == []
    known = Calendar(last_good={"openai_models": on("2026-04-01")})
    assert kinds([claim(DAY, seen=on("2026-03-01")), claim(Listed(), API, on("2026-03-01"))], on("2026-04-01"), known) == []


def test_a_floor_retires_nothing() -> None:
    assert kinds([claim(FLOOR), claim(Listed(), API)], on("2027-01-01"), listed_until(on("2027-01-01"))) == []


def test_a_model_that_leaves_its_listing_before_its_day_has_gone_early() -> None:
    gone = claim(Listed(), API, missing=on("2026-02-12"), gone=on("2026-02-13"))
    (event,) = events([claim(DAY), gone], on("2026-02-13"))
    assert (event.kind, event.source, event.after) == (EventKind.GONE_EARLY, "openai_models", "2026-02-13")


def test_a_model_that_leaves_its_listing_on_its_day_has_not() -> None:
    gone = claim(Listed(), API, missing=on("2026-02-13"), gone=on("2026-02-14"))
    assert kinds([claim(DAY), gone], on("2026-02-14")) == [EventKind.MODEL_RETIRED]


def test_a_model_still_listed_a_day_after_has_outlived_its_retirement() -> None:
    claims = [claim(DAY), claim(Listed(), API)]
    late = on("2026-02-15", "12:00")
    assert kinds(claims, late, listed_until(late)) == [EventKind.MODEL_RETIRED, EventKind.OUTLIVED_RETIREMENT]


def test_a_listing_that_was_not_read_in_full_since_proves_nothing() -> None:
    claims = [claim(DAY), claim(Listed(), API)]
    for read_at in (None, on("2026-02-15", "11:59"), on("2026-02-17")):
        assert kinds(claims, on("2026-02-16"), listed_until(read_at)) == [EventKind.MODEL_RETIRED]


def test_a_model_that_the_last_good_listing_lacked_has_not_outlived_its_retirement() -> None:
    late = on("2026-02-16")
    assert kinds([claim(DAY), claim(Listed(), API, missing=late)], late, listed_until(late)) == [EventKind.MODEL_RETIRED]


def test_only_the_providers_own_listing_proves_it() -> None:
    other = listing("openai_models", Authority.AGGREGATOR)
    gone = claim(Listed(), other, missing=day(1), gone=day(2))
    late = on("2026-02-16")
    assert kinds([claim(DAY), gone], day(3)) == []
    assert kinds([claim(DAY), claim(Listed(), other)], late, listed_until(late)) == [EventKind.MODEL_RETIRED]


# Replacements


def doomed(*facts: Fact, model: str = "GPT-5 mini") -> list[Claim]:
    ending = [claim(Retires(when("2026-06-01"))), claim(ReplacedBy(model))]
    return ending + [claim(statement(fact, "gpt-5-mini", f"{fact}")) for fact in facts]


def test_a_replacement_that_is_announced_to_end_is_at_risk_and_the_evidence_is_its_own() -> None:
    retires = Retires(when("2026-09-01"))
    (event,) = events(doomed(retires), day(1))
    assert (event.kind, event.key.model, event.quote) == (EventKind.REPLACEMENT_AT_RISK, "gpt-4.1-mini", str(retires))
    assert (event.fact, event.before, event.after) == ("replaced_by", "GPT-5 mini", "GPT-5 mini:2026-09-01")


def test_a_replacement_that_will_redirect_is_at_risk() -> None:
    redirects = Redirects(when("2026-05-01"))
    (event,) = events(doomed(Retires(when("2026-09-01")), redirects), day(1))
    assert (event.after, event.quote) == ("GPT-5 mini:2026-05-01", str(redirects))


def test_a_replacement_that_is_unknown_or_stays_is_not_at_risk() -> None:
    assert kinds(doomed(), day(1)) == []
    assert kinds(doomed(Listed()), day(1)) == []
    assert kinds(doomed(Retires(when("2026-09-01", floor=True), promise=True)), day(1)) == []
    assert kinds(doomed(InStage(Stage.DEPRECATED)), day(1)) == []


def test_the_replacement_of_a_model_that_stays_or_is_gone_does_not_matter() -> None:
    replacement = claim(statement(Retires(when("2026-09-01")), "gpt-5-mini"))
    assert kinds([claim(Listed()), claim(ReplacedBy("gpt-5-mini")), replacement], day(1)) == []
    assert kinds([*doomed(), replacement], on("2026-07-01"), Calendar({(EventKind.MODEL_RETIRED, key(), "2026-06-01")})) == []


def test_of_a_replacements_keys_the_one_without_scope_speaks() -> None:
    fine_tuning = claim(statement(Retires(when("2026-04-01")), key("gpt-5-mini", feature="fine-tuning")))
    everywhere = claim(statement(AliasOf("gpt-5-mini-2025-08-07"), key("gpt-5-mini")))
    assert kinds([*doomed(), fine_tuning, everywhere], day(1)) == []
    assert kinds([*doomed(), fine_tuning], day(1)) == [EventKind.REPLACEMENT_AT_RISK]


def ending(model: str, day_of: str, *instead: str) -> list[Claim]:
    """A model that ends, and what is recommended in its place."""
    words = [statement(Retires(when(day_of)), model, f"{model} ends"), *(statement(ReplacedBy(name), model) for name in instead)]
    return [claim(word) for word in words]


def risks(*claims: list[Claim]) -> dict[str, str]:
    found = events([claim for some in claims for claim in some], day(1))
    return {event.key.model: event.after for event in found if event.kind is EventKind.REPLACEMENT_AT_RISK}


def test_the_replacement_of_a_doomed_replacement_is_followed_as_far_as_it_ends_too() -> None:
    chain = (ending("a", "2026-05-01", "b"), ending("b", "2026-06-01", "c"), ending("c", "2026-07-01", "d"))
    assert risks(*chain) == {"a": "b:2026-06-01;c:2026-07-01", "b": "c:2026-07-01"}
    assert risks(*chain[:2]) == {"a": "b:2026-06-01"}


def test_a_circle_of_replacements_is_walked_once() -> None:
    circle = (ending("a", "2026-05-01", "b"), ending("b", "2026-06-01", "c"), ending("c", "2026-07-01", "a", "b"))
    found = events([claim for some in circle for claim in some], day(1))
    assert [(event.key.model, event.after) for event in found] == [
        ("a", "b:2026-06-01;c:2026-07-01"),
        ("b", "c:2026-07-01;a:2026-05-01"),
        ("c", "a:2026-05-01;b:2026-06-01"),
        ("c", "b:2026-06-01"),
    ]
    assert risks(ending("a", "2026-05-01", "a", "A")) == {}


def test_a_replacement_that_points_to_a_snapshot_ends_with_it() -> None:
    alias = [claim(statement(AliasOf("b-2025-01-01"), "b"))]
    assert risks(ending("a", "2026-05-01", "b"), alias, ending("b-2025-01-01", "2026-06-01")) == {"a": "b:2026-06-01"}
    assert risks(ending("a", "2026-05-01", "b"), alias) == {}


def test_calendar_events_come_from_every_provider() -> None:
    azure = claim(statement(DAY, key(provider="azure")), source("azure_retirements"))
    assert {event.key.provider for event in events([claim(DAY), azure], AFTER)} == {"azure", "openai"}


DATES = (
    *(Retires(when(value)) for value in ("2026-02-13", "2026-02", "2026-Q1", "9999-12-31")),
    *(Retires(when("2026-02-13", at=on("2026-02-13", clock))) for clock in ("00:00", "17:00")),
    FLOOR,
    Retires(when("2026-02-13", floor=True), promise=True),
    Redirects(when("2026-02-20")),
    InStage(Stage.RETIRED),
)


@pytest.mark.parametrize("fact", DATES)
def test_until_the_next_change_the_calendar_says_nothing_new(fact: Fact) -> None:
    states = resolve_all([claim(fact), claim(Listed(), API), claim(ReplacedBy("gpt-5"))]).values()
    watch, known = Watch("all", ("log",)), Calendar(last_good={"openai_models": on("2026-01-20", "07:00")})

    def due(now: datetime) -> tuple[set[tuple[EventKind, str]], set[str]]:
        alerts = reminders(states, [watch], (), (), now)
        return {(event.kind, event.after) for event in calendar_events(states, known, now)}, {one.idempotency_key for one in alerts}

    now, end, turns = on("2026-01-20", "07:30"), on("2026-05-02"), 0
    while now < end:
        until = next_change(states, now)
        assert now < until <= now + timedelta(days=1)
        moments = [now + (until - now) * part / 16 for part in range(16)]
        assert [due(moment) for moment in moments] == [due(now)] * 16
        now, turns = until, turns + 1
    assert turns < 102 + 4  # the days, and the moments of one date


def test_a_listing_is_awaited_until_it_was_read_a_day_after_a_date() -> None:
    states = resolve_all([claim(DAY), claim(Listed(), API)]).values()
    a_day_after = on("2026-02-15")
    read_at = {"openai_models": on("2026-02-15", "11:59")}
    assert awaited(states, {}, on("2026-02-15", "11:59")) == frozenset()
    assert awaited(states, {}, a_day_after) == {"openai_models"}
    assert awaited(states, read_at, a_day_after) == {"openai_models"}
    assert awaited(states, {"openai_models": a_day_after}, a_day_after) == frozenset()
