"""Prose that ties a model, a surface and a date: "announced plans to retire GPT-4.1 Mini from ChatGPT on February 13, 2026"."""

import re
from collections.abc import Collection, Iterator

from msgspec.structs import replace

from monitor.domain.claims import Statement
from monitor.domain.facts import Deprecated, InStage, Retires
from monitor.domain.identity import ModelKey, Scope
from monitor.domain.when import When
from monitor.parsing.dates import Found
from monitor.parsing.documents import Text
from monitor.parsing.naming.mentions import Mention, names_in, records
from monitor.parsing.naming.occurrences import every_place
from monitor.parsing.prose.assertions import NOWHERE, facts_of, for_whom, replacements, signed, told_of, with_lead
from monitor.parsing.prose.clauses import date_of, in_brackets, subjects_of
from monitor.parsing.prose.narrowing import deployment_in, regional, tiers_in
from monitor.parsing.prose.nearby import dates_near
from monitor.parsing.prose.sentences import LONGEST, MOST_MARKS, back_reference, calls_fail, denied, denies, sentences
from monitor.parsing.prose.superseded import without_superseded
from monitor.parsing.prose.surfaces import is_elsewhere, others, surface_of
from monitor.parsing.prose.targets import may_point, targets
from monitor.parsing.prose.telling import Prose, Sentence, Told
from monitor.parsing.prose.turns import paired
from monitor.parsing.prose.unread import is_unread
from monitor.parsing.prose.vague import ending_days
from monitor.parsing.prose.verbs import Act, Verb, may_tell, verbs
from monitor.parsing.prose.whom import concerned, free_dates, labelled, meant_by, named_in, of_models
from monitor.parsing.screened import Screened

_FOLLOWED = Screened(r"\b(?:followed|follows|will\s+follow)\s+(?:on|in)\b", "follow")
_THEN = re.compile(
    r"^\W*(?:at\s+that\s+(?:time|point)|(?:after|on|from|starting)\s+(?:this|that)\s+(?:date|day)|from\s+then\s+on|then)\b", re.IGNORECASE
)

_Day = tuple[When | None, tuple[int, int], tuple[str, ...]]

__all__ = ["LONGEST", "Prose", "Told", "may_state", "names_in", "read_prose"]


def read_prose(text: Text, rules: Prose, told: Told | None = None) -> tuple[Statement, ...]:
    """The statements of one paragraph; sentences without a named model, a lifecycle verb and a date or state give none."""
    found: list[Statement] = []
    told = told or Told()
    told.when, told.act, told.before = None, None, None  # a paragraph says its own days
    if not (may_state(text) or rules.foreign) or len(text.links) + len(text.codes) > MOST_MARKS:
        return ()
    titles = tuple(title for title, _ in text.links if title)
    parts = tuple(part for whole in sentences(text.plain, text.codes) for part in records(whole, text.codes))
    for index, words in enumerate(parts):
        if len(words) <= LONGEST and not any(map(denied, parts[index + 1 : index + 2])):
            final = "deprecat" in words.casefold() and any(map(_fails, parts[index : index + 2]))
            sentence = Sentence(words, text.codes, titles, _seams(words, text.links), final)
            said = list(_read_sentence(sentence, rules, told))
            found.extend(said)
            told.unread.extend([words] if not said and is_unread(sentence, rules) else [])
            told.before = sentence
    return tuple(dict.fromkeys(found))


def may_state(text: Text) -> bool:
    """Whether a paragraph can state anything; most say nothing of anybody's life, nor of a replacement."""
    return may_tell(text.plain) or may_point(text.plain) or _FOLLOWED.may_match(text.plain)


def _fails(words: str) -> bool:
    return len(words) <= LONGEST and calls_fail(words)


def _seams(words: str, links: Collection[tuple[str, str]]) -> tuple[int, ...]:
    """Where an address interrupts the sentence on its page: behind the text of each link."""
    return tuple(sorted(end for text, _ in links for _, end in every_place(words, " ".join(text.split()))))


def _read_sentence(sentence: Sentence, rules: Prose, told: Told) -> Iterator[Statement]:
    words = sentence.words
    acts = verbs(words)
    aims = targets(words, sentence.codes, sentence.titles, acts)
    if (not acts and not aims and not _FOLLOWED.search(words)) or (acts and denies(words)):
        return
    named = of_models(named_in(sentence, aims, rules), sentence, rules)
    meant = [] if named or not (back_reference(words) or labelled(words, acts, told)) else meant_by(rules, told)
    names = (list(concerned(named, acts, words)) if acts else named) or meant
    dates = free_dates(dates_near(without_superseded(words) if acts else words, rules.near or told.when, rules.order), named)
    yield from _acts(sentence, acts, names, dates, rules, told)
    yield from _followed(sentence, named, dates, rules, told)
    if not any(verb.act is Act.RELEASE for verb in acts):
        advised = names if acts else [name for name in names if name.name in told.ending]
        said = list(replacements(sentence, advised or for_whom(words, told, named), aims, rules))
        told.weak.extend(said if meant else ())
        yield from () if meant else said
    if names and named and acts:
        told.names = names
    told.ending.update(name.name for name in names if acts)


def _acts(
    sentence: Sentence, acts: tuple[Verb, ...], names: list[Mention], dates: tuple[Found, ...], rules: Prose, told: Told
) -> Iterator[Statement]:
    words = sentence.words
    current = without_superseded(words)
    for index, verb in enumerate(acts):
        until = acts[index + 1].start if index + 1 < len(acts) else len(words)
        surface = surface_of(words, verb, until, rules.surfaces)
        speaker = others(words) if surface is None else ()
        if surface is None and (is_elsewhere(words, verb, until) or (len(speaker) > 1 and rules.provider not in speaker)):
            continue
        surface = surface or (speaker[0] if len(speaker) == 1 else None if "API" in words else rules.app)
        if surface == "":
            continue
        here = replace(rules, provider=surface or rules.provider, scope=_narrowed(rules, words, verb))
        held = ending_days(words, dates) if verb.act in {Act.END, Act.REDIRECT} else dates
        meant, held = in_brackets(words, verb, names, held)
        date = date_of(current, acts, index, held)
        turns = paired(words, verb, until, meant, held)
        subjects = subjects_of(words, verb, until, meant) or _topic(verb, names, rules)
        subjects += [name for name in meant if name.start in turns and name not in subjects]
        when = date.when if date else _then(told, rules) if _THEN.match(words) else None
        for name in subjects:
            own = turns.get(name.start, date)
            for on, spot, regions in _days(own.when if own else when, own, regional(words, own, held, until)):
                for statement in _stated(sentence, verb, name, (on, spot, regions), here):
                    yield with_lead(statement, sentence, told) if when and not own else statement
        if when and subjects:
            told.when, told.act = when, verb.act


def _days(when: When | None, date: Found | None, spread: list[tuple[Found, tuple[str, ...]]]) -> list[_Day]:
    """The day a verb gives a name, or one for each of several regions, with its place in the sentence."""
    alone: list[_Day] = [(when, (date.start, date.end) if date else NOWHERE, ())]
    return [(other.when, (other.start, other.end), regions) for other, regions in spread] or alone


def _stated(sentence: Sentence, verb: Verb, name: Mention, day: _Day, here: Prose) -> Iterator[Statement]:
    on, spot, regions = day
    act = replace(verb, act=Act.END) if sentence.final and verb.act is Act.DEPRECATE and verb.coming else verb
    scope = (name.scope or here.scope) if not regions else here.scope.with_part("region", regions)
    for fact in facts_of(act, on, sentence.words, here, name.kind):
        if isinstance(fact, Deprecated) and not told_of(name.name, fact.on, here):
            continue
        place = (verb.start, verb.end) if isinstance(fact, InStage) else spot
        yield signed(sentence, ModelKey(here.provider, name.name, scope), fact, place, here, name.kind)


def _narrowed(rules: Prose, words: str, verb: Verb) -> Scope:
    tiers, deployment = tiers_in(words), deployment_in(words, verb)
    scope = rules.scope.with_part("tier", tiers) if tiers else rules.scope
    return scope.with_part("deployment", [deployment]) if deployment else scope


def _then(told: Told, rules: Prose) -> When | None:
    """What "at that time" means: the last day named before."""
    dates = dates_near(told.before.words, rules.near, rules.order) if told.before else ()
    return dates[-1].when if dates else told.when


def _topic(verb: Verb, names: list[Mention], rules: Prose) -> list[Mention]:
    """What the section is about, for a sentence that leaves its subject out ("Same price, available until …")."""
    return [Mention(rules.topic, 0, 0)] if rules.topic and verb.bare and not names else []


def _followed(sentence: Sentence, named: list[Mention], dates: tuple[Found, ...], rules: Prose, told: Told) -> Iterator[Statement]:
    """ "`b` followed on April 1, along with `c`": what was told of the ones before, a little later."""
    at = _FOLLOWED.search(sentence.words)
    date = next((date for date in dates if at and date.start >= at.end()), None)
    if date and told.act is Act.END:
        for name in named:
            key = ModelKey(rules.provider, name.name, name.scope or rules.scope)
            statement = signed(sentence, key, Retires(date.when), (date.start, date.end), rules, name.kind)
            yield with_lead(statement, sentence, told)
