"""Lifecycles, events and alerts to render, in a few words each."""

from dataclasses import replace
from datetime import UTC, date, datetime

from monitor.domain.claims import Authority, Claim, Statement
from monitor.domain.events import Event, EventKind
from monitor.domain.facts import Fact, Redirects, ReplacedBy, Retires
from monitor.domain.identity import ModelKey
from monitor.domain.lifecycle import Lifecycle
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.reconcile.resolve import resolve
from monitor.domain.when import Bound, When

PAGE = "0123456789abcdef" * 4
URL = "https://example.com/deprecations"
SEEN = datetime(2026, 1, 10, 9, 30, tzinfo=UTC)
CHATGPT = ModelKey("chatgpt", "GPT-4.1 mini")


def noon(text: str) -> datetime:
    """Noon UTC of a day."""
    return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC).replace(hour=12)


def on(text: str, *, floor: bool = False) -> When:
    """A day, exact or "not before"."""
    return When(date.fromisoformat(text), bound=Bound.NOT_BEFORE if floor else Bound.EXACT)


def claim(key: ModelKey, fact: Fact, quote: str = "", **said: object) -> Claim:
    """A claim of a provider's page, unless *said* says otherwise."""
    plain = Claim(Statement(key, fact, quote), "a_page", Authority.PROVIDER, URL, PAGE, SEEN, SEEN)
    return replace(plain, **said)  # type: ignore[arg-type] # field names of Claim


def lifecycle(*claims: Claim) -> Lifecycle:
    """What the claims amount to."""
    state = resolve(claims)
    assert state
    return state


def sunset(**said: object) -> Lifecycle:
    """The seeds' case: ChatGPT retires GPT-4.1 mini, told second-hand."""
    quote = "According to community reports, OpenAI announced plans to retire GPT-4.1 Mini from ChatGPT on February 13, 2026."
    return lifecycle(
        claim(CHATGPT, Retires(on("2026-02-13")), quote, **{"authority": Authority.REPORT, "source": "mindstudio_models"} | said),
        claim(CHATGPT, ReplacedBy("GPT-5 mini"), "use GPT-5 mini", source="mindstudio_models", authority=Authority.REPORT),
    )


def retiring(key: ModelKey, fact: Retires | Redirects, quote: str, *replacements: str) -> Lifecycle:
    """A model with an end, on the word of its provider's page."""
    return lifecycle(claim(key, fact, quote), *(claim(key, ReplacedBy(name), quote) for name in replacements))


def reminder(state: Lifecycle, lead: int = 30) -> Alert:
    """A reminder for the owner `platform`."""
    return Alert(f"remind:{state.key}:{lead}", AlertKind.REMINDER, "ops", "everything", "platform", SEEN, (), (state,), lead)


def news(*events: Event, state: Lifecycle | None = None) -> Alert:
    """News without an owner."""
    return Alert(f"news:{events[0].key}", AlertKind.NEWS, "ops", "everything", "", SEEN, events, (state,) if state else ())


def digest(*states: Lifecycle) -> Alert:
    """The digest of a first reading."""
    return Alert("digest:everything:ops:a_page", AlertKind.DIGEST, "ops", "everything", "", SEEN, (), states)


def event(kind: EventKind, key: ModelKey = CHATGPT, **values: str) -> Event:
    """An event with evidence."""
    plain = Event(kind, key, SEEN, source="a_page", quote="as the page says", url=URL, page=PAGE)
    return replace(plain, **values)  # type: ignore[arg-type] # field names of Event
