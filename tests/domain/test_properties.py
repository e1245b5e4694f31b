"""What holds whatever pages say: order, repetition, wording, partial readings, irregular ticks."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from monitor.domain.claims import Authority, Claim, Place, Statement
from monitor.domain.facts import AliasOf, Deprecated, InStage, Listed, NoRetirement, Redirects, ReplacedBy, Retires, Spec, SpecName, Stage
from monitor.domain.identity import Kind, ModelKey
from monitor.domain.policy.reminding import reminders
from monitor.domain.policy.watches import LEAD_TIMES, Watch
from monitor.domain.readings import Outcome, Parsed, SourceFacts
from monitor.domain.reconcile.resolve import resolve, resolve_all
from monitor.domain.when import Bound, When, read_value
from tests.builders import claim, day, key, listing, reading, skipped, source, statement
from tests.domain.memory import Memory

VALUES = st.sampled_from(["2026-01-05", "2026-02-13", "2026-02-14", "2026-02", "2026-Q1", "2026", "2026-06-01", "2025-06-01"])
WHENS = st.builds(read_value, VALUES, st.sampled_from(Bound), st.none() | st.sampled_from([day(34), day(35)]))
FACTS = st.one_of(
    st.just(Listed()),
    st.just(NoRetirement()),
    st.builds(Retires, WHENS),
    st.builds(lambda on: Retires(on.as_floor(), promise=True), WHENS),
    st.builds(Deprecated, WHENS),
    st.builds(Redirects, WHENS),
    st.builds(ReplacedBy, st.sampled_from(["gpt-5", "gpt-realtime-mini"])),
    st.builds(InStage, st.sampled_from(Stage)),
    st.builds(AliasOf, st.sampled_from(["a", "b"])),
    st.builds(Spec, st.sampled_from([SpecName.CONTEXT_WINDOW, SpecName.INPUT_MODALITY, SpecName.INPUT_PRICE]), st.sampled_from(["1", "2"])),
)
KEYS = st.sampled_from(
    [key(name) for name in ("gpt-4o", "gpt-realtime", "gpt-realtime-mini", "gpt-realtime-2.1")] + [key("gpt-4o", tier="free")]
)
STATEMENTS = st.builds(
    Statement,
    KEYS,
    FACTS,
    st.sampled_from(["one wording", "another"]),
    st.sampled_from(Kind),
    st.sampled_from(Place),
    st.none() | WHENS,
    st.none() | st.sampled_from([Authority.REPORT, Authority.PROVIDER]),
    st.booleans(),
)
PAGES = st.lists(STATEMENTS, min_size=1, max_size=6)
SOURCES = st.sampled_from([source(), listing(), source("litellm", authority=Authority.AGGREGATOR)])
HISTORIES = st.lists(st.tuples(SOURCES, PAGES), max_size=4)
INSTANTS = st.sampled_from([day(0), day(1), day(40)])
CLAIMS = st.builds(
    claim, STATEMENTS, SOURCES, INSTANTS, missing=st.none() | INSTANTS, gone=st.none() | INSTANTS, withdrawn=st.none() | INSTANTS
)


def remembering(history: list[tuple[SourceFacts, list[Statement]]]) -> Memory:
    memory = Memory()
    for at, (by, said) in enumerate(history):
        memory.take(reading(said, by, day(at)))
    return memory


@given(st.lists(CLAIMS, max_size=8), st.randoms(use_true_random=False), st.integers(1, 3))
def test_resolving_ignores_order_and_repetition(claims: list[Claim], chance: object, times: int) -> None:
    shuffled = claims * times
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    same = [replace(item, statement=structs.replace(item.statement, key=key())) for item in claims]
    assert resolve(same) == resolve([replace(item, statement=structs.replace(item.statement, key=key())) for item in shuffled])
    assert resolve_all(claims) == resolve_all(shuffled)


@given(HISTORIES, SOURCES, PAGES)
def test_the_same_page_at_the_same_instant_twice_changes_nothing(
    history: list[tuple[SourceFacts, list[Statement]]], by: SourceFacts, said: list[Statement]
) -> None:
    memory = remembering(history)
    memory.take(reading(said, by, day(20)))
    again = memory.take(reading(said, by, day(20)))
    assert (again.events, again.claims.added, again.claims.updated) == ((), (), ())


@given(PAGES, SOURCES, st.integers(1, 400))
def test_a_page_that_never_changes_is_never_news(said: list[Statement], by: SourceFacts, later: int) -> None:
    memory = Memory()
    memory.take(reading(said, by))
    again = memory.take(reading(said, by, day(later)))
    assert (again.events, again.claims.added, again.claims.updated) == ((), (), ())


@given(HISTORIES, SOURCES, PAGES)
def test_a_rewording_is_never_news(history: list[tuple[SourceFacts, list[Statement]]], by: SourceFacts, said: list[Statement]) -> None:
    memory = remembering(history)
    memory.take(reading(said, by, day(20)))
    reworded = [structs.replace(item, quote=f"in other words {number}") for number, item in enumerate(said)]
    again = memory.take(reading(reworded, by, day(20), body="reworded"))
    assert (again.events, again.claims.added, again.claims.updated) == ((), (), ())


@given(WHENS, WHENS)
def test_a_later_statement_of_the_same_source_replaces_the_earlier(earlier: When, later: When) -> None:
    memory = Memory()
    memory.take(reading([Retires(earlier)], at=day(-400)))
    memory.take(reading([Retires(later)], at=day(-399)))
    assert [item.fact for item in memory.claims] == [Retires(later)]
    assert memory.state().retires == later


@given(HISTORIES, SOURCES, PAGES, st.sampled_from([Parsed(cut=True), Parsed(skipped=(skipped("new"),))]))
def test_a_partial_reading_withdraws_no_date_and_leaves_no_slot_empty(
    history: list[tuple[SourceFacts, list[Statement]]], by: SourceFacts, said: list[Statement], torn: Parsed
) -> None:
    memory = remembering([*history, (by, [statement(Listed(), "gpt-4o")])])
    before = memory.claims
    changes = memory.take(reading(said, by, day(20), parsed=torn))
    if changes.verdict.outcome is Outcome.FOREIGN:
        assert changes.events == ()
        return
    assert {(item.key, item.slot) for item in before} <= {(item.key, item.slot) for item in memory.claims}
    dated = {(item.key, item.source) for item in before if isinstance(item.fact, Retires)}
    assert dated <= {(item.key, item.source) for item in memory.claims if isinstance(item.fact, Retires)}
    assert {item.missing_since for item in memory.claims} <= {None, *(item.missing_since for item in before)}


@given(HISTORIES)
def test_lifecycles_told_along_the_way_are_those_that_the_claims_amount_to(history: list[tuple[SourceFacts, list[Statement]]]) -> None:
    memory, told = Memory(), {}
    for at, (by, said) in enumerate(history):
        for state in memory.take(reading(said, by, day(at))).lifecycles:
            told[state.key] = state
    assert told == resolve_all(memory.claims)


@given(HISTORIES)
def test_events_are_the_whole_difference(history: list[tuple[SourceFacts, list[Statement]]]) -> None:
    memory = Memory()
    retires: dict[ModelKey, str] = defaultdict(str)
    for at, (by, said) in enumerate(history):
        for event in memory.take(reading(said, by, day(at))).events:
            if event.fact == "retires" and event.kind.value.startswith(("retirement", "claim")):
                assert retires[event.key] == event.before or event.kind.value == "retirement_unconfirmed"
                retires[event.key] = event.after
    for whose, state in resolve_all(memory.claims).items():
        assert retires[whose].removeprefix("not_before:") == (state.retires.value if state.retires else "")


TICKS = st.lists(st.integers(1, 40 * 24), min_size=1, max_size=60)
ENDS = st.builds(read_value, st.sampled_from(["2026-06-01", "2026-06", "2026-Q3"]), st.sampled_from(Bound))


@given(TICKS, ENDS)
def test_reminders_never_repeat_a_lead_time_nor_skip_the_date_however_irregular_the_ticks(ticks: list[int], end: When) -> None:
    state = resolve([claim(Retires(end))])
    assert state
    now, sent, found = datetime(2026, 1, 11, tzinfo=UTC), set[str](), []
    for hours in ticks:
        now += timedelta(hours=hours)
        for alert in reminders([state], [Watch("all", ("ops",))], (), sent, now):
            sent.add(alert.idempotency_key)
            found.append((now.date(), alert.lead))
    leads = [lead for _, lead in found]
    assert leads == sorted(set(leads), key=lambda lead: -(lead or 0))
    assert len({when for when, _ in found}) == len(found)
    last_chance = end.starts_on + timedelta(days=max(LEAD_TIMES))
    looked = [instant.date() for instant in accumulated(ticks) if not state.retired_at(instant)]
    assert (0 in leads) == any(end.starts_on <= seen <= last_chance for seen in looked)


def accumulated(ticks: list[int]) -> list[datetime]:
    """The instants that the ticks come to."""
    now, found = datetime(2026, 1, 11, tzinfo=UTC), []
    for hours in ticks:
        now += timedelta(hours=hours)
        found.append(now)
    return found


@given(st.integers(0, 200), st.integers(0, 200))
def test_an_alert_is_behind_no_lead_time_that_its_announcement_stood_for(seen: int, later: int) -> None:
    first, end = day(0) + timedelta(days=seen), date(2026, 6, 1)
    state = resolve([claim(Retires(When(end)), seen=first)])
    assert state
    now = first + timedelta(days=later)
    for alert in reminders([state], [Watch("all", ("ops",))], (), (), now):
        assert alert.lead is not None
        assert (end - first.date()).days > alert.lead >= (end - now.date()).days
