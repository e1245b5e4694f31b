"""One table of TOML → one typed value; whatever does not fit is a ConfigError with the dotted key."""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

import msgspec

from monitor.domain.claims import Authority
from monitor.domain.events import EventKind
from monitor.domain.facts import Stage
from monitor.domain.policy.severity import Severity
from monitor.domain.policy.timing import WEEKDAYS
from monitor.domain.providers import Surface
from monitor.errors import ConfigError

T = TypeVar("T")
Table = dict[str, Any]

_PATH = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<field>.*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(?P<field>[^`]*)`")
_PATTERN = re.compile(r"Expected `str` matching regex .*", re.DOTALL)
_CHOICE = re.compile(r"Invalid enum value '(?P<word>.*)'", re.DOTALL)
_INDEX = re.compile(r"\[\d+\]$")
_DURATION = re.compile(r"(?P<count>\d{1,9})(?P<unit>[smhd])", re.ASCII)
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
LONGEST = timedelta(days=366)


FORMS = {
    "key": "letters, digits, - and _, a letter or digit first",
    "provider": "lower-case letters, digits, dots and hyphens",
    "url": "an address that begins with http:// or https://",
    "user_agent": "printable ASCII characters without space around them",
}

CHOICES = {
    "events": [kind.value for kind in EventKind],
    "immediate_from": [severity.value for severity in Severity],
    "quiet_days": list(WEEKDAYS),
    "stages": [stage.value for stage in Stage],
    "surfaces": [surface.value for surface in Surface],
    "authority": [authority.label for authority in Authority],
    "kind": ["announcement", "feed", "listing", "model_page"],
    "heading_dates": ["announced", "retires", "none"],
}


class Duration(timedelta):
    """A positive time, written as in `90s`, `15m`, `6h`, `1d`."""


def converted(value: object, kind: type[T], key: str) -> T:
    """*value* as *kind*; raises ConfigError naming the key below *key* that is wrong."""
    try:
        return msgspec.convert(value, kind, dec_hook=_read_own)
    except msgspec.ValidationError as error:
        raise _named(str(error), kind, key) from None
    except (RecursionError, OverflowError) as error:
        raise ConfigError(key, f"too deep or too large ({type(error).__name__})") from None


def read_duration(text: object, longest: timedelta = LONGEST) -> Duration:
    """`90s`, `15m`, `6h`, `1d` as a time; raises ValueError for anything else, for no time at all and for more than *longest*."""
    found = _DURATION.fullmatch(text) if isinstance(text, str) else None
    seconds = int(found["count"]) * _UNITS[found["unit"]] if found else 0
    if not 0 < seconds <= longest.total_seconds():
        msg = f"expected a time like 90s, 15m, 6h or 1d, of at most {longest.days} days"
        raise ValueError(msg)
    return Duration(seconds=seconds)


def unknown(key: str, known: Collection[str]) -> ConfigError:
    """The error for a key that means nothing, with the nearest that does."""
    return ConfigError(key, f"unknown key; {nearest(key.rsplit('.', 1)[-1], known)}")


def nearest(word: str, known: Collection[str]) -> str:
    """What somebody who wrote *word* may have meant."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(sorted(known))}"


@contextmanager
def named(key: str) -> Iterator[None]:
    """A ValueError inside becomes a ConfigError about *key*."""
    try:
        yield
    except ValueError as error:
        raise ConfigError(key, str(error)) from None


def _read_own(kind: type, value: object) -> object:
    if kind is Duration:
        return read_duration(value)
    raise NotImplementedError


def _named(message: str, kind: type, key: str) -> ConfigError:
    """msgspec's message, its `$.path` below our key."""
    found = _PATH.search(message)
    at = key + (found["path"] if found else "")
    problem = message[: found.start()] if found else message
    if stranger := _UNKNOWN.fullmatch(problem):
        return unknown(f"{at}.{stranger['field']}", _fields(kind))
    if missing := _MISSING.fullmatch(problem):
        return ConfigError(f"{at}.{missing['field']}", "required")
    setting = _INDEX.sub("", at).rsplit(".", 1)[-1]
    if _PATTERN.fullmatch(problem):
        return ConfigError(at, f"expected {FORMS.get(setting, FORMS['key'])}")
    if choice := _CHOICE.fullmatch(problem):
        return ConfigError(at, f"no such word {choice['word']!r}; {nearest(choice['word'], CHOICES[setting])}")
    return ConfigError(at, problem[:1].lower() + problem[1:])


def _fields(kind: type) -> list[str]:
    return list(getattr(kind, "__struct_fields__", ("env", "file")))
