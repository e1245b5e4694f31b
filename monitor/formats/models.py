"""Models: what ends next, and one line on every surface."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from monitor.domain.facts import SETS, SpecName
from monitor.formats.json_lines import Record
from monitor.formats.tables import Part, Table
from monitor.formats.text import date_words
from monitor.formats.words import WORD_COLUMNS, full_record, way, word_record, word_row
from monitor.queries.views import KeyView, LineView, Word

DATES = ("retires", "deprecated", "redirects", "released")
SPECS = tuple(name.value for name in SpecName)
ENDING_COLUMNS = ("ENDS", "PROVIDER", "MODEL", "SCOPE", "STAGE", "REPLACED BY", "AUTHORITY", "SOURCE")
KEY_COLUMNS = ("PROVIDER", "MODEL", "SCOPE", "STAGE", "ENDS", "DEPRECATED", "REPLACED BY", "ALIAS OF", "AUTHORITY")


def key_records(views: Iterable[KeyView]) -> Iterator[Record]:
    """One object per key (`show`, `upcoming`)."""
    return map(key_record, views)


def key_record(view: KeyView) -> Record:
    """What is believed about one key, every value with its evidence."""
    said: dict[str, object] = {slot: _one(view.word(slot)) for slot in DATES}
    return {
        "provider": view.key.provider,
        "model": view.key.model,
        "scope": view.key.scope.as_dict(),
        "kind": view.kind,
        "line": view.line,
        "stage": view.stage,
        **said,
        "no_retirement": _one(view.no_retirement),
        "replaced_by": [word_record(word) for word in view.all("replaced_by")],
        "alias_of": _one(view.word("alias_of")),
        "aliases": view.aliases,
        "days_left": view.days_left,
        "promised": view.promised,
        "overdue": view.overdue,
        "unconfirmed": view.unconfirmed,
        "listed": view.listed,
        "family": view.family,
        "specs": {slot: _spec(slot, view.all(slot)) for slot in SPECS if view.all(slot)},
        "disputes": [full_record(word) for word in view.disputes],
        "differences": [full_record(word) for word in view.differences],
    }


def ending_parts(views: tuple[KeyView, ...], now: datetime) -> Iterator[Part]:
    """What ends next, the nearest first."""
    yield Table(ENDING_COLUMNS, tuple(_ending_row(view, now) for view in views))


def line_parts(line: LineView, now: datetime, *, words: bool = True) -> Iterator[Part]:
    """One line: its keys, what they say (unless *words* is false), and everything that disagrees."""
    yield f"{line.line}: {_count(len(line.keys), 'name')} on {_count(len({view.key.provider for view in line.keys}), 'surface')}"
    yield Table(KEY_COLUMNS, tuple(_key_row(view, now) for view in line.keys))
    disputed = dict.fromkeys(word for view in line.keys for word in view.disputes if not word.inherited_from)
    disagreeing = (word for _, said in line.differences for word in said)
    yield from _words("On whose word", (word for view in line.keys if words for word in _undisturbed(view, line)))
    yield from _words("Disputed: sources of the same rank say otherwise", disputed)
    yield from _words("What disagrees, the highest word first", disagreeing)


def _words(title: str, words: Iterable[Word]) -> Iterator[Part]:
    rows = tuple(word_row(word) for word in words)
    if rows:
        yield Table(WORD_COLUMNS, rows, title)


def _undisturbed(view: KeyView, line: LineView) -> Iterator[Word]:
    """The words that nobody contradicts, but for those that a model is listed, or what it is an alias of."""
    elsewhere = {word for _, words in line.differences for word in words}
    for slot, words in view.words:
        if slot in SPECS or slot in DATES:
            yield from (word for word in words if not word.inherited_from and word not in elsewhere)


def ends_words(view: KeyView, now: datetime) -> str:
    """When it ends, with every reservation."""
    if view.ends is None:
        return "no date announced" if view.no_retirement else "no date known"
    redirect, retires = view.word("redirects"), view.word("retires")
    first = date_words(view.ends, now, promise=view.promised)
    if redirect and redirect.when == view.ends:
        later = (
            f"; retires {date_words(retires.when, promise=view.promised)}" if retires and retires.when and retires.when != view.ends else ""
        )
        return f"answered by another model from {first}{later}{way(redirect)}"
    return first + "".join(_reservations(view)) + (way(retires) if retires else "")


def _reservations(view: KeyView) -> Iterator[str]:
    if view.promised:
        yield ", a promise"
    if view.overdue:
        yield ", overdue"
    if view.unconfirmed:
        yield ", no longer on the page"
    if any(word.claim.slot == "retires" for word in view.disputes):
        yield ", disputed"


def _ending_row(view: KeyView, now: datetime) -> tuple[str, ...]:
    word = _end_word(view)
    who = (word.claim.authority.label, word.claim.source) if word else ("", "")
    return (ends_words(view, now), view.key.provider, _name(view), str(view.key.scope), view.stage, _replacements(view), *who)


def _end_word(view: KeyView) -> Word | None:
    return next((word for slot in ("redirects", "retires") if (word := view.word(slot)) and word.when == view.ends), None)


def _key_row(view: KeyView, now: datetime) -> tuple[str, ...]:
    deprecated, alias, end = view.word("deprecated"), view.word("alias_of"), _end_word(view)
    highest = max((word.claim.authority for _, words in view.words for word in words), default=None)
    authority = end.claim.authority if end else highest
    return (
        view.key.provider,
        _name(view),
        str(view.key.scope),
        view.stage,
        ends_words(view, now),
        date_words(deprecated.when) + way(deprecated) if deprecated and deprecated.when else "",
        _replacements(view),
        alias.value if alias else "",
        authority.label if authority else "",
    )


def _name(view: KeyView) -> str:
    return view.key.model + (" (a family)" if view.family else "")


def _replacements(view: KeyView) -> str:
    return ", ".join(word.value for word in view.all("replaced_by"))


def _one(word: Word | None) -> Record | None:
    return word_record(word) if word else None


def _spec(slot: str, words: tuple[Word, ...]) -> object:
    return [word_record(word) for word in words] if slot in SETS else word_record(words[0])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
