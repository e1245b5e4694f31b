"""A small vocabulary for tests: what a page says, who says it, and when."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from monitor.domain.claims import Authority, Claim, Place, Skipped, Statement
from monitor.domain.facts import Fact
from monitor.domain.identity import Kind, ModelKey, scope_of
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, Reading, SourceFacts, SourceKind
from monitor.domain.when import Bound, When, read_value

MODEL = "gpt-4.1-mini"
START = datetime(2026, 1, 10, 12, tzinfo=UTC)


def day(number: float) -> datetime:
    """Noon UTC of a day, counted from 2026-01-10."""
    return START + timedelta(days=number)


def on(text: str, clock: str = "12:00") -> datetime:
    """An instant in UTC."""
    return datetime.combine(date.fromisoformat(text), time.fromisoformat(clock), UTC)


def when(text: str, *, floor: bool = False, at: datetime | None = None) -> When:
    """`2026-02-13`, `2026-02`, `2026-Q1` or `2026`."""
    return read_value(text, Bound.NOT_BEFORE if floor else Bound.EXACT, at)


def key(model: str = MODEL, provider: str = "openai", **scope: str | Iterable[str]) -> ModelKey:
    """A model's key; keywords are its scope."""
    return ModelKey(provider, model, scope_of(scope))


def source(
    name: str = "openai_deprecations",
    kind: SourceKind = SourceKind.ANNOUNCEMENT,
    authority: Authority = Authority.PROVIDER,
    provider: str = "openai",
    at_least: int = 1,
) -> SourceFacts:
    """A provider's announcement page, unless said otherwise."""
    return SourceFacts(name, kind, provider, authority, at_least)


def listing(name: str = "openai_models", authority: Authority = Authority.PROVIDER_API, at_least: int = 1) -> SourceFacts:
    """A provider's own complete listing."""
    return source(name, SourceKind.LISTING, authority, at_least=at_least)


def statement(
    fact: Fact,
    about: ModelKey | str = MODEL,
    quote: str = "as it stands on the page",
    *,
    status: bool = False,
    said_on: str = "",
    authority: Authority | None = None,
    family: bool = False,
    kind: Kind = Kind.MODEL,
) -> Statement:
    """One fact; *status* puts it into the page's status table, *said_on* into a dated announcement."""
    whose = key(about) if isinstance(about, str) else about
    place = Place.STATUS if status else Place.HISTORY
    return Statement(whose, fact, quote, kind, place, when(said_on) if said_on else None, authority, family)


def claim(
    said: Statement | Fact,
    by: SourceFacts | None = None,
    seen: datetime = START,
    *,
    missing: datetime | None = None,
    gone: datetime | None = None,
    withdrawn: datetime | None = None,
) -> Claim:
    """A statement (or a fact about the default model) signed by a source."""
    whose = by or source()
    what = said if isinstance(said, Statement) else statement(said)
    authority = what.authority or whose.authority
    return Claim(what, whose.key, authority, f"https://{whose.key}.test", "page-1", seen, seen, missing, gone, withdrawn)


def skipped(shape: str, text: str = "a row") -> Skipped:
    """A row that could not be read."""
    return Skipped(text, f"unreadable: {shape}", shape)


def reading(
    said: Iterable[Statement | Fact],
    by: SourceFacts | None = None,
    at: datetime = START,
    *,
    parsed: Parsed | None = None,
    body: str = "page-1",
    missing: tuple[str, ...] = (),
    correction: bool = False,
) -> Reading:
    """One visit that brought one page; *parsed* gives whatever else the page said."""
    whose = by or source()
    statements = tuple(item if isinstance(item, Statement) else statement(item) for item in said)
    rest = parsed or Parsed()
    found = replace(rest, statements=statements)
    page = Page(f"https://{whose.key}.test", body.encode(), at)
    return Reading(whose, at, ((page, found),), missing=missing, correction=correction)
