"""What a list and its lead state: the end or deprecation of every name in it, and the replacements another list gives them."""

import re
from collections.abc import Iterator

from monitor.domain.claims import Statement
from monitor.domain.facts import Deprecated, Fact, InStage, ReplacedBy, Retires, Stage
from monitor.domain.identity import Kind, ModelKey
from monitor.domain.when import When
from monitor.parsing.lists.groups import Group
from monitor.parsing.naming.mentions import Mention
from monitor.parsing.prose.narrowing import deployment_in
from monitor.parsing.prose.paragraphs import Prose
from monitor.parsing.prose.surfaces import surface_of
from monitor.parsing.prose.verbs import Act, verbs

_WORD = re.compile(r"[a-z]{4,}")


def read_groups(groups: list[Group], rules: Prose) -> Iterator[Statement]:
    """The statements of a section's lists, in order."""
    ending = [(group, group.when) for group in groups if group.act and group.when]
    for group in groups:
        if group.done:
            stage = InStage(Stage.DEPRECATED if group.act is Act.DEPRECATE else Stage.RETIRED)
            yield from (_statement(name, stage, group.quote, rules, group.lead) for name in group.names)
            yield from _moves(group, rules)
    for group, when in ending:
        for name in group.names:
            yield from (_statement(name, fact, quote, rules, group.lead) for fact, quote in _facts(group, when, rules))
    for group in groups:
        if group.act and not group.done:
            yield from _moves(group, rules)
    subjects = [name for group, _ in ending for name in group.names if name.kind is Kind.MODEL]
    yield from _advised(subjects, [group for group in groups if group.advice and group.names], rules)


def _moves(group: Group, rules: Prose) -> Iterator[Statement]:
    yield from (_statement(name, ReplacedBy(to), to, rules) for name, to in group.moves if to.casefold() != name.name.casefold())


def _facts(group: Group, when: When, rules: Prose) -> Iterator[tuple[Fact, str]]:
    if group.act is Act.DEPRECATE:
        yield Deprecated(when), group.quote
        return
    yield Retires(when), group.quote
    if rules.said_on and rules.said_in and rules.said_on != when:
        yield Deprecated(rules.said_on), rules.said_in


def _advised(subjects: list[Mention], advice: list[Group], rules: Prose) -> Iterator[Statement]:
    """Each model gets the lists whose label speaks of its kind ("Embedding tasks" for embed-…), else those that speak of no other's."""
    fitting = {id(group): {name.name for name in subjects if _fits(group.label, name.name)} for group in advice}
    for subject in subjects:
        own = [group for group in advice if subject.name in fitting[id(group)]]
        for group in own or [group for group in advice if not fitting[id(group)]]:
            for target in group.names:
                if target.name.casefold() != subject.name.casefold():
                    yield _statement(subject, ReplacedBy(target.name), target.name, rules)


def _fits(label: str, name: str) -> bool:
    """Whether a word of the label begins like a part of the name: "Embedding" and "embed-english"."""
    parts = _WORD.findall(name.casefold())
    return any(word.startswith(part) or part.startswith(word) for word in _WORD.findall(label.casefold()) for part in parts)


def _statement(name: Mention, fact: Fact, quote: str, rules: Prose, lead: str = "") -> Statement:
    acts = verbs(lead)
    surfaces = [surface_of(lead, verb, len(lead), rules.surfaces) for verb in acts]
    provider = next((surface for surface in surfaces if surface), rules.provider)
    deployment = next((where for verb in acts if (where := deployment_in(lead, verb))), "")
    scope = name.scope or rules.scope
    scope = scope.with_part("deployment", [deployment]) if deployment else scope
    return Statement(ModelKey(provider, name.name, scope), fact, quote, name.kind, said_on=rules.said_on)
