"""Prose that ties a model, a surface and a date: "announced plans to retire GPT-4.1 Mini from ChatGPT on February 13, 2026"."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from monitor.domain.claims import Authority, Statement
from monitor.domain.facts import Deprecated, Fact, InStage, Redirects, ReplacedBy, Retires, Stage
from monitor.domain.identity import ModelKey
from monitor.domain.when import When
from monitor.parsing.dates import Found, find_dates
from monitor.parsing.documents import Text
from monitor.parsing.names import DISPLAY_NAME, is_display_name, is_id, is_service
from monitor.parsing.sentences import LONGEST, Act, Verb, second_hand, sentences, verbs

_TOKEN = re.compile(r"(?<![\w/.-])[a-z][\w.:/-]*\d[\w.:/-]*(?<![.:/-])")
_MIGRATE = re.compile(
    r"\b(?:migrat\w+\s+to|replaced\s+(?:by|with)|switch\w*\s+to|mov\w+\s+to|upgrad\w+\s+to|in\s+favou?r\s+of|recommend\w*\s+(?:using\s+|moving\s+to\s+)?|instead,?\s+use|please\s+use)\s+",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.;](?=\s|$)|,\s+(?:see|which)\b|\b(?:see|because|which|that|before)\b", re.IGNORECASE)
MOST_MARKS = 200  # with more links and code spans a paragraph is navigation
# Words that open a sentence or stand before a name, capitalised like one.
_OPENING = re.compile(
    r"^(?:(?:The|This|Our|Both|All|Use|Please|Note|On|In|By|From|As|For|With|After|Before|Since|When|While|If|And|Or|But|Legacy|Older?|Newer?"
    r"|Deprecated|Retired|Model|Models|Access to|Requests to)\s+)+"
)
_ANY_YEAR = 2024  # a leap year: every day exists
_ATTRIBUTED = re.compile(r"\b[A-Z]\w+(?:'s)?\s+(?:has\s+|have\s+)?(?:announced|said|confirmed|revealed|stated|plans?|intends?)\b")


@dataclass(frozen=True, slots=True)
class Prose:
    """What the prose reader is told: whose models the page speaks of, how surfaces are named (words → provider), the year, if the page
    gives one, and whether the provider itself speaks: on anybody else's page "X announced …" is second-hand.
    """

    provider: str
    surfaces: Mapping[str, str]
    first_hand: bool = True
    year: int | None = None
    said_on: When | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the code spans of its paragraph, and the seams at which links' addresses interrupt it on the page."""

    words: str
    codes: tuple[str, ...] = ()
    seams: tuple[int, ...] = ()

    def quote(self, start: int, end: int) -> str:
        """The longest run around a place that stands together on the page."""
        left = max((seam for seam in self.seams if seam <= start), default=0)
        right = min((seam for seam in self.seams if seam >= end), default=len(self.words))
        return self.words[left:right].strip()


def read_prose(text: Text, rules: Prose) -> tuple[Statement, ...]:
    """The statements of one paragraph; sentences without a named model, a lifecycle verb and a date or state give none."""
    found: list[Statement] = []
    for words in sentences(text.plain) if len(text.links) + len(text.codes) <= MOST_MARKS else ():
        if len(words) > LONGEST:
            continue
        sentence = Sentence(words, text.codes, _seams(words, text.links))
        told = list(_read_sentence(sentence, rules))
        if told:
            found.extend(told)
        elif found:
            found.extend(_replacements(sentence, found[-1].key))
    return tuple(dict.fromkeys(found))


def names_in(sentence: str, codes: Collection[str] = ()) -> tuple[tuple[str, int, int], ...]:
    """The model names in a sentence with their places; an id in brackets behind a display name stands for both."""
    return tuple((name.name, name.start, name.end) for name in _names(sentence, codes))


def _names(sentence: str, codes: Collection[str]) -> list[_Name]:
    found = [
        _Name(code, at.start(), at.end())
        for code in codes
        if is_id(code) and not is_service(code)
        for at in re.finditer(re.escape(code), sentence)
    ]
    found += [
        _Name(at.group(), at.start(), at.end()) for at in _TOKEN.finditer(sentence) if is_id(at.group()) and not is_service(at.group())
    ]
    dates = find_dates(sentence, year=_ANY_YEAR)  # "May 3" is no name either
    ends = [date.end for date in dates]
    for at in DISPLAY_NAME.finditer(sentence):
        title = _OPENING.sub("", at.group())
        beside = bisect_right(ends, at.start())  # the first date that ends behind the name's start
        dated = beside < len(dates) and dates[beside].start < at.end()
        if not dated and any(char.isdigit() for char in title) and is_display_name(title):
            found.append(_Name(title, at.end() - len(title), at.end()))
    widest: list[_Name] = []
    for name in sorted(found, key=lambda item: (item.start, -item.end)):
        if not widest or name.start >= widest[-1].end:
            widest.append(name)
    return _ids_stand_for_titles(sentence, widest)


def _ids_stand_for_titles(sentence: str, names: list[_Name]) -> list[_Name]:
    kept: list[_Name] = []
    for name in names:
        if kept and re.fullmatch(r"\s*\(\s*", sentence[kept[-1].end : name.start]) and is_id(name.name):
            name = _Name(name.name, kept.pop().start, name.end)  # noqa: PLW2901 - the id takes the title's place
        kept.append(name)
    return kept


def _read_sentence(sentence: Sentence, rules: Prose) -> Iterator[Statement]:
    acts = verbs(sentence.words)
    names = _names(sentence.words, sentence.codes) if acts else []
    if not names:
        return
    dates = find_dates(sentence.words, year=rules.year)
    passed_on = second_hand(sentence.words) or (not rules.first_hand and _ATTRIBUTED.search(sentence.words))
    authority = Authority.REPORT if passed_on else None
    for index, verb in enumerate(acts):
        until = acts[index + 1].start if index + 1 < len(acts) else len(sentence.words)
        date = _date_of(verb, acts[index - 1].end if index else 0, until, dates)
        provider = _surface(sentence.words, verb, until, rules)
        for name in _subjects(verb, until, names):
            for fact in _facts(verb, date.when if date else None):
                at = (date.start, date.end) if date and not isinstance(fact, InStage) else (verb.start, verb.end)
                yield Statement(ModelKey(provider, name), fact, sentence.quote(*at), said_on=rules.said_on, authority=authority)
    if any(verb.done or verb.passive for verb in acts):
        yield from _replacements(sentence, ModelKey(rules.provider, names[0].name))


def _date_of(verb: Verb, since: int, until: int, dates: tuple[Found, ...]) -> Found | None:
    after = [date for date in dates if verb.end <= date.start and date.end <= until]
    before = [date for date in dates if since <= date.start and date.end <= verb.start]
    return after[0] if after else before[-1] if before else None


def _subjects(verb: Verb, until: int, names: list[_Name]) -> list[str]:
    """Active verbs act on the names behind them, passive ones on those before; either falls back to the other side."""
    before = [name.name for name in names if name.end <= verb.start]
    after = [name.name for name in names if verb.end <= name.start < until]
    if verb.act is Act.REDIRECT or verb.passive:
        return before or ([] if verb.act is Act.REDIRECT else after)
    return after or before


def _facts(verb: Verb, when: When | None) -> Iterator[Fact]:
    if verb.act is Act.DEPRECATE:
        if when:
            yield Deprecated(when)
        if verb.done:
            yield InStage(Stage.DEPRECATED)
    elif verb.act is Act.REDIRECT:
        if when:
            yield Redirects(when)
    elif when:
        yield Retires(when)
        if verb.done:
            yield InStage(Stage.RETIRED)


def _surface(sentence: str, verb: Verb, until: int, rules: Prose) -> str:
    """The surface a verb speaks of: the nearest "from/in X" behind it, else the page's own provider."""
    places = [(sentence.find(word, verb.start, until), provider) for word, provider in rules.surfaces.items()]
    named = [
        (at, provider) for at, provider in places if at >= 0 and re.search(r"\b(?:from|in|on|within|across)\s+(?:the\s+)?$", sentence[:at])
    ]
    return min(named)[1] if named else rules.provider


def _replacements(sentence: Sentence, key: ModelKey) -> Iterator[Statement]:
    for match in _MIGRATE.finditer(sentence.words):
        stop = _STOP.search(sentence.words, match.end())
        tail = sentence.words[match.end() : stop.start() if stop else len(sentence.words)]
        for name in _names(tail, sentence.codes):
            if name.name != key.model:
                at = match.end() + tail.index(name.name, name.start)
                yield Statement(key, ReplacedBy(name.name), sentence.quote(at, at + len(name.name)))
        return


def _seams(words: str, links: Collection[tuple[str, str]]) -> tuple[int, ...]:
    """Where an address interrupts the sentence on its page: behind the text of each link."""
    return tuple(sorted(at.end() for text, _ in links if text for at in re.finditer(re.escape(" ".join(text.split())), words)))
