"""Timelines: tables of `Date | Update` that tell the end of a service step by step."""

import re
from collections.abc import Iterator

from monitor.domain.claims import Place, Skipped, Statement
from monitor.domain.facts import Deprecated, Retires
from monitor.domain.identity import ModelKey
from monitor.errors import UnreadableDate
from monitor.parsing.columns import Role, roles_of
from monitor.parsing.dates import read_date
from monitor.parsing.documents import Table, Text
from monitor.parsing.names import kind_of
from monitor.parsing.rows import Frame, Rows
from monitor.parsing.sentences import Act, partial_audience, sentences, verbs

_CREATE = re.compile(r"\bno longer be able to\b", re.IGNORECASE)
_ANNOUNCED = re.compile(r"\bdeprecation\s+announced\b|\bannounced\b.*\bdeprecat|\bdeprecated\b", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?:the\s+)?(?P<subject>.+?)\s+(?:is|are|will|was|were|has|have)\b", re.IGNORECASE)


def is_timeline(table: Table) -> bool:
    """Whether the table is a timeline: a date column, an update column, no models."""
    roles = set(roles_of(table.header))
    return {Role.DATE, Role.UPDATE} <= roles and not roles & {Role.MODEL, Role.MODEL_ID}


def read_timeline(table: Table, frame: Frame, topic: str) -> Rows:
    """The end and the announcement a timeline tells of *topic*; steps that touch only some customers are skipped with that reason."""
    roles = roles_of(table.header)
    rows = Rows()
    for row in table.rows:
        cells = dict(zip(roles, row.cells, strict=False))
        date, update = cells.get(Role.DATE, Text("")), cells.get(Role.UPDATE, Text(""))
        found = [] if row.cut else list(_read(date, update, frame, topic))
        rows.statements.extend(found)
        rows.cut |= row.cut
        if not found:
            reason = "only some customers" if partial_audience(update.plain) else "a step that ends nothing"
            rows.skipped.append(Skipped(f"{date.plain} | {update.plain}", reason, f"timeline: {reason}"))
    return rows


def _read(date: Text, update: Text, frame: Frame, topic: str) -> Iterator[Statement]:
    try:
        when = read_date(date.plain)
    except UnreadableDate:
        return
    quote = f"{date.plain} | {update.plain}"
    first = next(iter(sentences(update.plain)), "")
    if partial_audience(first):
        return
    if _ANNOUNCED.search(first):
        yield _statement(topic, Deprecated(when), quote, frame)
    elif _CREATE.search(first) or any(verb.act is Act.END for verb in verbs(first)):
        for name in _subjects(first, update, topic):
            yield _statement(name, Retires(when), quote, frame)


def _statement(name: str, fact: Deprecated | Retires, quote: str, frame: Frame) -> Statement:
    return Statement(ModelKey(frame.provider, name), fact, quote, kind_of(f"{name} service"), Place.HISTORY, frame.said_on)


def _subjects(sentence: str, update: Text, topic: str) -> list[str]:
    """What the sentence says is ending, where it names it in code; else the section's topic."""
    found = _SUBJECT.match(sentence)
    if not found or not any(code in found["subject"] for code in update.codes):
        return [topic]
    names = []
    for part in re.split(r"\s+and\s+|,\s*", found["subject"]):
        code = next((code for code in update.codes if code in part), "")
        names.append(code or part)
    return names
