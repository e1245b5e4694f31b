"""Cells of dates and states: one date, dates that hold in regions or tiers, sentences with a date for each deployment type."""

import re
from collections.abc import Iterator
from functools import lru_cache

from monitor.domain.facts import Deprecated, Fact, NoRetirement, Redirects, Released, Retires, Stage
from monitor.domain.identity import EVERYWHERE, Scope, scope_of
from monitor.errors import UnreadableDate
from monitor.parsing.dates import Found, Order, absent, announced_absence, find_dates, read_date
from monitor.parsing.naming.names import has_digit
from monitor.parsing.prose.sentences import sentences
from monitor.parsing.prose.verbs import Act, verbs
from monitor.parsing.tables.columns import Role, role_of

STAGES = {
    "preview": Stage.PREVIEW,
    "public preview": Stage.PREVIEW,
    "experimental": Stage.PREVIEW,
    "beta": Stage.PREVIEW,
    "active": Stage.ACTIVE,
    "ga": Stage.ACTIVE,
    "generally available": Stage.ACTIVE,
    "stable": Stage.ACTIVE,
    "current": Stage.ACTIVE,
    "legacy": Stage.LEGACY,
    "deprecated": Stage.DEPRECATED,
    "deprecating": Stage.DEPRECATED,
    "retiring": Stage.DEPRECATED,
    "closing down": Stage.DEPRECATED,
    "retired": Stage.RETIRED,
    "shut down": Stage.RETIRED,
    "discontinued": Stage.RETIRED,
    "eol": Stage.RETIRED,
    "end of life": Stage.RETIRED,
    "end-of-life": Stage.RETIRED,
    "sunset": Stage.RETIRED,
    "shutdown": Stage.RETIRED,
    "decommissioned": Stage.RETIRED,
    "withdrawn": Stage.RETIRED,
}
DATED: dict[Role, type[Retires | Deprecated | Released | Redirects]] = {
    Role.RETIRES: Retires,
    Role.DEPRECATED: Deprecated,
    Role.RELEASED: Released,
    Role.REDIRECTS: Redirects,
}
Scoped = tuple[Fact, Scope, str]  # a fact, where it holds, and the words that say so where they are not the whole cell

_LONGEST = 2000  # beyond this a cell is data
_STATE = re.compile(rf"({'|'.join(sorted(STAGES, key=len, reverse=True))})\b", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\(([^()]{1,400})\)")
_REFERENCE = re.compile(r"\s*\(\s*see\b[^()]{0,200}\)", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:[\s,;/]|and\b)*", re.IGNORECASE)
_EVERYWHERE = re.compile(r"\W*(?:all|every|any)(?:\s+\w+)?\s+regions?\W*", re.IGNORECASE)
REGION = r"[a-z]{2,12}(?:-[a-z]{2,12}){1,4}-?\d{1,2}"  # us-east-1, europe-west4
_REGION = re.compile(rf"\b{REGION}\b")
_ALSO_REGIONS = re.compile(r"(?:[\s,;&]|and\b|regions?\b)*", re.IGNORECASE)
_TIER = re.compile(r"((?:non-)?enterprise|free|paid|developer|pro|team|business)(?:\s+(?:tier|plan|customers?|users?))?", re.IGNORECASE)
_DEPLOYMENTS = re.compile(r"\bdeployment\s+types?\b(?:,?\s+including\s+(?P<listed>[^.;]{1,200}?),\s+(?=the\b))?", re.IGNORECASE)
_NAMED_DEPLOYMENT = re.compile(r"\b([A-Z][a-z]{1,20}(?:\s[A-Z][a-z]{1,20}){0,3})\sdeployments?\b")
_LISTED = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
_ALL = re.compile(r"^(?:all|every)\s+", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:all\s+)?other\s+deployments?\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:after|before|prior|until|since)\b", re.IGNORECASE)
_UPGRADE = re.compile(r"\bauto(?:matic(?:ally)?)?[\s-]?(?:upgrad|migrat)|\bbe\s+upgraded\s+to\b", re.IGNORECASE)
_LABEL = re.compile(r"\s*([A-Za-z][A-Za-z -]{2,40}):\s*")  # "Retirement date: …", of a line of its own
_VERSION = re.compile(r"\bversions?[\s:]+$", re.IGNORECASE)
_THE_END = re.compile(r"\b(?:retirement|shutdown|eol)\s+date\b", re.IGNORECASE)


def stage_of(text: str) -> Stage | None:
    """The stage a cell or a group's label begins with."""
    found = _STATE.match(text.strip())
    return STAGES[found[1].casefold()] if found else None


def regions_of(text: str) -> tuple[str, ...]:
    """The region codes of a cell; none where it names all regions, or no codes."""
    return tuple(dict.fromkeys(_REGION.findall(text)))


@lru_cache(maxsize=4096)
def read_cell(role: Role, text: str, order: Order) -> tuple[Scoped, ...]:
    """What a cell of dates states: nothing where it says that there is none; raises UnreadableDate where it cannot be read for certain."""
    if not has_digit(text):  # what says that there is no date has no number in it
        if role is Role.RETIRES and announced_absence(text):
            return ((NoRetirement(), EVERYWHERE, ""),)
        if absent(text):
            return ()
    try:
        return ((DATED[role](read_date(text, order=order)), EVERYWHERE, ""),)
    except UnreadableDate:
        if (shorter := _REFERENCE.sub("", text)) != text:
            return read_cell(role, shorter, order)
        scoped = _with_asides(role, text, order) or (_told(text, order) if role is Role.RETIRES else ()) if len(text) <= _LONGEST else ()
        if scoped:
            return scoped
        raise


def _with_asides(role: Role, text: str, order: Order) -> tuple[Scoped, ...]:
    """ "March 1, 2026 (us-east-1), July 30, 2026 (ap-northeast-1)", and nothing else, each with where it holds."""
    found: dict[Scope, Scoped] = {}
    end = 0
    for date in find_dates(text, order=order):
        aside = _ASIDE.match(text, date.end)
        scope = _scope_in(aside[1]) if aside else None
        if aside is None or scope is None or scope in found or not _BETWEEN.fullmatch(text, end, date.start):
            return ()
        end = aside.end()
        found[scope] = (DATED[role](date.when), scope, "")
    return tuple(found.values()) if _BETWEEN.fullmatch(text, end) else ()


def _scope_in(aside: str) -> Scope | None:
    """Where a date holds by the words in brackets behind it; None for words that are something else."""
    if _EVERYWHERE.fullmatch(aside):
        return EVERYWHERE
    regions = regions_of(aside)
    if regions and _ALSO_REGIONS.fullmatch(_REGION.sub("", aside)):
        return scope_of({"region": regions})
    tier = _TIER.fullmatch(aside.strip())
    return scope_of({"tier": tier[1].casefold()}) if tier else None


def _told(text: str, order: Order) -> tuple[Scoped, ...]:
    """Lines and sentences that say what becomes of which deployments when; nothing unless every date is understood."""
    found: list[Scoped] = []
    for line in text.split("\n"):
        whole = _whole(line, order)
        if whole:
            found.append((whole, EVERYWHERE, line))
            continue
        for sentence in sentences(line):
            dates = tuple(date for date in find_dates(sentence, order=order) if not _VERSION.search(sentence[: date.start]))
            scope = _deployments(sentence)
            facts = list(_sentence_facts(sentence, dates))
            ends = any(isinstance(fact, Retires) for fact in facts)
            if len(facts) < len(dates) or (ends and not scope and not _OTHERS.search(sentence)):
                return ()
            found.extend((fact, scope, sentence) for fact in facts)
    slots = {(type(fact), scope) for fact, scope, _ in found}
    return tuple(found) if len(slots) == len(found) else ()


def _whole(line: str, order: Order) -> Fact | None:
    """What the date says that is the whole of a line: alone it is the end, else what its label says ("Deprecation: …")."""
    label = _LABEL.match(line)
    role = role_of(label[1]) if label else Role.RETIRES
    try:
        return DATED[role](read_date(line[label.end() :] if label else line, order=order)) if role in DATED else None
    except UnreadableDate:
        return None


def _sentence_facts(sentence: str, dates: tuple[Found, ...]) -> Iterator[Fact]:
    """The fact of each date by the words since the date before it."""
    acts = verbs(sentence)
    since = 0
    for date in dates:
        clause = sentence[since : date.start]
        ends = any(verb.act is Act.END and since <= verb.start < date.start for verb in acts)
        since = date.end
        if _RELATIVE.search(clause):
            continue
        if _UPGRADE.search(clause):
            yield Redirects(date.when)
        elif ends or _THE_END.search(clause):
            yield Retires(date.when)


def _deployments(sentence: str) -> Scope:
    """The deployment types a sentence speaks of: "Standard deployment type …", "… deployment types, including Global Standard, …"."""
    types = _DEPLOYMENTS.search(sentence)
    if types and types["listed"]:
        names = [_ALL.sub("", part) for part in _LISTED.split(types["listed"])]
    else:
        named = _NAMED_DEPLOYMENT.search(sentence)
        names = [named[1]] if named else []
    return scope_of({"deployment": [name.casefold().replace(" ", "-") for name in names]})
