"""Whom a sentence speaks of: which of its names are models and no targets, which are only in passing, and whom "these models" means."""

import re
from collections.abc import Collection, Iterator

from msgspec.structs import replace

from monitor.parsing.dates import Found
from monitor.parsing.naming.mention_kinds import chained
from monitor.parsing.naming.mentions import Mention, members, mentions
from monitor.parsing.naming.named_twice import once
from monitor.parsing.prose.targets import Target, targets
from monitor.parsing.prose.telling import Prose, Sentence, Told
from monitor.parsing.prose.verbs import Verb, verbs

_OF = re.compile(r"\s+(?:(?:for|of)\s+)?(?:the\s+)?", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|,?\s*\b(?:and|or)\b)\s*", re.IGNORECASE)
_QUALIFIED = re.compile(r"\W*(?:(?:the|its|announced|planned|scheduled|expected|official)\s+)*", re.IGNORECASE)
_LABEL = re.compile(r"(?:\s+date)?(?:\s*:|\s+(?:on|by|since)\b)", re.IGNORECASE)


def concerned(named: Collection[Mention], acts: tuple[Verb, ...], words: str) -> Iterator[Mention]:
    """The names but for those that only say where something else holds; "dropping support for X and Y" has both as its objects."""
    end, kept = 0, False
    for name in named:
        kept = (
            not name.aside
            or any(verb.end < name.start and _OF.fullmatch(words, verb.end, name.start) for verb in acts)
            or (kept and _AND.fullmatch(words, end, name.start) is not None)
        )
        end = name.end
        if kept:
            yield name


def labelled(words: str, acts: tuple[Verb, ...], told: Told) -> bool:
    """Whether a sentence is a label and a day, of what the sentence before it spoke of: "Deprecated on May 1. EOL: June 1, 2027."."""
    return bool(told.before and acts and _QUALIFIED.fullmatch(words, 0, acts[0].start) and _LABEL.match(words, acts[0].end))


def free_dates(dates: tuple[Found, ...], named: Collection[Mention]) -> tuple[Found, ...]:
    """The dates that are no versions of what is named."""
    versions = [(name.start, name.end) for name in named if name.scope and name.end]
    return tuple(date for date in dates if not any(start <= date.start < end for start, end in versions)) if versions else dates


def named_in(sentence: Sentence, aims: Collection[Target], rules: Prose) -> list[Mention]:
    """The names that are no targets; a series stands for its members on the page."""
    found = mentions(sentence.words, sentence.codes, sentence.titles)
    free = [name for name in found if not any(aim.start <= name.start < aim.end for aim in aims)]
    return [member for name in once(free) for member in members(name, rules.listed)]


def of_models(named: list[Mention], sentence: Sentence, rules: Prose) -> list[Mention]:
    """Those that the page shows to be models' names, and those in a list with one that is."""
    if rules.spoken is None:
        return named
    shown = [name for name in named if name.name in sentence.codes or rules.spoken.shows(name.name, sentence.words, *rules.under)]
    return named if shown and len(shown) < len(named) and chained(sentence.words, named) else shown


def meant_by(rules: Prose, told: Told) -> list[Mention]:
    """Whom "these models" means: those of the sentence before, else the list above."""
    said = told.before
    before = named_in(said, targets(said.words, said.codes, said.titles, verbs(said.words)), rules) if said else []
    return [replace(name, start=0, end=0) for name in before or told.names or told.listed]
