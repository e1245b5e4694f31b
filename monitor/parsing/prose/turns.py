"""Names and dates of one sentence that take turns: "A on March 1, B on April 2 and C on May 3"."""

import re
from collections.abc import Sequence

from monitor.parsing.dates import Found
from monitor.parsing.prose.clauses import Named
from monitor.parsing.prose.verbs import Verb

_NEXT = re.compile(r"[\s,;)]*(?:\b(?:and|then|followed\s+by|while|with)\b)?\s*(?:the\s+|both\s+)?", re.IGNORECASE)
_DATED = re.compile(
    r"\s*(?:models?\s+)?(?:(?:from|in)\s+(?:the\s+)?[\w ]{2,20}?\s+)?(?:on|in|by|effective|:|\(|[\u2013\u2014-])?\s*", re.IGNORECASE
)


def paired(words: str, verb: Verb, until: int, names: Sequence[Named], dates: tuple[Found, ...]) -> dict[int, Found]:
    """The date behind each name, by the name's place, where they take turns: "A on March 1, B on April 2 and C on May 3"."""
    if len(dates) < len(("one", "another")):
        return {}
    return _turns(words, verb.end, until, names, dates) or _turns(words, 0, verb.start, names, dates)


def _turns(words: str, since: int, until: int, names: Sequence[Named], dates: tuple[Found, ...]) -> dict[int, Found]:
    things = sorted((thing for thing in (*names, *dates) if since <= thing.start < until), key=lambda thing: thing.start)
    found: dict[int, Found] = {}
    waiting: list[Named] = []
    before: Found | None = None
    turns = 0
    for thing in things:
        if not isinstance(thing, Found):
            if before and not waiting and not _NEXT.fullmatch(words[before.end : thing.start]):
                return {}
            waiting.append(thing)
            continue
        turns += 1
        if (turns > 1 and not waiting) or (waiting and not _DATED.fullmatch(words[waiting[-1].end : thing.start])):
            return {}
        found.update((name.start, thing) for name in waiting)
        waiting, before = [], thing
    return found if turns > 1 and not waiting else {}
