"""Dates, places and sources in the words of a person; pure. Days left are those of the day the message is sent."""

from datetime import date, timedelta

from monitor.alerts.inert import field
from monitor.domain.claims import Authority
from monitor.domain.identity import ModelKey, Scope
from monitor.domain.providers import SERVED
from monitor.domain.when import Precision, When

# surfaces that people take for an API, with the one they take them for
APPS = {
    "chatgpt": ("ChatGPT, the app", "the OpenAI API"),
    "codex": ("Codex, the app", "the OpenAI API"),
    "github-copilot": ("GitHub Copilot, the app", "any provider's API"),
}

_SAID_BY = {
    Authority.REPORT: "second-hand: {source} passes on what others say; the provider's own word is not known",
    Authority.AGGREGATOR: "{source}, a collection kept by somebody else than the provider",
    Authority.PROVIDER: "the provider's own page ({source})",
    Authority.PROVIDER_API: "the provider's own API ({source})",
    Authority.OPERATOR: "an operator of this modelwatch ({source})",
}
_QUARTERS = ("first", "second", "third", "fourth")


def place(provider: str) -> str:
    """A provider's name as people say it; its key where it has none."""
    return SERVED[provider].name if provider in SERVED else field(provider, 60)


def surface_note(provider: str) -> str:
    """What to know about an app before removing a model from code; "" for everything that is no app."""
    if provider not in APPS:
        return ""
    app, api = APPS[provider]
    return f"This is about {app}. The model in {api} is a different surface with dates of its own and is not affected by this date."


def scope_words(scope: Scope) -> str:
    """`region: eastus, westus; tier: standard`."""
    return field("; ".join(f"{name}: {', '.join(values)}" for name, values in scope.parts), 160)


def model_on(key: ModelKey, limit: int = 60) -> str:
    """`gpt-4o on Azure`, its name cut to *limit*."""
    return f"{field(key.model, limit)} on {place(key.provider)}"


def model_within(key: ModelKey, limit: int = 60) -> str:
    """The same with the scope, where it has one: `gpt-4o on Azure (region: eastus)`."""
    return model_on(key, limit) + (f" ({scope_words(key.scope)})" if key.scope else "")


def said_by(authority: Authority, source: str) -> str:
    """Whose word it is."""
    return _SAID_BY[authority].format(source=field(source, 60))


def period(when: When) -> str:
    """The day, month, quarter or year, without its bound: `2026-02-13`, `August 2026`."""
    if when.at:
        return f"{when.at:%Y-%m-%d %H:%M} UTC"
    match when.precision:
        case Precision.MONTH:
            return f"{when.starts_on:%B %Y}"
        case Precision.QUARTER:
            return f"the {_QUARTERS[(when.starts_on.month - 1) // 3]} quarter of {when.starts_on.year}"
        case Precision.DAY | Precision.YEAR:
            return when.value


def dated(when: When, *, promise: bool = False) -> str:
    """The period with its bound in words: "not before" for a promise, "as early as" in a schedule of shutdowns."""
    bound = ("not before " if promise else "as early as ") if when.is_floor else ""
    return bound + period(when)


def on_date(when: When, *, promise: bool = False) -> str:
    """The date as it stands in a sentence: `on 2026-02-13`, `in August 2026`, `as early as 2026-06-09`."""
    if when.is_floor:
        return dated(when, promise=promise)
    return f"on {period(when)}" if when.precision is Precision.DAY else f"in {period(when)}"


def countdown(when: When, today: date) -> str:
    """How far away the first day is that the date can mean: `today`, `tomorrow`, `in 30 days`, `12 days ago`."""
    left = when.days_left(today)
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(left)
    words = near or (f"in {left} days" if left > 0 else f"{-left} days ago")
    return words if when.precision is Precision.DAY or left < 0 else f"{words} at the earliest"


def with_countdown(when: When, today: date, *, promise: bool = False) -> str:
    """`on 2026-02-13 (in 30 days)`."""
    return f"{on_date(when, promise=promise)} ({countdown(when, today)})"


def span(time: timedelta) -> str:
    """How long something lasted: `3 days`, `5 hours`, `20 minutes`."""
    for unit, length in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        count = max(time, timedelta()) // length
        if count:
            return f"1 {unit}" if count == 1 else f"{count} {unit}s"
    return "less than a minute"
