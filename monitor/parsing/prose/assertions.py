"""From a verb, its subject and its date to statements: which facts it states, whose word they are, and the words that say it."""

import re
from collections.abc import Iterator

from msgspec import structs

from monitor.domain.claims import Authority, Statement
from monitor.domain.facts import Deprecated, Fact, InStage, Redirects, Released, ReplacedBy, Retires, Stage, when_of
from monitor.domain.identity import Kind, ModelKey
from monitor.domain.lines import fold
from monitor.domain.when import When
from monitor.parsing.naming.mentions import Mention, names_in
from monitor.parsing.prose.sentences import later_note, second_hand, tells
from monitor.parsing.prose.targets import Target
from monitor.parsing.prose.telling import Prose, Sentence, Told
from monitor.parsing.prose.verbs import Act, Verb

NOWHERE = (0, 0)
_ATTRIBUTED = re.compile(r"\b[A-Z]\w+(?:'s)?\s+(?:has\s+|have\s+)?(?:announced|said|confirmed|revealed|stated|plans?|intends?)\b")
_PROMISED = re.compile(r"\b(?:not|never|won['\u2019]t)\b[^.;]{0,60}?\b(?:before|until|prior\s+to|sooner|earlier)\b", re.IGNORECASE)
_FOR = re.compile(
    r"^For\s+(?:the\s+)?`?([\w.-]+)`?\s+(?:model\s+|task\s+)?(?:replacements?|models?|tasks?|workloads?|users?)\b", re.IGNORECASE
)


def signed(sentence: Sentence, key: ModelKey, fact: Fact, at: tuple[int, int], rules: Prose, kind: Kind = Kind.MODEL) -> Statement:
    passed_on = second_hand(sentence.words) or (not rules.first_hand and _ATTRIBUTED.search(sentence.words))
    quote = _quote_elsewhere(fact, at, rules) or sentence.quote(*at)
    return Statement(key, fact, quote, kind, said_on=rules.said_on, authority=Authority.REPORT if passed_on else None)


def with_lead(statement: Statement, sentence: Sentence, told: Told) -> Statement:
    """The same, quoted with the sentence before it, which gives the day or its year."""
    together = told.before is not None and not sentence.seams and not told.before.seams
    return structs.replace(statement, quote=f"{told.before.words} {sentence.words}") if told.before and together else statement


def _quote_elsewhere(fact: Fact, at: tuple[int, int], rules: Prose) -> str:
    """The words that give the day where the sentence itself does not: the heading, the label, or the lead of the section."""
    on = when_of(fact)
    if at == NOWHERE and on and rules.effective and on == rules.effective[0]:
        return rules.effective[1]
    return rules.said_in if on and on == rules.said_on and (at == NOWHERE or isinstance(fact, Deprecated)) else ""


def facts_of(verb: Verb, when: When | None, words: str, rules: Prose, kind: Kind) -> Iterator[Fact]:
    """The facts a verb states on a day; without one, what is done took place on the label's day, and what is listed on the list's."""
    done_on = rules.label if verb.done and not later_note(words) else None
    if not done_on and rules.effective and verb.passive:
        done_on = rules.effective[0]
    on = when or done_on
    if verb.act is Act.END:
        yield from _end(verb, on, rules, promise=on.is_floor and _PROMISED.search(words) is not None) if on else ()
    elif verb.act is Act.DEPRECATE:
        yield from (Deprecated(on),) if on else ()
        yield from (InStage(Stage.DEPRECATED),) if verb.state else ()
    elif verb.act is Act.REDIRECT:
        on = when or (rules.label if verb.done and not later_note(words) else None)
        yield from (Redirects(on),) if on else ()
    elif when and rules.first_hand and kind is Kind.MODEL:
        yield Released(when)


def _end(verb: Verb, on: When, rules: Prose, *, promise: bool) -> Iterator[Fact]:
    yield Retires(on, promise=promise)
    if promise:
        return
    if verb.state:
        yield InStage(Stage.RETIRED)
    if rules.said_on and verb.coming and on != rules.said_on:
        yield Deprecated(rules.said_on)


def told_of(name: str, on: When, rules: Prose) -> bool:
    """Whether a name can have been told of on a day: a sentence that says who was told then, and of which models, tells of no others."""
    named = names_in(rules.said_in) if on == rules.said_on and tells(rules.said_in) else ()
    return not named or any(name == other for other, _, _ in named)


def for_whom(words: str, told: Told, named: list[Mention]) -> list[Mention]:
    """Whose replacement a sentence names that names nobody: those told before; "For X replacements, …" only the X among them."""
    if named:
        return []
    only = _FOR.match(words)
    subjects = told.names or told.listed
    return [name for name in subjects if only[1].casefold() in name.name.casefold()] if only else subjects


def replacements(sentence: Sentence, subjects: list[Mention], aims: list[Target], rules: Prose) -> Iterator[Statement]:
    """What replaces each subject: every target, or one for one where the sentence says "respectively"."""
    paired = len(aims) == len(subjects) and any(aim.respectively for aim in aims)
    for index, subject in enumerate(subjects):
        for aim in (aims[index],) if paired else aims:
            if fold(aim.name) != fold(subject.name):
                key = ModelKey(rules.provider, subject.name, subject.scope or rules.scope)
                yield signed(sentence, key, ReplacedBy(aim.name), (aim.end - len(aim.name), aim.end), rules, subject.kind)
