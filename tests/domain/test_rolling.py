"""A feed shows only its newest entries: what scrolls off it withdraws nothing, and its length says nothing."""

from monitor.domain.claims import Statement
from monitor.domain.events import EventKind
from monitor.domain.facts import Retires
from monitor.domain.readings import Outcome, Parsed
from tests.builders import day, key, reading, skipped, statement, when
from tests.domain.memory import Memory

FEED = Parsed(rolling=True)
QUIET = Parsed(rolling=True, empty_state=True)


def ends(*names: str, on: str = "2027-01-01", said: str = "2026-01-09") -> list[Statement]:
    return [statement(Retires(when(on)), key(name), said_on=said) for name in names]


def test_a_date_that_scrolls_off_stays_and_nobody_hears_of_it() -> None:
    memory = Memory()
    memory.take(reading(ends("a", "b"), at=day(0), parsed=FEED))
    for number in range(1, 6):
        changes = memory.take(reading([], at=day(number), parsed=QUIET))
        assert (changes.verdict.outcome, changes.events) == (Outcome.GOOD, ())
    assert {claim.key.model for claim in memory.claims if not (claim.withdrawn_at or claim.missing_since or claim.gone_at)} == {"a", "b"}


def test_on_a_page_that_does_not_roll_the_same_is_unconfirmed() -> None:
    memory = Memory()
    memory.take(reading(ends("a", "b"), at=day(0)))
    kinds = [event.kind for number in (1, 2) for event in memory.take(reading(ends("b"), at=day(number), parsed=Parsed())).events]
    assert EventKind.RETIREMENT_UNCONFIRMED not in kinds  # half of a page gone is a torn page
    memory.take(reading(ends("a", "b", "c"), at=day(3)))
    kinds = [event.kind for number in (4, 5) for event in memory.take(reading(ends("b", "c"), at=day(number))).events]
    assert kinds == [EventKind.RETIREMENT_UNCONFIRMED]


def test_many_entries_at_once_are_news_and_no_foreign_page() -> None:
    memory = Memory()
    memory.take(reading(ends("a"), at=day(0), parsed=FEED))
    changes = memory.take(reading(ends(*"abcdefg"), at=day(1), parsed=FEED))
    assert changes.verdict.outcome is Outcome.GOOD
    assert [event.key.model for event in changes.events if event.kind is EventKind.RETIREMENT_SCHEDULED] == [*"bcdefg"]


def test_a_later_entry_moves_the_date_of_an_earlier_one_that_is_still_there_or_not() -> None:
    memory = Memory()
    memory.take(reading(ends("a"), at=day(0), parsed=FEED))
    moved = ends("a", on="2027-02-01", said="2026-01-11")
    changes = memory.take(reading([*ends("a"), *moved], at=day(1), parsed=FEED))
    assert [event.kind for event in changes.events] == [EventKind.RETIREMENT_MOVED]
    assert memory.take(reading(moved, at=day(2), parsed=FEED)).events == ()


def test_a_new_kind_of_unreadable_entry_is_still_told() -> None:
    memory = Memory()
    memory.take(reading(ends("a"), at=day(0), parsed=FEED))
    changes = memory.take(reading(ends("a"), at=day(1), parsed=Parsed(rolling=True, skipped=(skipped("entry"),))))
    assert changes.verdict.outcome is Outcome.PARTIAL


def test_a_claim_stands_at_its_entrys_address() -> None:
    said = Statement(key("a"), Retires(when("2027-01-01")), "q", link="https://vendor.example/news/1")
    other = Statement(key("b"), Retires(when("2027-01-01")), "q")
    brought = reading([said, other], at=day(0), parsed=FEED)
    page = brought.pages[0][0]
    assert [claim.url for claim in Memory().take(brought).claims.added] == ["https://vendor.example/news/1", page.url]
