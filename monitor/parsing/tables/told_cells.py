"""Cells that tell an end in words where no column prints it: "Closing down: 2026-02-17", "Will be retired on June 1, 2026"."""

import re
from collections.abc import Collection, Iterator

from monitor.domain.facts import Deprecated, Fact, Redirects, Retires
from monitor.parsing.dates import Found, Order, find_dates
from monitor.parsing.documents import Text
from monitor.parsing.naming.mentions import mentions
from monitor.parsing.prose.clauses import date_of, subjects_of
from monitor.parsing.prose.sentences import LONGEST, partial_audience, sentences
from monitor.parsing.prose.targets import targets
from monitor.parsing.prose.verbs import Act, Verb, has_lifecycle_word, verbs

_UNTIL = re.compile(r"\W*(?:active|current|ga|generally\s+available|stable|preview)\s+(?:only\s+)?(?:until|through)\b", re.IGNORECASE)
_FACTS: dict[Act, type[Retires | Deprecated | Redirects]] = {Act.END: Retires, Act.DEPRECATE: Deprecated, Act.REDIRECT: Redirects}


def tells_end(text: str) -> bool:
    """Whether a cell can tell an end or a deprecation at all."""
    return has_lifecycle_word(text) or _UNTIL.match(text) is not None


def told_in(cell: Text, order: Order) -> tuple[list[Fact], bool]:
    """What a cell tells of the model of its row, and whether it tells a day that is somebody else's, or only for some.

    A verb with a subject of its own speaks of that.
    """
    facts: list[Fact] = []
    other = False
    for sentence in sentences(cell.plain, cell.codes) if len(cell.plain) <= LONGEST else ():
        dates = find_dates(sentence, order=order)
        if dates and _UNTIL.match(sentence):
            facts.append(Retires(dates[0].when))
            continue
        acts = verbs(sentence) if dates else ()
        names = mentions(sentence, cell.codes) if acts else ()
        for index, verb in enumerate(acts):
            until = acts[index + 1].start if index + 1 < len(acts) else len(sentence)
            date = date_of(sentence, acts, index, dates)
            if subjects_of(sentence, verb, until, names) or partial_audience(sentence):
                other |= date is not None
            else:
                facts.extend(_fact(verb, date))
    return facts, other


def pointed_in(cell: Text, own: Collection[str]) -> list[str]:
    """The models that a cell points to from that of its *own* row: "Please migrate to `a-2`.", but not "`b-1` moves to `b-2`"."""
    found: list[str] = []
    for sentence in sentences(cell.plain, cell.codes) if len(cell.plain) <= LONGEST else ():
        aims = targets(sentence, cell.codes, (), verbs(sentence))
        others = (name for name in mentions(sentence, cell.codes) if name.name not in own)
        if aims and not any(name.start < aims[0].start for name in others):
            found.extend(aim.name for aim in aims if aim.name not in own)
    return list(dict.fromkeys(found))


def _fact(verb: Verb, date: Found | None) -> Iterator[Fact]:
    if date and verb.act in _FACTS:
        yield _FACTS[verb.act](date.when)
