"""Every word about a line with its standing, where it came from, and when it was last seen."""

from datetime import datetime, timedelta

from msgspec import structs

from monitor.domain.bundles import Copy, Sheet
from monitor.domain.claims import Authority
from monitor.domain.facts import AliasOf, Listed, Retires
from monitor.domain.identity import ModelKey, scope_of
from monitor.domain.readings import SourceFacts, SourceKind
from monitor.domain.reconcile.bundled import take_over
from monitor.domain.reconcile.explain import Standing
from monitor.queries.evidence import Proof, proofs
from monitor.queries.models import line
from monitor.store import Database
from tests.queries.speakers import API, NOW, PAGE, on, says
from tests.store.words import Visitor

DAY = timedelta(days=1)
FIRST, LATER = Retires(on("2026-03-01")), Retires(on("2026-04-01"))
OPERATOR = SourceFacts("operator/openai/gpt-9", SourceKind.RECORD, "openai", Authority.OPERATOR, at_least=0)


def told(database: Database, name: str, key: ModelKey, slot: str = "retires", as_of: datetime | None = None) -> list[Proof]:
    with database.read() as ledger:
        found = proofs(ledger, line(ledger, name, NOW + 9 * DAY, as_of), NOW + 9 * DAY, as_of)
    return [proof for proof in found[key] if proof.word.claim.slot == slot]


def test_what_an_alias_takes_over_is_told_with_whose_it_is(database: Database) -> None:
    Visitor(database, API).hears(NOW, says("gpt-9", AliasOf("gpt-9-2026-01-01")), says("gpt-9-2026-01-01", Listed()))
    Visitor(database, PAGE).hears(NOW, says("gpt-9-2026-01-01", FIRST))
    [taken] = told(database, "gpt-9", ModelKey("openai", "gpt-9"))
    assert (taken.word.value, taken.standing, taken.why) == (
        "2026-03-01",
        Standing.BELIEVED,
        "said of gpt-9-2026-01-01, another name of the same model",
    )


def test_a_scope_takes_over_what_is_said_of_the_whole_model(database: Database) -> None:
    west = scope_of({"region": ["west"]})
    Visitor(database, PAGE).hears(NOW, says("gpt-9", FIRST), says("gpt-9", Listed(), scope=west))
    [taken] = told(database, "gpt-9", ModelKey("openai", "gpt-9", west))
    assert taken.why == "said of the whole model, and this scope has no word of its own"


def test_a_spelling_whose_own_words_do_not_count_says_whose_do(database: Database) -> None:
    from monitor.domain.facts import Spec, SpecName

    size, other = Spec(SpecName.CONTEXT_WINDOW, "1000"), Spec(SpecName.CONTEXT_WINDOW, "2000")
    Visitor(database, API).hears(NOW, says("gpt-9", AliasOf("gpt-9-2026-01-01")), says("gpt-9-2026-01-01", size))
    Visitor(database, PAGE).hears(NOW, says("gpt-9", other))
    own, taken = told(database, "gpt-9", ModelKey("openai", "gpt-9"), "context_window")
    assert (own.word.value, own.standing, own.why) == ("2000", Standing.STANDS_BACK, "what is said of gpt-9-2026-01-01 counts here")
    assert (taken.word.value, taken.standing) == ("1000", Standing.BELIEVED)
    Visitor(database, PAGE).hears(NOW + DAY, says("gpt-9", size))
    own, _ = told(database, "gpt-9", ModelKey("openai", "gpt-9"), "context_window")
    assert (own.standing, own.why) == (Standing.AGREES, "says the same as what is said of gpt-9-2026-01-01")


def test_what_a_family_row_says_is_marked_as_inferred(database: Database) -> None:
    Visitor(database, PAGE).hears(NOW, structs.replace(says("gpt-9-audio", FIRST), family=True))
    Visitor(database, API).hears(NOW, says("gpt-9-audio-preview", Listed()))
    [inferred] = told(database, "gpt-9-audio-preview", ModelKey("openai", "gpt-9-audio-preview"))
    assert (inferred.word.claim.inferred_from, inferred.standing) == ("gpt-9-audio", Standing.BELIEVED)


def test_a_word_was_last_seen_in_the_last_full_reading_that_did_not_miss_it(database: Database) -> None:
    page = Visitor(database, PAGE)
    page.hears(NOW, says("gpt-9", LATER), says("gpt-8", LATER), says("gpt-7", LATER))
    page.hears(NOW + DAY, says("gpt-9", LATER), says("gpt-8", LATER), says("gpt-7", LATER), text="worded anew")
    key = ModelKey("openai", "gpt-9")
    assert [proof.last_seen_at for proof in told(database, "gpt-9", key)] == [NOW + DAY]
    assert [proof.last_seen_at for proof in told(database, "gpt-9", key, as_of=NOW)] == [NOW]
    page.hears(NOW + 2 * DAY, says("gpt-8", LATER), says("gpt-7", LATER))
    [missing] = told(database, "gpt-9", key)
    assert (missing.last_seen_at, missing.word.claim.missing_since) == (NOW + DAY, NOW + 2 * DAY)


def test_what_a_person_says_was_last_seen_when_it_was_handed_in(database: Database) -> None:
    Visitor(database, OPERATOR).hears(NOW, says("gpt-9", FIRST))
    Visitor(database, PAGE).hears(NOW + DAY, says("gpt-9", LATER))
    mine, theirs = told(database, "gpt-9", ModelKey("openai", "gpt-9"))
    assert (mine.standing, mine.last_seen_at) == (Standing.BELIEVED, NOW)
    assert (theirs.standing, theirs.why) == (Standing.STANDS_BACK, "provider stands behind operator")


def test_a_copy_was_last_seen_when_somebody_else_read_it(database: Database) -> None:
    as_of = NOW - 30 * DAY
    copy = Copy(PAGE.key, "openai", PAGE.authority, as_of, 1, (Sheet("https://example.com/page", "c" * 64, (says("gpt-9", FIRST),)),))
    with database.write() as ledger:
        ledger.bundles.record(take_over((), [copy], (), NOW), NOW)
    [copied] = told(database, "gpt-9", ModelKey("openai", "gpt-9"))
    assert (copied.last_seen_at, copied.word.claim.origin.bundled) == (as_of, True)
    with database.read() as ledger:
        here = [ledger.bundles.as_of(until) for until in (NOW - DAY, NOW, None)]
    assert here == [{}, {PAGE.key: as_of}, {PAGE.key: as_of}]
