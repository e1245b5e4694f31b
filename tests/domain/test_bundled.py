"""What a release brings along: believed until something better is read, never news, never withdrawn aloud."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.bundles import Copy, Sheet, worth_copying
from monitor.domain.claims import VISITED, Authority, Claim, Origin
from monitor.domain.events import EventKind
from monitor.domain.facts import Deprecated, Fact, Listed, NoRetirement, ReplacedBy, Retires, Spec, SpecName
from monitor.domain.readings import Parsed, SourceFacts, SourceKind
from monitor.domain.reconcile.bundled import Taken, take_over
from monitor.domain.reconcile.decide import Known, decide, merged
from monitor.domain.reconcile.resolve import resolve, resolve_all
from monitor.domain.reconcile.supersede import ClaimChanges
from tests.builders import MODEL, claim, day, key, listing, on, reading, source, statement, when
from tests.domain.memory import Memory, kinds

PAGE, API = source(), listing()
FEBRUARY, MARCH, APRIL = Retires(when("2026-02-13")), Retires(when("2026-03-01")), Retires(when("2026-04-01"))
AS_OF = on("2026-01-01", "00:00")


def copy(*said: Fact, by: SourceFacts = PAGE, as_of: str = "2026-01-01", model: str = MODEL) -> Copy:
    statements = tuple(statement(fact, model, "") for fact in said)
    return Copy(
        by.key, by.provider, by.authority, on(as_of, "00:00"), 1, (Sheet(f"https://{by.key}.test", "copied", statements),), "digest"
    )


def taken(memory: Memory, *copies: Copy, at: float = 0) -> Taken:
    """The copies taken over into the memory."""
    found = take_over(memory.claims, copies, frozenset(), day(at))
    for _, changes in found.copies:
        memory.claims = merged(memory.claims, changes)
    return found


def bundled(fact: Fact, by: SourceFacts, as_of: str) -> Claim:
    return replace(claim(fact, by), origin=Origin(as_of=on(as_of, "00:00")))


def test_a_copy_is_believed_from_the_day_it_came_and_is_no_news() -> None:
    memory = Memory()
    found = taken(memory, copy(MARCH, ReplacedBy("gpt-5")))
    assert found.events == ()
    state = memory.state()
    assert (state.retires, state.replacements, state.known_since) == (MARCH.on, ("gpt-5",), day(0))
    assert {(said.origin.as_of, said.origin.bundled, said.recorded_at) for said in memory.claims} == {(AS_OF, True, day(0))}
    assert found.lifecycles == tuple(resolve_all(memory.claims).values())


def test_what_had_happened_before_it_came_is_history() -> None:
    memory = Memory()
    taken(memory, copy(Retires(when("2025-12-01")), as_of="2025-11-01"))
    assert memory.state().known_since == day(0)
    assert memory.state().ended_at(day(0)) is not None


def test_a_replacement_at_risk_is_written_with_the_copy_once() -> None:
    memory = Memory()
    risky = copy(MARCH, model="gpt-5", by=source("other"))
    found = taken(memory, copy(FEBRUARY, ReplacedBy("gpt-5")), risky)
    assert kinds_of(found) == [EventKind.REPLACEMENT_AT_RISK]
    written = {(event.kind, event.key, event.after) for event in found.events}
    assert take_over(memory.claims, [copy(FEBRUARY, ReplacedBy("gpt-5"))], written, day(1)).events == ()


def kinds_of(found: Taken) -> list[EventKind]:
    return [event.kind for event in found.events]


def test_the_first_good_reading_takes_its_place_as_if_nothing_had_been_there() -> None:
    memory = Memory()
    taken(memory, copy(FEBRUARY, Deprecated(when("2026-01-05"))), copy(APRIL, model="o1"))
    changes = memory.take(reading([MARCH], PAGE, day(3)))
    assert changes.baseline
    assert kinds(changes) == [EventKind.DEPRECATION_ANNOUNCED, EventKind.RETIREMENT_SCHEDULED]
    assert [(said.fact, said.origin) for said in memory.claims] == [(MARCH, VISITED)]
    assert key("o1") not in resolve_all(memory.claims)


def test_a_value_that_the_first_reading_confirms_keeps_its_day() -> None:
    memory = Memory()
    taken(memory, copy(MARCH))
    memory.take(reading([MARCH], PAGE, day(3)))
    [said] = memory.claims
    assert (said.first_seen_at, said.recorded_at, said.origin, said.statement.quote) == (
        day(0),
        day(3),
        VISITED,
        "as it stands on the page",
    )


def test_a_listing_without_the_date_replaces_its_copy_at_once() -> None:
    memory = Memory()
    taken(memory, copy(Listed(), FEBRUARY, by=API))
    memory.take(reading([Listed(), NoRetirement()], API, day(1)))
    assert memory.state().cancelled
    assert not any(said.origin.bundled for said in memory.claims)


def test_a_partial_reading_replaces_only_what_it_says() -> None:
    memory = Memory()
    taken(memory, copy(FEBRUARY), copy(APRIL, model="o1", by=source("other")))
    torn = reading([MARCH], PAGE, day(1), parsed=Parsed(cut=True))
    assert kinds(memory.take(torn)) == [EventKind.RETIREMENT_MOVED]
    assert (memory.state().retires, memory.state("o1").retires) == (MARCH.on, APRIL.on)


def test_a_foreign_page_leaves_the_copy_alone() -> None:
    memory = Memory()
    taken(memory, copy(FEBRUARY))
    memory.take(reading([], PAGE, day(1), parsed=Parsed(drift="a login page")))
    assert memory.state().retires == FEBRUARY.on


def test_a_newer_copy_corrects_an_older_one_and_keeps_the_day_of_what_stays() -> None:
    memory = Memory()
    taken(memory, copy(FEBRUARY, ReplacedBy("gpt-5")))
    found = taken(memory, copy(MARCH, ReplacedBy("gpt-5"), as_of="2026-01-20"), at=12)
    assert [(event.kind, event.fact, event.before, event.after) for event in found.events] == [
        (EventKind.CLAIM_CORRECTED, "retires", "2026-02-13", "2026-03-01")
    ]
    assert {(said.slot, said.first_seen_at) for said in memory.claims} == {("retires", day(12)), ("replaced_by", day(0))}
    assert {said.origin.as_of for said in memory.claims} == {on("2026-01-20", "00:00")}


def test_a_copy_never_replaces_what_its_source_said_here_even_if_it_was_never_read_in_full() -> None:
    memory = Memory()
    memory.take(reading([MARCH], PAGE, day(0), parsed=Parsed(cut=True)))
    taken(memory, copy(FEBRUARY, ReplacedBy("gpt-5")), at=1)
    assert (memory.state().retires, memory.state().replacements) == (MARCH.on, ("gpt-5",))


def test_an_old_copy_of_the_api_does_not_outrank_what_the_page_says_now() -> None:
    old, page = bundled(FEBRUARY, API, "2025-06-01"), claim(MARCH, PAGE)
    state = resolve([old, page])
    assert state
    belief = state.belief("retires")
    assert belief
    assert (belief.chosen, belief.disputed, belief.differences) == ((page,), (), (old,))


def test_of_two_copies_the_younger_page_stands_before_the_older_api_not_the_other_way_round() -> None:
    api, page = bundled(FEBRUARY, API, "2025-06-01"), bundled(MARCH, PAGE, "2026-01-01")
    assert _believed(api, page) == MARCH.on
    assert _believed(bundled(FEBRUARY, API, "2026-01-02"), page) == FEBRUARY.on


def test_copies_of_one_rank_still_dispute() -> None:
    state = resolve([bundled(FEBRUARY, PAGE, "2025-06-01"), bundled(MARCH, source("second"), "2026-01-01")])
    assert state
    assert state.disputed_slots == ("retires",)


def test_a_copied_collection_stands_back_behind_one_read_here_but_no_provider_does() -> None:
    collection = source("models_dev", SourceKind.CATALOGUE, Authority.AGGREGATOR)
    read = claim(MARCH, source("litellm_prices", SourceKind.CATALOGUE, Authority.AGGREGATOR))
    assert _believed(bundled(FEBRUARY, collection, "2025-06-01"), read) == MARCH.on
    assert _believed(bundled(FEBRUARY, PAGE, "2025-06-01"), read) == FEBRUARY.on


def test_an_old_letter_handed_in_today_does_not_make_a_younger_copy_obsolete() -> None:
    copied = bundled(FEBRUARY, PAGE, "2025-06-01")
    letter = source("recorded/openai/2024-01-01-aaaaaaaa", SourceKind.RECORD)
    assert _believed(copied, claim(statement(MARCH, said_on="2024-01-01"), letter)) == FEBRUARY.on
    assert _believed(copied, claim(statement(MARCH, said_on="2025-07-01"), letter)) == MARCH.on
    assert _believed(copied, claim(MARCH, letter)) == MARCH.on


def _believed(*claims: Claim) -> object:
    state = resolve(claims)
    return state.retires if state else None


@given(st.permutations([bundled(FEBRUARY, API, "2025-06-01"), bundled(MARCH, PAGE, "2026-01-01"), claim(APRIL, source("second"))]))
def test_the_order_of_copies_does_not_matter(claims: list[Claim]) -> None:
    assert resolve(claims) == resolve(reversed(claims))
    assert _believed(*claims) == APRIL.on


def test_what_a_release_carries() -> None:
    price, window = Spec(SpecName.INPUT_PRICE, "1"), Spec(SpecName.CONTEXT_WINDOW, "128000")
    carried = {kind: [fact for fact in (MARCH, Listed(), window, price) if worth_copying(kind, fact)] for kind in SourceKind}
    assert carried[SourceKind.LISTING] == [MARCH, Listed(), window]
    assert carried[SourceKind.CATALOGUE] == [MARCH]


# What people hand in


def test_a_record_says_the_same_again_without_a_change_but_another_signature_is_another_claim() -> None:
    record = source("operator/openai/gpt", SourceKind.RECORD, Authority.OPERATOR)
    first = Origin("Ann", date(2026, 6, 1))
    before = decide(Known(), replace(reading([MARCH], record), origin=first), day(0))
    known = Known(before.claims.added)
    assert decide(known, replace(reading([MARCH], record), origin=first), day(1)).claims == ClaimChanges()
    for origin, quote in ((Origin("Ann", date(2026, 7, 1)), "as it stands on the page"), (first, "another reason")):
        again = replace(reading([statement(MARCH, quote=quote)], record, day(1)), origin=origin)
        changes = decide(known, again, day(1))
        assert (len(changes.claims.added), len(changes.claims.updated), changes.events) == (1, 1, ())


def test_a_person_may_say_less_exactly_when_a_model_ended() -> None:
    record = source("operator/openai/gpt", SourceKind.RECORD, Authority.OPERATOR)
    before = decide(Known(), reading([Retires(when("2026-01-01"))], record), day(0))
    changes = decide(Known(before.claims.added), reading([Retires(when("2026"))], record, day(30)), day(30))
    assert [said.fact for said in changes.claims.added] == [Retires(when("2026"))]
