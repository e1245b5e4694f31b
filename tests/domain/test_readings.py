"""Good, partial and foreign readings: what can be trusted, and how far."""

from datetime import timedelta

import pytest

from monitor.domain.claims import Skipped
from monitor.domain.facts import Deprecated, Fact, Listed, NoRetirement, Redirects, Retires
from monitor.domain.pages import Page
from monitor.domain.readings import Level, Mark, Outcome, Parsed, Past, Reading, Shape, Verdict
from monitor.domain.reconcile.quality import judge
from tests.builders import START, day, listing, reading, skipped, source, statement, when

GOOD = Mark(day(0), Outcome.GOOD, Shape(10))


def page(count: int, at: float = 1, parsed: Parsed | None = None, missing: tuple[str, ...] = ()) -> Reading:
    """A reading of so many claims."""
    return reading([statement(Listed(), f"model-{number}") for number in range(count)], at=day(at), parsed=parsed, missing=missing)


def outcome(brought: Reading, last_good: Mark | None = GOOD, *since: Mark) -> Outcome:
    return judge(brought, last_good, since).outcome


def seen(at: float, count: int, *, what: Outcome = Outcome.PARTIAL, accepted: bool = False) -> Mark:
    return Mark(day(at), what, Shape(count), accepted)


def test_a_reading_like_the_last_good_one_is_good() -> None:
    assert judge(page(10), GOOD, ()) == Verdict(Outcome.GOOD, Shape(10))


def test_the_first_reading_is_measured_against_nothing() -> None:
    assert outcome(page(1), None) is Outcome.GOOD


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (20, Outcome.GOOD),
        (21, Outcome.FOREIGN),
        (7, Outcome.GOOD),
        (6, Outcome.PARTIAL),
        (1, Outcome.PARTIAL),
    ],
)
def test_forty_percent_fewer_is_partial_and_more_than_double_is_foreign(count: int, expected: Outcome) -> None:
    assert outcome(page(count)) is expected


def test_a_verdict_says_why() -> None:
    assert judge(page(5), GOOD, ()).reason == "5 claims, the last good reading had 10"
    assert judge(page(21), GOOD, ()).reason == "21 claims, more than double the 10 of the last good reading"


def test_fewer_claims_than_expected_are_foreign() -> None:
    short = reading([Listed()], source(at_least=2))
    assert judge(short, None, ()) == Verdict(Outcome.FOREIGN, Shape(1), "1 claims, at least 2 expected")


def test_a_new_kind_of_skipped_row_is_partial_and_a_known_one_is_not() -> None:
    odd = Parsed(skipped=(skipped("no model"),))
    assert judge(page(10, parsed=odd), GOOD, ()).reason == "new skipped rows: no model"
    assert outcome(page(10, parsed=odd)) is Outcome.PARTIAL
    assert outcome(page(10, parsed=odd), Mark(day(0), Outcome.GOOD, Shape(10, frozenset({"no model"})))) is Outcome.GOOD


def test_more_rows_of_a_known_kind_are_no_drift() -> None:
    odd = Parsed(skipped=(skipped("no model"), skipped("no model", "another row")))
    assert outcome(page(10, parsed=odd), Mark(day(0), Outcome.GOOD, Shape(10, frozenset({"no model"})))) is Outcome.GOOD


def test_a_page_that_does_not_fit_is_foreign_whatever_it_says() -> None:
    verdict = judge(page(10, parsed=Parsed(drift="no heading 'Deprecations'")), GOOD, ())
    assert (verdict.outcome, verdict.reason) == (Outcome.FOREIGN, "no heading 'Deprecations'")


def test_a_visit_without_a_page_is_foreign() -> None:
    assert judge(Reading(source(), START, ()), GOOD, ()).reason == "no page"


def test_a_declared_empty_state_is_good_however_much_there_was() -> None:
    assert outcome(page(0, parsed=Parsed(empty_state=True))) is Outcome.GOOD
    assert outcome(page(0, parsed=Parsed(empty_state=True)), None) is Outcome.GOOD


def test_an_empty_state_excuses_no_other_page() -> None:
    empty = (Page("https://one.test", b"", START), Parsed(empty_state=True))
    silent = (Page("https://two.test", b"", START), Parsed())
    assert outcome(Reading(source(), START, (empty, silent))) is Outcome.FOREIGN


def test_after_an_empty_state_any_number_of_claims_is_good() -> None:
    assert outcome(page(3), Mark(day(0), Outcome.GOOD, Shape(0))) is Outcome.GOOD


def test_a_page_that_breaks_off_and_a_page_not_brought_are_partial() -> None:
    assert judge(page(10, parsed=Parsed(cut=True)), GOOD, ()).reason == "the document breaks off before its end"
    assert judge(page(10, missing=("https://two.test",)), GOOD, ()).reason == "not brought: https://two.test"
    assert outcome(page(10, parsed=Parsed(cut=True)), None) is Outcome.PARTIAL


# A new shape


def test_the_same_new_shape_in_three_readings_over_48_hours_is_the_new_baseline() -> None:
    verdict = judge(page(5, at=3), GOOD, [seen(1, 5), seen(2, 5)])
    assert verdict == Verdict(Outcome.GOOD, Shape(5), "new shape accepted: 5 claims, the last good reading had 10", accepted=True)


def test_a_page_that_stays_more_than_double_is_accepted_too() -> None:
    assert outcome(page(30, at=3), GOOD, seen(1, 30), seen(2, 30)) is Outcome.GOOD


def test_two_readings_or_less_than_48_hours_are_not_enough() -> None:
    assert outcome(page(5, at=4), GOOD, seen(1, 5)) is Outcome.PARTIAL
    assert outcome(page(5, at=2.9), GOOD, seen(1, 5), seen(2, 5)) is Outcome.PARTIAL


def test_another_shape_in_between_starts_the_count_anew() -> None:
    assert outcome(page(5, at=4), GOOD, seen(1, 5), seen(2, 3), seen(3, 5)) is Outcome.PARTIAL


def test_a_row_skipped_in_passing_is_counted_but_no_sign_of_a_new_layout() -> None:
    odd = Parsed(
        skipped=(Skipped("we might retire it one day", "a list item with a lifecycle word, and no statement", "item", aside=True),)
    )
    verdict = judge(page(10, parsed=odd), GOOD, ())
    assert verdict.outcome is Outcome.GOOD
    assert len(page(10, parsed=odd).skipped) == 1


def test_shapes_within_a_tenth_with_the_same_skips_are_the_same() -> None:
    assert Shape(20).resembles(Shape(22))
    assert not Shape(20).resembles(Shape(23))
    assert not Shape(20).resembles(Shape(20, frozenset({"no model"})))


def test_a_failed_visit_in_between_brought_no_shape_and_breaks_no_row() -> None:
    failed = Mark(day(1.5), Outcome.FAILED, Shape(0))
    assert outcome(page(5, at=3), GOOD, seen(1, 5), failed, seen(2, 5)) is Outcome.GOOD


def test_the_same_reading_at_the_same_instant_counts_once() -> None:
    assert outcome(page(5, at=4), GOOD, seen(1, 5), seen(4, 5)) is Outcome.PARTIAL


def test_an_operator_can_accept_a_shape_at_once() -> None:
    assert judge(page(5), GOOD, [seen(0.9, 5, accepted=True)]).accepted
    assert not judge(page(3), GOOD, [seen(0.9, 5, accepted=True)]).accepted


def test_a_page_without_its_markers_is_never_accepted() -> None:
    since = [seen(1, 0, what=Outcome.FOREIGN), seen(2, 0, what=Outcome.FOREIGN, accepted=True)]
    assert outcome(page(0, at=9, parsed=Parsed(drift="no table")), GOOD, *since) is Outcome.FOREIGN


def test_a_page_that_was_not_read_to_its_end_is_accepted_only_by_an_operator() -> None:
    short = page(5, at=9, parsed=Parsed(cut=True))
    assert outcome(short, GOOD, seen(1, 5), seen(2, 5)) is Outcome.PARTIAL
    assert outcome(short, GOOD, seen(1, 5), seen(2, 5, accepted=True)) is Outcome.GOOD


# What a source's own past teaches


def level(count: int, first: float, last: float, times: int = 5, *kinds: str) -> Level:
    return Level(Shape(count, frozenset(kinds)), day(first), day(last), times)


def after(*good: Level, settled: float | None = None) -> Past:
    return Past(good) if settled is None else Past(good, settled_at=day(settled))


def measured(count: int, last: int, past: Past) -> Outcome:
    return judge(page(count, at=100), Mark(day(99), Outcome.GOOD, Shape(last)), (), past).outcome


def test_a_source_that_has_come_back_from_as_little_before_does_not_drift() -> None:
    gone_and_back = after(level(100, 0, 99), level(55, 10, 90))
    assert measured(55, 100, gone_and_back) is Outcome.GOOD
    assert measured(50, 100, gone_and_back) is Outcome.GOOD  # within a tenth
    assert measured(45, 100, gone_and_back) is Outcome.PARTIAL


def test_a_low_that_was_seen_once_is_no_habit() -> None:
    assert measured(55, 100, after(level(100, 0, 99), level(55, 10, 10, 1))) is Outcome.PARTIAL


def test_a_low_before_the_source_first_grew_is_what_it_comes_back_to() -> None:
    assert measured(100, 190, after(level(100, 0, 50), level(190, 51, 99))) is Outcome.GOOD


def test_a_source_that_has_been_as_large_before_may_be_so_again() -> None:
    assert measured(100, 45, after(level(100, 0, 50), level(45, 60, 99))) is Outcome.GOOD
    assert measured(100, 45, after(level(45, 60, 99))) is Outcome.FOREIGN
    assert measured(120, 45, after(level(100, 0, 50), level(45, 60, 99))) is Outcome.FOREIGN


def test_what_shrinks_little_by_little_is_noticed_once_it_has_lost_as_much() -> None:
    shrinking = [level(count, number, number) for number, count in enumerate(range(100, 60, -2))]
    assert measured(61, 62, after(*shrinking)) is Outcome.GOOD
    assert measured(60, 62, after(*shrinking)) is Outcome.PARTIAL
    verdict = judge(page(60, at=100), Mark(day(99), Outcome.GOOD, Shape(62)), (), after(*shrinking))
    assert verdict.reason == "60 claims, little by little: there have been 100"


def test_wiggling_on_the_way_down_excuses_nothing() -> None:
    counts = (100, 90, 95, 80, 85, 70, 75, 62, 66)
    assert measured(60, 66, after(*(level(count, number, number) for number, count in enumerate(counts)))) is Outcome.PARTIAL


def test_once_a_shape_is_settled_only_what_came_after_is_a_measure() -> None:
    assert measured(50, 60, after(level(100, 0, 50), level(60, 60, 99), settled=60)) is Outcome.GOOD
    assert measured(36, 60, after(level(100, 0, 50), level(60, 60, 99), settled=60)) is Outcome.PARTIAL


def test_a_small_page_may_lose_nothing_and_stay_good() -> None:
    assert measured(1, 1, after(level(1, 0, 99))) is Outcome.GOOD
    assert measured(1, 2, after(level(2, 0, 99))) is Outcome.PARTIAL


def test_a_kind_of_skip_that_was_good_before_is_not_new() -> None:
    odd = page(10, parsed=Parsed(skipped=(skipped("no model"),)))
    assert judge(odd, GOOD, (), after(level(10, 0, 1, 1, "no model"))).outcome is Outcome.GOOD
    assert judge(odd, GOOD, (), after(level(10, 0, 1, 1, "another"))).outcome is Outcome.PARTIAL


def test_a_feed_is_as_long_as_it_is() -> None:
    short = page(1, at=100, parsed=Parsed(rolling=True))
    assert judge(short, Mark(day(99), Outcome.GOOD, Shape(10)), (), after(level(100, 0, 99))).outcome is Outcome.GOOD


# What a partial or a foreign reading may do


def test_a_reading_lists_all_that_its_pages_say() -> None:
    one = (Page("https://one.test", b"1", START), Parsed((statement(Listed()),), (skipped("a"),)))
    other = (Page("https://two.test", b"2", START), Parsed((statement(Listed(), "o1"),), (skipped("b"),)))
    two = Reading(listing(), START, (one, other))
    assert [said.key.model for said in two.statements] == ["gpt-4.1-mini", "o1"]
    assert [row.shape for row in two.skipped] == ["a", "b"]


@pytest.mark.parametrize(
    "fact", [Listed(), NoRetirement(), Retires(when("2026-02-13")), Deprecated(when("2026-01")), Redirects(when("2026"))]
)
def test_rows_without_a_shape_are_told_apart_by_their_reason(fact: Fact) -> None:
    brought = reading([fact], parsed=Parsed(skipped=(skipped("", "x"),)))
    assert judge(brought, None, ()).shape == Shape(1, frozenset({"unreadable: "}))


def test_a_page_is_named_by_its_bytes() -> None:
    one, other = (Page(f"https://{name}.test", b"same", day(1)) for name in ("one", "two"))
    assert one.hash == other.hash != Page("https://one.test", b"else", day(1)).hash
    assert one.fetched_at - START == timedelta(days=1)
