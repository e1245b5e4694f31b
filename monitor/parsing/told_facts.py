"""Facts as a person types them: `retires=2027-01-31`, `no_retirement`, `replaced_by=gpt-5.4-mini`."""

from monitor.domain.facts import Fact, Retires, read_fact
from monitor.domain.identity import Scope, read_scope
from monitor.domain.when import When
from monitor.errors import UnreadableDate, UsageError
from monitor.parsing.dates import read_date

DATED = ("retires", "deprecated", "redirects", "released")
BARE = ("no_retirement", "listed")


def read_told_fact(text: str, *, not_before: bool = False) -> Fact:
    """One fact; with *not_before* a retirement only promises that it does not come sooner.

    Raises UsageError for a name that is no fact, or a value that does not fit it.
    """
    name, _, value = (part.strip() for part in text.partition("="))
    if name in DATED:
        when = _when(name, value)
        return Retires(when.as_floor(), promise=True) if not_before and name == "retires" else read_fact(name, when.value, at=when.at)
    if bool(value) is (name in BARE):
        raise UsageError(f"{text!r}: expected {name if name in BARE else f'{name}=VALUE'}")
    try:
        return read_fact(name, value)
    except ValueError as error:
        raise UsageError(f"{text!r} is no fact: {error}") from error


def read_told_scope(texts: tuple[str, ...]) -> Scope:
    """`region=eu`, `tier=free;developer`, one or several; raises UsageError for anything else."""
    for text in texts:
        name, equals, values = text.partition("=")
        if not (name.isidentifier() and equals and values.strip("; ")):
            raise UsageError(f"{text!r} is no scope; expected something like region=eu")
    return read_scope(" ".join(texts))


def _when(name: str, value: str) -> When:
    try:
        return read_date(value)
    except UnreadableDate as error:
        raise UsageError(f"{name}={value}: {error}; expected something like 2027-01-31, 2027-01 or 2027-01-31T17:00:00Z") from error
