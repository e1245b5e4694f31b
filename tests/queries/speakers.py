"""Who speaks in these tests: a provider's page and API, a collection, a router; and what they say."""

from datetime import UTC, date, datetime

from monitor.domain.claims import Authority, Statement
from monitor.domain.facts import Fact, Spec, SpecName
from monitor.domain.identity import EVERYWHERE, ModelKey, Scope
from monitor.domain.readings import SourceFacts, SourceKind
from monitor.domain.when import Bound, When
from monitor.queries.models import line
from monitor.queries.views import KeyView, LineView
from monitor.store import Database

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)
API = SourceFacts("openai_models", SourceKind.LISTING, "openai", Authority.PROVIDER_API, at_least=0)
PAGE = SourceFacts("openai_page", SourceKind.ANNOUNCEMENT, "openai", Authority.PROVIDER, at_least=0)
OTHER_PAGE = SourceFacts("openai_blog", SourceKind.ANNOUNCEMENT, "openai", Authority.PROVIDER, at_least=0)
COLLECTION = SourceFacts("collection", SourceKind.ANNOUNCEMENT, "openai", Authority.AGGREGATOR, at_least=0)
ROUTER = SourceFacts("router", SourceKind.LISTING, "openrouter", Authority.PROVIDER_API, at_least=0)


def says(model: str, fact: Fact, provider: str = "openai", scope: Scope = EVERYWHERE, authority: Authority | None = None) -> Statement:
    """A statement whose quote names the model."""
    return Statement(ModelKey(provider, model, scope), fact, f"{model}: {fact}", authority=authority)


def on(text: str, *, floor: bool = False) -> When:
    """A day, exact or "not before"."""
    return When(date.fromisoformat(text), bound=Bound.NOT_BEFORE if floor else Bound.EXACT)


def context(tokens: int) -> Spec:
    """A context window."""
    return Spec(SpecName.CONTEXT_WINDOW, str(tokens))


def shown(database: Database, name: str, now: datetime = NOW, as_of: datetime | None = None) -> LineView:
    """What `show` is given."""
    with database.read() as ledger:
        return line(ledger, name, now, as_of)


def view(database: Database, provider: str, model: str, now: datetime = NOW) -> KeyView:
    """One key of its line."""
    return next(one for one in shown(database, model, now).keys if (one.key.provider, one.key.model) == (provider, model))


def said(found: KeyView, slot: str) -> list[tuple[str, str, str]]:
    """Value, source and where it was taken over from."""
    return [(word.value, word.claim.source, word.inherited_from) for word in found.all(slot)]
