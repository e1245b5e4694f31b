"""What a person hands in: read, decided and told like any visit; taken back, expired, and never told twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from monitor.domain.claims import Authority
from monitor.domain.events import EventKind
from monitor.domain.facts import Deprecated, Fact, NoRetirement, Redirects, Retires
from monitor.domain.identity import EVERYWHERE, ModelKey, Scope, scope_of
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.pages import Page
from monitor.domain.policy.alerts import AlertKind
from monitor.domain.readings import Outcome, Parsed
from monitor.domain.records import Signature
from monitor.errors import Undecodable, UsageError
from monitor.jobs.poll import poll
from monitor.jobs.record import Document, OwnWord, Recorded, expire, record_document, record_word, take_back
from monitor.jobs.remind import remind
from monitor.jobs.shop import Shop
from monitor.sources import find_source
from tests.builders import when
from tests.faultserver import FaultServer
from tests.faultserver import page as served
from tests.jobs.shopping import DAY, START, shop, table, visit

LETTER = (
    b"From: Vendor <no-reply@acme.test>\nTo: dev@here.test\nSubject: News\nDate: Thu, 26 Feb 2026 09:30:00 +0000\n\n"
    b"The model `alpha-1` will be retired on September 1, 2026.\n"
)
NOTICE = b"# Notice\n\nThe model `alpha-1` will be retired on September 1, 2026.\n"
ANN = Signature("Ann", "contract 17")
ALPHA = ModelKey("acme", "alpha-1")
JULY, SEPTEMBER, OCTOBER = Retires(when("2026-07-01")), Retires(when("2026-09-01")), Retires(when("2026-10-01"))


@pytest.fixture
def tools(tmp_path: Path) -> Iterator[Shop]:
    with shop(tmp_path) as made:
        yield made
        with made.database.write() as ledger:
            assert ledger.claims.rebuild() == 0


def letter(body: bytes = LETTER, *, at: datetime | None = None, sender: str = "", authority: Authority = Authority.PROVIDER) -> Document:
    return Document(Page("letter.eml", body, START), find_source("generic_page"), "acme", authority, at, sender)


def word(*facts: Fact, expires: str = "", signature: Signature = ANN, scope: Scope = EVERYWHERE) -> OwnWord:
    return OwnWord(structs.replace(ALPHA, scope=scope), facts, signature, date.fromisoformat(expires) if expires else None)


def kinds(recorded: Recorded) -> list[EventKind]:
    return [event.kind for event in recorded.events]


def state(tools: Shop, as_of: datetime | None = None) -> Lifecycle | None:
    with tools.database.read() as ledger:
        return ledger.claims.resolved(as_of=as_of).get(ALPHA)


def told(tools: Shop) -> list[list[EventKind]]:
    with tools.database.read() as ledger:
        views = ledger.outbox.listing()
    assert {view.alert.kind for view in views} <= {AlertKind.NEWS}
    return [[event.kind for event in view.alert.events] for view in reversed(views)]


# Documents


def test_a_mail_is_news_from_its_first_reading(tools: Shop) -> None:
    recorded = record_document(tools, letter(), START)
    assert kinds(recorded) == [EventKind.DEPRECATION_ANNOUNCED, EventKind.RETIREMENT_SCHEDULED] == told(tools)[0]
    assert recorded.key.startswith("recorded/acme/2026-02-26-")
    with tools.database.read() as ledger:
        [said] = ledger.claims.in_force()
        stored = ledger.readings.page(said.page)
        [view] = ledger.records.listing()
    assert stored
    assert (stored.body, stored.url, stored.fetched_at) == (LETTER, said.url, datetime(2026, 2, 26, 9, 30, tzinfo=UTC))
    assert said.url == f"record:{said.page[:16]}"
    assert (said.source, said.authority, said.origin.author) == (recorded.key, Authority.PROVIDER, "Vendor <no-reply@acme.test>")
    assert (said.recorded_at, said.statement.said_on) == (START, when("2026-02-26"))
    assert (view.key, view.claims, view.author) == (recorded.key, 1, "Vendor <no-reply@acme.test>")


def test_the_same_document_again_brings_no_events_whatever_day_it_is_given(tools: Shop) -> None:
    first = record_document(tools, letter(NOTICE), START)
    for later in (record_document(tools, letter(NOTICE), START + DAY), record_document(tools, letter(NOTICE, at=START - DAY), START + DAY)):
        assert (later.key, later.events) == (first.key, ())
    assert first.key.startswith("recorded/acme/2026-03-01-")
    assert len(told(tools)) == 1


def test_the_day_and_the_sender_given_stand_before_the_mails_own(tools: Shop) -> None:
    at = datetime(2026, 2, 20, tzinfo=UTC)
    recorded = record_document(tools, letter(at=at, sender="Bob", authority=Authority.REPORT), START)
    with tools.database.read() as ledger:
        [said] = ledger.claims.in_force()
    assert recorded.key.startswith("recorded/acme/2026-02-20-")
    assert (said.authority, said.origin.author, said.statement.said_on) == (Authority.REPORT, "Bob", when("2026-02-20"))


def test_a_document_without_statements_is_not_kept(tools: Shop) -> None:
    recorded = record_document(tools, letter(b"# Lunch\n\nPizza on Friday.\n"), START)
    assert (recorded.parsed.drift != "", recorded.events, recorded.added) == (True, (), 0)
    with tools.database.read() as ledger:
        assert (ledger.records.listing(), ledger.claims.in_force()) == ((), ())


def test_bytes_that_are_no_text_are_refused(tools: Shop) -> None:
    with pytest.raises(Undecodable):
        record_document(tools, letter(b"From: a@b.test\nSubject: x\nContent-Type: image/png\n\nx"), START)


def test_a_dry_run_writes_nothing(tools: Shop) -> None:
    assert len(record_document(tools, letter(), START, dry_run=True).events) == 2
    assert len(record_word(tools, word(JULY), START, dry_run=True).events) == 2
    assert state(tools) is None
    assert told(tools) == []


def test_a_letter_disputes_a_page_of_the_same_rank(tools: Shop) -> None:
    with FaultServer() as site:
        site.routes["/p"] = served(table(("2026-10-01", "alpha-1", "alpha-2")))
        poll(tools, visit(site.url("/p")), START)
    recorded = record_document(tools, letter(), START + DAY)
    assert kinds(recorded) == [EventKind.RETIREMENT_MOVED, EventKind.DISPUTE_OPENED]


# Operators' own words


def test_an_operators_word_outranks_every_source_and_what_they_say_takes_over_when_it_expires(tools: Shop) -> None:
    record_document(tools, letter(), START)
    recorded = record_word(tools, word(OCTOBER, expires="2026-04-01"), START + DAY)
    assert (recorded.key, kinds(recorded)) == ("operator/acme/alpha-1", [EventKind.RETIREMENT_MOVED])
    found = state(tools)
    assert found
    said = found.claim("retires")
    assert said
    assert (said.authority, said.origin.author, said.origin.expires_on, said.statement.quote) == (
        Authority.OPERATOR,
        "Ann",
        date(2026, 4, 1),
        "contract 17",
    )
    assert [remind(tools, [], datetime(2026, 3, 31, 23, 59, tzinfo=UTC)), len(told(tools))] == [0, 2]
    over = datetime(2026, 4, 1, tzinfo=UTC)
    remind(tools, [], over)
    assert told(tools)[2:] == [[EventKind.RETIREMENT_MOVED]]
    for asked, believed in ((START, SEPTEMBER), (START + DAY, OCTOBER), (over - timedelta(seconds=1), OCTOBER), (over, SEPTEMBER)):
        then = state(tools, asked)
        assert then
        assert then.retires == believed.on
    with tools.database.read() as ledger:
        last = ledger.readings.last(recorded.key)
    assert last
    assert (last.reason, last.outcome, last.claims) == ("expired on 2026-04-01", Outcome.GOOD, 0)
    assert expire(tools, over) == 0


def test_a_later_word_about_the_same_fact_takes_the_place_of_the_earlier_one(tools: Shop) -> None:
    record_word(tools, word(JULY, Deprecated(when("2026-02-01"))), START)
    recorded = record_word(tools, word(OCTOBER, signature=Signature("Bob", "contract 18")), START + DAY)
    assert (kinds(recorded), recorded.added, recorded.withdrawn) == ([EventKind.RETIREMENT_MOVED], 1, 1)
    found = state(tools)
    assert found
    assert (found.retires, found.deprecated, found.disputed_slots) == (OCTOBER.on, when("2026-02-01"), ())


def test_the_same_word_again_changes_nothing_and_another_expiry_only_that(tools: Shop) -> None:
    record_word(tools, word(JULY, expires="2026-05-01"), START)
    again = record_word(tools, word(JULY, expires="2026-05-01"), START + DAY)
    assert (again.events, again.added, again.withdrawn) == ((), 0, 0)
    longer = record_word(tools, word(JULY, expires="2026-06-01"), START + DAY)
    assert (longer.events, longer.added, longer.withdrawn) == ((), 1, 1)
    assert expire(tools, datetime(2026, 5, 2, tzinfo=UTC)) == 0


def test_a_word_may_be_about_one_scope(tools: Shop) -> None:
    recorded = record_word(tools, word(JULY, scope=scope_of({"region": "eu"})), START)
    assert recorded.key == "operator/acme/alpha-1 [region=eu]"
    assert state(tools) is None


def test_a_word_that_is_over_before_it_counts_is_refused(tools: Shop) -> None:
    with pytest.raises(UsageError, match="is over"):
        record_word(tools, word(JULY, expires="2026-03-01"), START)


def test_a_word_taken_back_is_withdrawn_on_somebodys_word_and_the_others_take_over(tools: Shop) -> None:
    record_document(tools, letter(), START)
    key = record_word(tools, word(OCTOBER, Redirects(when("2026-08-01"))), START + DAY).key
    bob = Signature("Bob", "a mistake")
    assert len(take_back(tools, key, bob, START + 2 * DAY, dry_run=True).events) == 2
    recorded = take_back(tools, key, bob, START + 2 * DAY)
    assert [(event.kind, event.fact, event.before, event.after) for event in recorded.events] == [
        (EventKind.RETIREMENT_MOVED, "retires", "2026-10-01", "2026-09-01"),
        (EventKind.CLAIM_CORRECTED, "redirects", "2026-08-01", ""),
    ]
    with tools.database.read() as ledger:
        last = ledger.readings.last(key)
    assert last
    assert (last.reason, recorded.withdrawn) == ("withdrawn by Bob: a mistake", 2)
    for wrong in (key, "page", "operator/none"):
        with pytest.raises(UsageError, match="no record"):
            take_back(tools, wrong, bob, START + 3 * DAY)


def test_where_nobody_else_says_anything_nothing_is_left(tools: Shop) -> None:
    key = record_word(tools, word(JULY), START).key
    recorded = take_back(tools, key, ANN, START + DAY)
    assert [(event.kind, event.before, event.after) for event in recorded.events] == [(EventKind.CLAIM_CORRECTED, "2026-07-01", "")]
    assert state(tools) is None
    with tools.database.read() as ledger:
        assert ledger.claims.models() == ()
        assert [(view.key, view.claims) for view in ledger.records.listing()] == [(key, 0)]


def test_an_operator_may_say_that_there_is_no_date(tools: Shop) -> None:
    record_document(tools, letter(), START)
    assert kinds(record_word(tools, word(NoRetirement()), START + DAY)) == [EventKind.RETIREMENT_CANCELLED]


def test_a_document_can_be_taken_back_and_handed_in_anew(tools: Shop) -> None:
    key = record_document(tools, letter(), START).key
    take_back(tools, key, ANN, START + DAY)
    assert state(tools) is None
    again = record_document(tools, letter(), START + 2 * DAY)
    assert (again.key, again.added) == (key, 1)
    found = state(tools)
    assert found
    assert found.retires == SEPTEMBER.on


def test_a_name_that_no_store_takes_is_a_skipped_row_of_a_document_too(tools: Shop) -> None:
    notice = b"| Model | Shutdown date |\n| --- | --- |\n| `alpha-1` | 2098-09-01 |\n"
    source = find_source("generic_page")
    statement = source.parse(Page("x", notice, START), "acme").statements[0]
    monstrous = structs.replace(statement, key=structs.replace(statement.key, model="x" * 2_500))
    told = replace(source, parse=lambda _page, _provider: Parsed((statement, monstrous)))
    recorded = record_document(tools, replace(letter(notice), source=told), START)
    (skipped,) = recorded.parsed.skipped
    assert skipped.reason.startswith("a name too long to be one")
    assert EventKind.RETIREMENT_SCHEDULED in kinds(recorded)
