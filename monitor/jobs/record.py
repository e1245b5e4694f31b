"""Record: a document or a word that a person hands in, through the same reading, deciding and writing as a visit; and taking it back."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from msgspec import structs

from monitor.domain.claims import Authority, Claim, Origin, Statement
from monitor.domain.events import Event
from monitor.domain.facts import Fact, fact_name, fact_value, when_of
from monitor.domain.identity import ModelKey
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, Reading
from monitor.domain.reconcile.decide import Changes, Known, decide, retract
from monitor.domain.reconcile.diff import shown
from monitor.domain.records import Signature, document_key, record_facts, word_key
from monitor.domain.when import When
from monitor.errors import UsageError
from monitor.jobs.shop import Shop
from monitor.jobs.telling import told_of
from monitor.parsing.news.mails import is_mail, read_mail
from monitor.sources import Source
from monitor.store import Ledger

SCHEME = "record:"
SHORT = 16


@dataclass(frozen=True, slots=True)
class Document:
    """A page or mail that a person received: *at* (aware UTC) is when, "" for *sender* where that is not told."""

    page: Page
    source: Source
    provider: str
    authority: Authority
    at: datetime | None
    sender: str


@dataclass(frozen=True, slots=True)
class OwnWord:
    """What an operator says of one key; from *expires_on* (a day's beginning in UTC) on it no longer counts."""

    key: ModelKey
    facts: tuple[Fact, ...]
    signature: Signature
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a record: its source key, what was read (nothing for a word), the events, and how many claims changed."""

    key: str
    parsed: Parsed
    events: tuple[Event, ...] = ()
    added: int = 0
    withdrawn: int = 0


def record_document(shop: Shop, document: Document, now: datetime, *, dry_run: bool = False) -> Recorded:
    """Read a document and write what it says; one that says nothing is not kept. The same one again brings no events.

    It is news from the first: there is no baseline of a letter. Raises ReadError for bytes that are no text, StoreError.
    """
    mail = read_mail(document.page) if is_mail(document.page.body) else None
    at = document.at or (mail.sent_at if mail else None)
    page = replace(document.page, url=f"{SCHEME}{document.page.hash[:SHORT]}", fetched_at=at or now)
    parsed = document.source.read(page, document.provider)
    on = When(at.date()) if at else None
    parsed = replace(parsed, statements=tuple(structs.replace(said, said_on=said.said_on or on) for said in parsed.statements))
    key = document_key(document.provider, (at or now).date(), page.hash)
    if parsed.drift or not parsed.statements:
        return Recorded(key, parsed)
    sender = document.sender or (mail.sender if mail else "")

    def reading_in(ledger: Ledger) -> Reading:
        old = ledger.records.same_document(document.provider, page.hash)
        facts = record_facts(old or key, document.provider, document.authority)
        version = document.source.reader_version
        return Reading(facts, now, ((page, parsed),), version, correction=old is not None, origin=Origin(sender))

    return _written(shop, reading_in, now, dry_run=dry_run)


def record_word(shop: Shop, word: OwnWord, now: datetime, *, dry_run: bool = False) -> Recorded:
    """Write an operator's own word, which outranks every other; a later one about the same key and fact takes its place."""
    if word.expires_on and word.expires_on <= now.date():
        raise UsageError(f"{word.expires_on} is over: it would not count for a moment")
    body = "".join(f"{line}\n" for line in _lines(word)).encode()
    page = Page(f"{SCHEME}{Page('', body, now).hash[:SHORT]}", body, now, "text/plain")
    parsed = Parsed(tuple(Statement(word.key, fact, word.signature.reason) for fact in word.facts))
    origin = Origin(word.signature.author, word.expires_on)
    facts = record_facts(word_key(word.key), word.key.provider, Authority.OPERATOR)
    return _written(shop, lambda _: Reading(facts, now, ((page, parsed),), origin=origin), now, dry_run=dry_run)


def take_back(shop: Shop, key: str, signature: Signature, now: datetime, *, dry_run: bool = False) -> Recorded:
    """Withdraw all that a record says, on somebody's word; what the other sources say takes over. Raises UsageError for no such record."""
    why = f"withdrawn by {signature.author}: {signature.reason}"
    with shop.database.read() if dry_run else shop.database.write() as ledger:
        going = ledger.records.in_force(key)
        if not going:
            raise UsageError(f"no record {key!r} is in force; `modelwatch sources` lists them")
        reading, changes = _retracted(ledger, going, why, now)
        if not dry_run:
            _write(shop, ledger, reading, changes, now)
    return _recorded(reading, changes)


def expire(shop: Shop, now: datetime) -> int:
    """Withdraw the operators' words whose time is over; how many records that were. Nothing is written where there are none."""
    with shop.database.read() as ledger:
        if not ledger.records.expired(now):
            return 0
    with shop.database.write() as ledger:
        expired = sorted(ledger.records.expired(now), key=lambda claim: claim.source)
        records = [tuple(own) for _, own in groupby(expired, key=lambda claim: claim.source)]
        for going in records:
            _write(shop, ledger, *_retracted(ledger, going, f"expired on {going[0].origin.expires_on}", now), now)
    return len(records)


def _written(shop: Shop, reading_in: Callable[[Ledger], Reading], now: datetime, *, dry_run: bool) -> Recorded:
    if dry_run:
        with shop.database.read() as ledger:
            reading = reading_in(ledger)
            return _recorded(reading, _decided(ledger, reading, now))
    with shop.database.write() as ledger:
        reading = reading_in(ledger)
        changes = _decided(ledger, reading, now)
        _write(shop, ledger, reading, changes, now)
    return _recorded(reading, changes)


def _decided(ledger: Ledger, reading: Reading, now: datetime) -> Changes:
    """What it changes; a person answers for its shape, so that no earlier reading is held against it."""
    known = ledger.claims.known(reading.source.key, {statement.key.provider for statement in reading.statements})
    return replace(decide(Known(known.claims), reading, now), baseline=False)


def _retracted(ledger: Ledger, going: Collection[Claim], why: str, now: datetime) -> tuple[Reading, Changes]:
    first = next(iter(going))
    known = ledger.claims.in_force(providers={claim.key.provider for claim in going})
    reading = Reading(record_facts(first.source, first.key.provider, first.authority), now, ())
    return reading, retract(known, going, why, now)


def _write(shop: Shop, ledger: Ledger, reading: Reading, changes: Changes, now: datetime) -> None:
    ledger.readings.record(reading, changes, {})
    ledger.outbox.add(told_of(shop, ledger, changes.events, changes.lifecycles, now))


def _recorded(reading: Reading, changes: Changes) -> Recorded:
    withdrawn = sum(claim.withdrawn_at is not None for claim in changes.claims.updated)
    parsed = reading.pages[0][1] if reading.pages else Parsed()
    return Recorded(reading.source.key, parsed, changes.events, len(changes.claims.added), withdrawn)


def _lines(word: OwnWord) -> Iterable[str]:
    """The word as its own page, so that it can be cited like any other."""
    yield str(word.key)
    for fact in word.facts:
        yield f"{fact_name(fact)}={shown(when_of(fact)) or fact_value(fact)}".rstrip("=")
    yield f"author: {word.signature.author}"
    yield f"reason: {word.signature.reason}"
    if word.expires_on:
        yield f"expires: {word.expires_on}"
