"""One visit to one source: fetch, read, decide, record. Pages are fetched before the transaction; everything else is one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile

from monitor.domain.health import Health, health_events
from monitor.domain.pages import Page
from monitor.domain.policy.alerts import Alert
from monitor.domain.policy.news import alerts_for, digest_for
from monitor.domain.readings import Outcome, Parsed, Past, Reading
from monitor.domain.reconcile.decide import Changes, Known, decide
from monitor.errors import FetchError, ReadError
from monitor.jobs.bring import Brought, bring, with_stored
from monitor.jobs.shop import PollOutcome, Shop
from monitor.jobs.visits import Visit
from monitor.queries.sources import source_state
from monitor.store import Ledger

FIRST_RETRY = timedelta(minutes=10)


def poll(shop: Shop, visit: Visit, now: datetime, *, dry_run: bool = False) -> PollOutcome:
    """Visit a source now. Nothing is lost if the program dies at any moment: a visit is recorded whole or not at all.

    A page that cannot be fetched or decoded is the source's failure, recorded and told, never raised. Raises StoreError, and
    FetchStopped where the program is stopping, which records nothing: the visit is due again at the next start; LeaseLost, which
    records nothing either, where another process has taken the visit over.
    """
    if visit.not_configured:
        return PollOutcome(visit.key, Outcome.FAILED, visit.not_configured)
    with shop.database.read() as ledger:
        validators = ledger.sources.validators(visit.key)
        stored = ledger.readings.evidence(visit.key)
        last = ledger.readings.last(visit.key)
        settled = last is not None and not ledger.claims.pending(visit.key)
        upgraded = (
            last is not None and bool(stored) and last.reader_version < visit.source.reader_version and last.outcome is not Outcome.FAILED
        )
    if upgraded and not dry_run:
        _correct(shop, visit, list(stored.values()), now)
    brought = bring(visit, shop.fetcher, validators)
    if brought.unchanged and not brought.pages and not brought.failures and settled and not dry_run:
        return _unchanged(shop, visit, now)
    with_stored(brought, stored, shop.fetcher)
    try:
        reading = _read(visit, brought, now)
    except (FetchError, ReadError) as error:
        return _failed(shop, visit, brought, str(error), now, dry_run=dry_run)
    return _preview(shop, reading, now) if dry_run else _record(shop, visit, reading, brought, now)


def _read(visit: Visit, brought: Brought, now: datetime) -> Reading:
    """The reading of the pages brought; raises the first failure when none was brought, Undecodable for bytes that are no text."""
    if not brought.pages:
        raise next(iter(brought.failures.values()), FetchError("nothing to fetch"))
    return Reading(visit.facts, now, _parsed(visit, brought.pages), visit.source.reader_version, tuple(brought.failures))


def _parsed(visit: Visit, pages: list[Page]) -> tuple[tuple[Page, Parsed], ...]:
    brought = {page.url for page in pages}
    return tuple((page, _parsed_page(visit, page, brought)) for page in pages)


def _parsed_page(visit: Visit, page: Page, brought: set[str]) -> Parsed:
    """One page of a visit; a page of a listing does not break off where the next one was brought too."""
    parsed = visit.source.read(page, visit.provider)
    onward = visit.source.follow(page) if parsed.cut else None
    return replace(parsed, cut=False) if onward and onward.url in brought else parsed


def _known(ledger: Ledger, reading: Reading) -> Known:
    providers = {statement.key.provider for statement in reading.statements} | {reading.source.provider}
    return ledger.claims.known(reading.source.key, providers)


def _record(shop: Shop, visit: Visit, reading: Reading, brought: Brought, now: datetime) -> PollOutcome:
    with _writing(shop, visit) as ledger:
        changes = decide(_known(ledger, reading), reading, now)
        told = ledger.events.told_health(visit.key)
        ledger.readings.record(reading, changes, brought.validators)
        ledger.outbox.add(_alerts(shop, visit, changes, ledger, now))
        _tell_health(shop, ledger, visit, told, now)
        _end(ledger, visit, _next(shop, visit, brought, now))
    return _outcome(reading, changes)


def _alerts(shop: Shop, visit: Visit, changes: Changes, ledger: Ledger, now: datetime) -> tuple[Alert, ...]:
    mutes = ledger.acks.mutes(now)
    if changes.baseline:
        return digest_for(visit.key, changes.lifecycles, shop.watches, mutes, now)
    return alerts_for(changes.events, changes.lifecycles, shop.watches, mutes, now)


def _correct(shop: Shop, visit: Visit, pages: list[Page], now: datetime) -> None:
    """After an upgrade of the reader the last pages are read again; what differs is a correction, never the vendor's move."""
    try:
        parsed = _parsed(visit, pages)
    except ReadError:
        return  # the visit that follows says so
    reading = Reading(visit.facts, now, parsed, visit.source.reader_version, correction=True)
    with _writing(shop, visit) as ledger:
        known = replace(_known(ledger, reading), last_good=None, since=(), past=Past())
        changes = replace(decide(known, reading, now), baseline=False)
        ledger.readings.record(reading, changes, {})
        ledger.outbox.add(alerts_for(changes.events, changes.lifecycles, shop.watches, ledger.acks.mutes(now), now))


def _unchanged(shop: Shop, visit: Visit, now: datetime) -> PollOutcome:
    with _writing(shop, visit) as ledger:
        told = ledger.events.told_health(visit.key)
        ledger.readings.record_unchanged(visit.key, now)
        _tell_health(shop, ledger, visit, told, now)
        _end(ledger, visit, now + shop.jitter(visit.cadence))
        last = ledger.readings.last(visit.key)
    claims, skipped = (last.claims, last.skipped) if last else (0, 0)
    return PollOutcome(visit.key, last.outcome if last else Outcome.GOOD, "not modified", claims, skipped, unchanged=True)


def _failed(shop: Shop, visit: Visit, brought: Brought, reason: str, now: datetime, *, dry_run: bool) -> PollOutcome:
    why = f"{visit.key}: {brought.reason or reason}"
    if not dry_run:
        with _writing(shop, visit) as ledger:
            told = ledger.events.told_health(visit.key)
            ledger.readings.record_failed(visit.key, now, why)
            _tell_health(shop, ledger, visit, told, now)
            _end(ledger, visit, _retry(shop, ledger, visit, brought, now))
    return PollOutcome(visit.key, Outcome.FAILED, why)


@contextmanager
def _writing(shop: Shop, visit: Visit) -> Iterator[Ledger]:
    """A write transaction under the visit's lease; LeaseLost where another process has taken it over."""
    with shop.database.write() as ledger:
        if visit.epoch is not None:
            ledger.leases.hold(visit.key, visit.epoch)
        yield ledger


def _end(ledger: Ledger, visit: Visit, next_at: datetime) -> None:
    """Plan the next visit and give the lease back."""
    ledger.sources.schedule(visit.key, next_at)
    if visit.epoch is not None:
        ledger.leases.release(visit.key, visit.epoch)


def _tell_health(shop: Shop, ledger: Ledger, visit: Visit, told: Health | None, now: datetime) -> None:
    """Write the change of the source's health, if it changed, with its alerts."""
    events = health_events(source_state(ledger, visit), told, now)
    if events:
        ledger.events.append(events)
        ledger.outbox.add(alerts_for(events, (), shop.watches, (), now))


def _next(shop: Shop, visit: Visit, brought: Brought, now: datetime) -> datetime:
    return max(filter(None, (now + shop.jitter(visit.cadence), brought.retry_at)))


def _retry(shop: Shop, ledger: Ledger, visit: Visit, brought: Brought, now: datetime) -> datetime:
    """Failures are retried sooner than the cadence, each wait as long as the failing has lasted; a server's later word counts."""
    _, since = ledger.readings.marks(visit.key)
    failing = list(takewhile(lambda mark: mark.outcome is Outcome.FAILED, reversed(since)))
    lasted = now - failing[-1].read_at if failing else FIRST_RETRY
    delay = min(visit.cadence, max(FIRST_RETRY, lasted))
    return max(filter(None, (now + shop.jitter(delay), brought.retry_at)))


def _preview(shop: Shop, reading: Reading, now: datetime) -> PollOutcome:
    with shop.database.read() as ledger:
        return _outcome(reading, decide(_known(ledger, reading), reading, now))


def _outcome(reading: Reading, changes: Changes) -> PollOutcome:
    withdrawn = sum(claim.withdrawn_at is not None for claim in changes.claims.updated)
    verdict = changes.verdict
    counts = (verdict.shape.claims, len(reading.skipped), len(changes.events), len(changes.claims.added), withdrawn)
    return PollOutcome(reading.source.key, verdict.outcome, verdict.reason, *counts)
