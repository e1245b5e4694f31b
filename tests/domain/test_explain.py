"""Why a claim is believed or stands back, rule by rule; and that the explanation never differs from the belief."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.claims import Authority, Claim, Origin
from monitor.domain.facts import Deprecated, Fact, InStage, Listed, NoRetirement, ReplacedBy, Retires, Stage
from monitor.domain.reconcile.explain import Standing, weigh
from monitor.domain.reconcile.resolve import resolve
from tests.builders import claim, day, listing, source, statement, when

FIRST, LATER = Retires(when("2026-02-13")), Retires(when("2026-03-13"))
MONTH = Retires(when("2026-02"))
BLOG = source("openai_blog")
COLLECTION = source("collection", authority=Authority.AGGREGATOR)


def told(*claims: Claim) -> list[tuple[str, Standing, str]]:
    return [(one.claim.source, one.standing, one.why) for one in weigh(claims)]


def copied(said: Claim, as_of: datetime) -> Claim:
    from dataclasses import replace

    return replace(said, origin=Origin(as_of=as_of))


def test_the_only_word_is_believed_for_that() -> None:
    assert told(claim(FIRST)) == [("openai_deprecations", Standing.BELIEVED, "the only word")]


def test_of_one_rank_the_earliest_date_is_believed_and_the_others_are_disputed_or_leave_room() -> None:
    assert told(claim(LATER, BLOG), claim(FIRST), claim(MONTH, source("another"))) == [
        ("openai_deprecations", Standing.BELIEVED, "of the highest rank that speaks (provider), the earliest of those that differ"),
        ("another", Standing.AGREES, "leaves room for what is believed"),
        ("openai_blog", Standing.DISPUTED, "of the same rank (provider), says otherwise"),
    ]
    stages = told(claim(InStage(Stage.LEGACY)), claim(InStage(Stage.DEPRECATED), BLOG))
    assert stages[0] == (
        "openai_blog",
        Standing.BELIEVED,
        "of the highest rank that speaks (provider), the first of those that differ",
    )


def test_a_lower_rank_stands_back_even_where_it_says_the_same() -> None:
    assert told(claim(FIRST), claim(FIRST, COLLECTION), claim(LATER, source("b", authority=Authority.REPORT))) == [
        ("openai_deprecations", Standing.BELIEVED, "of the highest rank that speaks (provider)"),
        ("collection", Standing.AGREES, "says the same, but aggregator stands behind provider"),
        ("b", Standing.STANDS_BACK, "report stands behind provider"),
    ]
    assert told(claim(FIRST), claim(FIRST, BLOG))[1][1:] == (Standing.AGREES, "says the same")


def test_every_member_of_a_set_is_believed() -> None:
    assert [one[1] for one in told(claim(ReplacedBy("a")), claim(ReplacedBy("b"), BLOG))] == [Standing.BELIEVED] * 2


def test_an_older_part_of_a_page_stands_back() -> None:
    table, old, new = claim(statement(FIRST, status=True)), claim(statement(LATER)), claim(statement(LATER, said_on="2026-01-05"))
    assert told(table, old)[1][2] == "the status table of its page outranks it"
    assert told(new, claim(statement(FIRST, said_on="2025-12-01")))[1][2] == "its source has announced something later (2026-01-05)"
    second_hand = claim(statement(FIRST, authority=Authority.REPORT))
    assert told(old, second_hand)[1][2] == "its page says so second-hand, and something else in its own name"


def test_an_old_copy_an_empty_field_and_a_row_that_is_gone_stand_back() -> None:
    copy = copied(claim(FIRST, listing()), day(-30))
    assert told(copy, claim(LATER))[1][1:] == (Standing.STANDS_BACK, "it is an old copy, and somebody has spoken since")
    empty = claim(NoRetirement(), listing())
    assert told(empty, claim(FIRST))[1][1:] == (Standing.STANDS_BACK, "an empty field of an API does not silence the provider's page")
    gone = claim(FIRST, missing=day(1), gone=day(2))
    assert told(gone, claim(LATER, BLOG))[1][1:] == (Standing.STANDS_BACK, "it is gone from its page")


def test_a_withdrawn_claim_does_not_speak() -> None:
    assert told(claim(FIRST, withdrawn=day(1))) == []


SOURCES = (source(), BLOG, COLLECTION, listing())
STATED: tuple[Fact, ...] = (FIRST, LATER, MONTH, NoRetirement(), Deprecated(when("2026-01-05")))
FACTS = (*STATED, Listed(), ReplacedBy("a"), ReplacedBy("b"), InStage(Stage.LEGACY))
DAYS = ("", "2026-01-01", "2026-01-05")


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    said = statement(
        draw(st.sampled_from(FACTS)), status=draw(st.booleans()), said_on=draw(st.sampled_from(["", "2026-01-01", "2026-01-05"]))
    )
    gone = day(2) if draw(st.booleans()) else None
    made = claim(said, draw(st.sampled_from(SOURCES)), missing=gone and day(1), gone=gone)
    return copied(made, day(-9)) if draw(st.booleans()) else made


@given(st.lists(claims(), max_size=8))
def test_the_explanation_is_the_belief(known: list[Claim]) -> None:
    lifecycle, weighed = resolve(known), weigh(known)
    assert {one.claim for one in weighed} == set(known)
    by_standing = {standing: {one.claim for one in weighed if one.standing is standing} for standing in Standing}
    beliefs = [belief for _, belief in lifecycle.beliefs] if lifecycle else []
    assert {claim for belief in beliefs for claim in belief.chosen} <= by_standing[Standing.BELIEVED]
    assert {claim for belief in beliefs for claim in belief.disputed} == by_standing[Standing.DISPUTED]
    assert {claim for belief in beliefs for claim in belief.differences} == by_standing[Standing.STANDS_BACK]
