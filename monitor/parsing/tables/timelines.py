"""Timelines: tables of `Date | Update` that tell the end of a service step by step."""

import re

from monitor.domain.claims import Place, Skipped, Statement
from monitor.domain.facts import Deprecated, Retires
from monitor.domain.identity import Kind, ModelKey
from monitor.domain.when import When
from monitor.errors import UnreadableDate
from monitor.parsing.dates import read_date
from monitor.parsing.documents import Table, Text
from monitor.parsing.prose.sentences import partial_audience, sentences
from monitor.parsing.prose.verbs import Act, verbs
from monitor.parsing.tables.columns import Role, roles_of
from monitor.parsing.tables.rows import Frame, Rows

_CREATE = re.compile(r"\bno longer be able to\b", re.IGNORECASE)
_ANNOUNCED = re.compile(r"\bdeprecation\s+announced\b|\bannounced\b.*\bdeprecat|\bdeprecated\b", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?:the\s+)?(?P<subject>.+?)\s+(?:is|are|will|was|were|has|have)\b", re.IGNORECASE)


def is_timeline(table: Table) -> bool:
    """Whether the table is a timeline: a date column, an update column, no models."""
    roles = set(roles_of(table.header))
    return {Role.DATE, Role.UPDATE} <= roles and not roles & {Role.MODEL, Role.MODEL_ID}


def read_timeline(table: Table, frame: Frame, topic: str) -> Rows:
    """The end and the announcement a timeline tells of *topic*; steps that touch only some customers are skipped with that reason.

    Where the row of the end names what ends in code, the announcement is of that too.
    """
    roles = roles_of(table.header)
    rows = Rows()
    announced: list[tuple[When, str]] = []
    for row in table.rows:
        cells = dict(zip(roles, row.cells, strict=False))
        date, update = cells.get(Role.DATE, Text("")), cells.get(Role.UPDATE, Text(""))
        step = None if row.cut else _read(date, update)
        rows.cut |= row.cut
        quote = f"{date.plain} | {update.plain}"
        if step is None:
            reason = "only some customers" if partial_audience(update.plain) else "a step that ends nothing"
            rows.skipped.append(Skipped(quote, reason, f"timeline: {reason}"))
        elif step[0] is Act.DEPRECATE:
            announced.append((step[1], quote))
        elif names := [name for name in _subjects(update, topic) if name]:
            rows.statements.extend(_statement(name, Retires(step[1]), quote, frame) for name in names)
        else:
            rows.skipped.append(Skipped(quote, "neither the step nor a heading names what ends", "timeline: nothing named"))
    subjects = list(dict.fromkeys(statement.key.model for statement in rows.statements)) or [topic] * bool(topic)
    rows.statements.extend(_statement(name, Deprecated(when), quote, frame) for when, quote in announced for name in subjects)
    return rows


def _read(date: Text, update: Text) -> tuple[Act, When] | None:
    """What a step says, and when; None where it ends nothing for everybody."""
    first = next(iter(sentences(update.plain)), "")
    try:
        when = read_date(date.plain)
    except UnreadableDate:
        return None
    if partial_audience(first):
        return None
    if _ANNOUNCED.search(first):
        return Act.DEPRECATE, when
    ends = _CREATE.search(first) or any(verb.act is Act.END for verb in verbs(first))
    return (Act.END, when) if ends else None


def _statement(name: str, fact: Deprecated | Retires, quote: str, frame: Frame) -> Statement:
    return Statement(ModelKey(frame.provider, name), fact, quote, Kind.SERVICE, Place.HISTORY, frame.said_on)


def _subjects(update: Text, topic: str) -> list[str]:
    """What the sentence says is ending, where it names it in code; else the section's topic."""
    found = _SUBJECT.match(next(iter(sentences(update.plain)), ""))
    if not found or not any(code in found["subject"] for code in update.codes):
        return [topic]
    names = []
    for part in re.split(r"\s+and\s+|,\s*", found["subject"]):
        code = next((code for code in update.codes if code in part), "")
        names.append(code or part)
    return names
