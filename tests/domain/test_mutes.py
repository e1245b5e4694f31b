"""What an acknowledgement and a snooze silence, and what ends them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain.claims import Claim
from monitor.domain.events import ABOUT_SOURCES, Event, EventKind
from monitor.domain.facts import InStage, Listed, Retires, Stage
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.policy.mutes import ANY_KEY, Mute, MuteKind, MuteTarget, same_end, silenced
from monitor.domain.policy.reminding import reminders
from monitor.domain.policy.settling import Known, by_name, followed, over, withheld_by
from monitor.domain.policy.watches import LEAD_TIMES, Watch
from monitor.domain.reconcile.diff import shown
from monitor.domain.reconcile.resolve import resolve_all
from monitor.domain.when import When
from tests.builders import START, claim, day, key, listing, on, statement, when

ALL = Watch("everything", ("ops",), owner="platform")
JUNE, JULY = when("2026-06-01"), when("2026-07-01")
ACK = Mute(MuteTarget.MODEL, "gpt-4.1-mini", "openai", ends={str(key()): "2026-06-01"})
SNOOZE = Mute(MuteTarget.MODEL, "gpt-4.1-mini", "openai", on("2026-12-01"), {str(key()): "2026-06-01", ANY_KEY: ""})


def event(kind: EventKind, fact: str = "retires", before: str = "") -> Event:
    return Event(kind, key(), START, fact, before, "2026-06-01", "openai_deprecations")


def states(*claims: Claim) -> list[Lifecycle]:
    return list(resolve_all(claims).values())


def ends(end: When) -> list[Lifecycle]:
    return states(claim(Retires(end)))


MOVES = {EventKind.RETIREMENT_MOVED, EventKind.RETIREMENT_CANCELLED, EventKind.GONE_EARLY, EventKind.CLAIM_CORRECTED}


def test_an_acknowledgement_silences_of_the_news_only_that_it_came_as_acknowledged() -> None:
    before = {kind for kind in EventKind if silenced([ACK], event(kind), JUNE, ALL, on("2026-05-31"))}
    on_the_day = {kind for kind in EventKind if silenced([ACK], event(kind), JUNE, ALL, on("2026-06-01"))}
    assert (before, on_the_day) == (set(), {EventKind.MODEL_RETIRED, EventKind.MODEL_DELISTED})


def test_a_floor_that_was_acknowledged_says_nothing_of_when_the_model_really_goes() -> None:
    floor = when("2026-06-01", floor=True)
    seen = Mute(MuteTarget.MODEL, "gpt-4.1-mini", ends={str(key()): shown(floor)})
    assert seen.covers(key(), floor, ALL, on("2026-07-01"))
    assert not seen.silences(event(EventKind.MODEL_DELISTED), floor, ALL, on("2026-07-01"))


def test_a_snooze_silences_everything_but_ends_that_move_and_sources() -> None:
    told = {kind for kind in EventKind if not silenced([SNOOZE], event(kind), JUNE, ALL, START)}
    assert told == MOVES | ABOUT_SOURCES
    assert SNOOZE.silences(event(EventKind.CLAIM_CORRECTED, "input_price"), JUNE, ALL, START)
    assert SNOOZE.silences(event(EventKind.REDIRECT_SCHEDULED, "redirects"), JUNE, ALL, START)
    assert not SNOOZE.silences(event(EventKind.REDIRECT_SCHEDULED, "redirects", "2026-05-01"), JUNE, ALL, START)


def test_neither_silences_an_end_that_is_new() -> None:
    for mute in (ACK, SNOOZE):
        assert not mute.silences(event(EventKind.RETIREMENT_SCHEDULED), JULY, ALL, START)
        assert not mute.silences(event(EventKind.PRICE_CHANGED), None, ALL, START)
    other = Event(EventKind.MODEL_LISTED, key(tier="free"), START)
    assert not ACK.silences(other, None, ALL, START)
    assert SNOOZE.silences(other, None, ALL, START)


def test_the_kind_follows_from_what_is_covered() -> None:
    assert [mute.kind for mute in (ACK, SNOOZE, Mute(MuteTarget.LINE, "o1"))] == [MuteKind.ACK, MuteKind.SNOOZE, MuteKind.SNOOZE]


@pytest.mark.parametrize(
    ("seen", "now", "same"),
    [
        ("", None, True),
        ("2026-06-01", None, False),
        ("", JUNE, False),
        ("2026-06-01", JUNE, True),
        ("2026-06-01", JULY, False),
        ("2026-06", JUNE, True),
        ("2026-06-01", when("2026-06"), True),
        ("2026-06-01", when("2026-06-01", floor=True), False),
        ("not_before:2026-06-01", when("2026-06-01", floor=True), True),
        ("not_before:2026-06-01", JUNE, False),
        ("2026-06-01", when("2026-06-01", at=on("2026-06-01", "17:00")), True),
        ("soon", JUNE, False),
    ],
)
def test_an_end_is_the_same_as_long_as_it_only_becomes_more_or_less_exact(seen: str, now: When | None, same: bool) -> None:  # noqa: FBT001 - a case
    assert same_end(seen, now) is same


def test_what_is_said_more_exactly_is_followed_and_nothing_else() -> None:
    month = Mute(MuteTarget.MODEL, "gpt-4.1-mini", ends={str(key()): "2026-06", str(key("o1")): "2026-08-01"})
    found = followed(month, by_name(ends(JUNE)))
    assert found is not None
    assert found.ends == {str(key()): "2026-06-01", str(key("o1")): "2026-08-01"}
    assert followed(found, by_name(ends(when("2026-06")))) is None
    assert followed(month, by_name(ends(JULY))) is None


# How they end


@pytest.mark.parametrize(
    ("mute", "known", "at", "why"),
    [
        (ACK, ends(JUNE), "2026-05-01", ""),
        (ACK, ends(JULY), "2026-05-01", "the date moved from 2026-06-01 to 2026-07-01"),
        (ACK, [], "2026-05-01", "the date 2026-06-01 was taken back"),
        (ACK, ends(JUNE), "2026-06-03", "the model is retired"),
        (ACK, [*ends(JUNE), *states(claim(statement(Listed(), "o1")))], "2026-05-01", ""),
        (SNOOZE, ends(JUNE), "2026-12-01", "its day has come"),
        (SNOOZE, ends(JULY), "2026-05-01", "the date moved from 2026-06-01 to 2026-07-01"),
        (Mute(MuteTarget.WATCH, "x", ends={ANY_KEY: ""}), ends(JUNE), "2026-05-01", ""),
        (Mute(MuteTarget.MODEL, "gpt-4.1-mini", ends={ANY_KEY: "2026-06-01"}), ends(JUNE), "2026-05-01", ""),
        (
            Mute(MuteTarget.MODEL, "gpt-4.1-mini", ends={ANY_KEY: "2026-06-01"}),
            ends(JULY),
            "2026-05-01",
            "the date moved from 2026-06-01 to 2026-07-01",
        ),
        (Mute(MuteTarget.MODEL, "gpt-4.1-mini", ends={str(key()): ""}), ends(JUNE), "2026-05-01", "a date was announced: 2026-06-01"),
    ],
)
def test_a_mute_ends_by_itself_and_says_why(mute: Mute, known: list[Lifecycle], at: str, why: str) -> None:
    assert over(mute, by_name(known), on(at)) == why


def test_an_acknowledgement_lasts_while_a_retired_model_is_still_listed() -> None:
    still = states(claim(Retires(JUNE)), claim(Listed(), listing()))
    gone = states(claim(Retires(JUNE)), claim(Listed(), listing(), missing=on("2026-06-05"), gone=on("2026-06-06")))
    assert [over(ACK, by_name(known), on("2026-06-10")) for known in (still, gone)] == ["", "the model is retired"]
    early = states(claim(Retires(JUNE)), claim(InStage(Stage.RETIRED), seen=on("2026-05-01")))
    assert over(ACK, by_name(early), on("2026-05-02")) == "the model is retired"


# Waiting alerts


def test_alerts_about_channels_are_never_withheld() -> None:
    channel = Alert("channel:ops:x", AlertKind.CHANNEL, "ops", "everything", "platform", START, (event(EventKind.SOURCE_FAILED),))
    assert withheld_by(channel, (), Known([SNOOZE], by_name(ends(JUNE))), [ALL], START) is None


# Properties: a calendar of days on which an acknowledgement is written, ended or the date moves

DAYS = st.integers(min_value=0, max_value=230)
FIRST, LAST = START.date(), date(2026, 9, 1)


def told(end_on: list[tuple[date, When]], muted: list[tuple[date, date]]) -> Iterator[tuple[date, int]]:
    """The reminders of every day from the start: *end_on* says from which day on which date is believed, *muted* from when to when
    the date of that day was acknowledged."""
    sent: set[str] = set()
    known = {since: states(claim(Retires(end), seen=datetime.combine(since, START.timetz()))) for since, end in end_on}
    for number in range((LAST - FIRST).days + 30):
        today = FIRST + timedelta(days=number)
        since = next(since for since, _ in reversed(end_on) if since <= today)
        acks = [
            Mute(MuteTarget.LINE, "gpt-4.1-mini", ends={str(key()): shown(next(e for s, e in reversed(end_on) if s <= begun))})
            for begun, ended in muted
            if begun <= today < ended
        ]
        for alert in reminders(known[since], [ALL], acks, sent, datetime.combine(today, START.timetz())):
            sent.add(alert.idempotency_key)
            yield today, alert.lead or 0


@settings(max_examples=50, deadline=None)
@given(st.integers(min_value=0, max_value=230))
def test_a_date_that_was_acknowledged_and_does_not_move_never_reminds_again(number: int) -> None:
    begun = FIRST + timedelta(days=number)
    found = list(told([(FIRST, When(LAST))], [(begun, date.max)]))
    assert found == [one for one in told([(FIRST, When(LAST))], []) if one[0] < begun]


@settings(max_examples=50, deadline=None)
@given(DAYS, st.integers(min_value=1, max_value=200), st.integers(min_value=100, max_value=400))
def test_a_date_that_moves_always_reminds_whatever_was_acknowledged_before(number: int, later: int, away: int) -> None:
    begun = FIRST + timedelta(days=number // 2)
    moved = FIRST + timedelta(days=min(number // 2 + later, 200))
    new = When(moved + timedelta(days=away))
    story = [(FIRST, When(LAST)), (moved, new)]
    unmuted = [one for one in told(story, []) if one[0] >= moved]
    assert [one for one in told(story, [(begun, date.max)]) if one[0] >= moved] == (unmuted if new != When(LAST) else [])


@settings(max_examples=50, deadline=None)
@given(DAYS, DAYS)
def test_ending_it_restores_the_later_reminders_and_the_most_urgent_of_those_that_passed_once(first: int, second: int) -> None:
    begun, ended = (FIRST + timedelta(days=number) for number in sorted((first, second)))
    free = list(told([(FIRST, When(LAST))], []))
    found = list(told([(FIRST, When(LAST))], [(begun, ended)]))
    passed = [lead for today, lead in free if begun <= today < ended]
    today_anyway = [one for one in free if one[0] == ended]
    caught_up = [(ended, min(passed))] if passed and not today_anyway else []
    caught_up = [one for one in caught_up if (LAST - ended).days >= -max(LEAD_TIMES) and ended <= LAST + timedelta(days=1)]
    assert found == [one for one in free if one[0] < begun] + caught_up + [one for one in free if one[0] >= ended]
    assert len({lead for _, lead in found}) == len(found)


def test_the_days_of_the_properties_reach_every_lead_time() -> None:
    assert [lead for _, lead in told([(FIRST, When(LAST))], [])] == sorted(LEAD_TIMES, reverse=True)
    assert day(230).date() < LAST
