"""The vocabulary of the store's tests: sources, statements, and a source that is visited day by day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select

from monitor.domain.claims import Authority, Claim, Skipped, Statement
from monitor.domain.events import Event, EventKind
from monitor.domain.facts import Fact, Listed, Retires
from monitor.domain.identity import EVERYWHERE, ModelKey, Scope
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.pages import Page, Validators
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.readings import Parsed, Reading, SourceFacts, SourceKind
from monitor.domain.reconcile.decide import Changes, Known, decide
from monitor.domain.when import When
from monitor.store import Database
from monitor.store.schema import Base

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
LISTING = SourceFacts("openai_models", SourceKind.LISTING, "openai", Authority.PROVIDER_API, at_least=0)
NEWS = SourceFacts("openai_deprecations", SourceKind.ANNOUNCEMENT, "openai", Authority.PROVIDER, at_least=0)
CATALOGUE = SourceFacts("mindstudio_models", SourceKind.CATALOGUE, "mindstudio", Authority.AGGREGATOR, at_least=0)
JUNE = When(date(2026, 6, 1))
JULY = When(date(2026, 7, 1))


def day(number: int) -> datetime:
    """Noon of the *number*-th day after the start."""
    return START + timedelta(days=number)


def key(model: str = "gpt-5", provider: str = "openai", scope: Scope = EVERYWHERE) -> ModelKey:
    """The key of a model of OpenAI's."""
    return ModelKey(provider, model, scope)


def says(fact: Fact, model: str = "gpt-5", provider: str = "openai", *, family: bool = False) -> Statement:
    """A statement whose quote names the model."""
    return Statement(key(model, provider), fact, f"{model}: {fact}", family=family)


def page(text: str, url: str = "https://example.com/page", at: datetime = START) -> Page:
    """A page of text."""
    return Page(url, text.encode(), at, "text/html")


def parsed(statements: Iterable[Statement], skipped: Iterable[Skipped] = (), drift: str = "") -> Parsed:
    """What a page says."""
    return Parsed(tuple(statements), tuple(skipped), drift)


@dataclass(frozen=True)
class Visitor:
    """One source, visited on given days with given words."""

    database: Database
    source: SourceFacts = NEWS

    def hears(self, at: datetime, *statements: Statement, text: str = "") -> Changes:
        """The source says *statements*; the page's bytes follow from them, unless *text* is given."""
        return self.brings(at, (page(text or repr(statements), at=at), parsed(statements)))

    def corrects(self, at: datetime, *statements: Statement, text: str) -> Changes:
        """A newer reader finds *statements* on the stored page."""
        return self._record(Reading(self.source, at, ((page(text, at=at), parsed(statements)),), 2, correction=True), {})

    def brings(self, at: datetime, *pages: tuple[Page, Parsed], validators: Mapping[str, Validators] | None = None) -> Changes:
        """A visit that brought *pages*."""
        return self._record(Reading(self.source, at, pages), validators or {})

    def _record(self, reading: Reading, validators: Mapping[str, Validators]) -> Changes:
        """Decide and record in one transaction, as the poll does."""
        providers = {statement.key.provider for statement in reading.statements} | {self.source.provider}
        with self.database.write() as ledger:
            known = ledger.claims.known(self.source.key, providers)
            if reading.correction:
                known = Known(known.claims)
            changes = decide(known, reading, reading.read_at)
            ledger.readings.record(reading, changes, validators)
        return changes


def in_force(database: Database, as_of: datetime | None = None) -> tuple[Claim, ...]:
    """Every claim in force."""
    with database.read() as ledger:
        return ledger.claims.in_force(as_of=as_of)


def lifecycles(database: Database, as_of: datetime | None = None) -> dict[ModelKey, Lifecycle]:
    """Every lifecycle."""
    with database.read() as ledger:
        return ledger.claims.resolved(as_of=as_of)


def bare(claims: Iterable[Claim]) -> set[Claim]:
    """The claims without the numbers the store gave them."""
    return {replace(claim, claim_id=None) for claim in claims}


def row_counts(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    with database.read() as ledger:
        connection = ledger.sources._db
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in Base.metadata.sorted_tables
        }


def retirement(model: str = "gpt-5", at: datetime = START, kind: EventKind = EventKind.RETIREMENT_SCHEDULED) -> Event:
    """An event about a model."""
    return Event(kind, key(model), at, "retires", "", "2026-06-01", "openai_deprecations", f"{model} retires")


def news(name: str = "one", channel: str = "team", at: datetime = START, events: tuple[Event, ...] = ()) -> Alert:
    """An alert for a channel."""
    return Alert(f"news:{name}:{channel}", AlertKind.NEWS, channel, "all", "platform", at, events)


LISTED = Listed()
RETIRES_IN_JUNE = Retires(JUNE)
RETIRES_IN_JULY = Retires(JULY)
