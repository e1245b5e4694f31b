"""Spec sheets: a model's id, stage and dates as labelled values, and sentences that say when it is deprecated and shut down."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from monitor.domain.claims import Place, Skipped, Statement
from monitor.domain.facts import Deprecated, Fact, InStage, Retires, Stage
from monitor.domain.identity import ModelKey
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.errors import UnreadableDate
from monitor.parsing.announcement import Announcement, misfits
from monitor.parsing.dates import find_dates
from monitor.parsing.documents import Items, Paragraph, Section, Table, Text, read_document
from monitor.parsing.naming.names import is_id
from monitor.parsing.prose.sentences import sentences
from monitor.parsing.prose.verbs import Act, verbs
from monitor.parsing.tables.cells import DATED, read_cell, stage_of
from monitor.parsing.tables.columns import Role, role_of
from monitor.parsing.tables.rows import Frame, Rows, read_rows, speaks_of_lifecycles

_LABEL = re.compile(r"\s*([^:\n]{2,60}):\s*(.*)")
_LEAST = re.compile(r"\b(?:no|not)\s+(?:sooner|earlier)\s+than\b|\bearliest\b", re.IGNORECASE)
_MOST_WORDS, _MOST_IDS = 6, 20  # in a label; of one model
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_SUBJECTS = re.compile(r"\W*(?:this\s+model|the\s+model|it)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Sheet:
    """What one section says: ids, facts with their quotes, values that could not be read, and what its tables of lifecycles state."""

    ids: dict[str, None] = field(default_factory=dict)
    facts: dict[Fact, str] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    rows: Rows = field(default_factory=Rows)


def read_spec_sheets(page: Page, rules: Announcement) -> Parsed:
    """The statements of a page of spec sheets, one model to a section, or of one model's page, whose id may stand in another section.

    Tables of models and their lives are read as on any page.
    """
    if misfit := misfits(page, rules):
        return Parsed(drift=misfit)
    sheets = [_read_section(section, rules) for section in read_document(page.body, page.content_type).sections]
    named = [sheet for sheet in sheets if sheet.ids]
    skipped = [skipped for sheet in sheets for skipped in (*sheet.skipped, *sheet.rows.skipped)]
    statements = [statement for sheet in sheets for statement in sheet.rows.statements]
    for sheet in sheets:
        ids = sheet.ids or (named[0].ids if len(named) == 1 else {})
        one = 0 < len(ids) <= _MOST_IDS
        if not one:
            skipped.extend(Skipped(quote, "no id says which model this is of", "no model") for quote in sheet.facts.values())
        for name in ids if one else ():
            key = ModelKey(rules.provider, name, rules.scope)
            statements.extend(Statement(key, fact, quote, place=Place.STATUS) for fact, quote in _facts(sheet, rules))
    drift = "" if statements else "no model with an id and a fact of its life on this page"
    return Parsed(tuple(dict.fromkeys(statements)), tuple(skipped), drift, any(sheet.rows.cut for sheet in sheets))


def _facts(sheet: _Sheet, rules: Announcement) -> Iterator[tuple[Fact, str]]:
    """The facts of a sheet; a floor gives way to a date, and to a later floor."""
    ends = [fact for fact in sheet.facts if isinstance(fact, Retires)]
    exact = [fact for fact in ends if not fact.on.is_floor]
    kept = exact or sorted(ends, key=lambda fact: fact.on.starts_on)[-1:]
    for fact, quote in sheet.facts.items():
        if fact in kept and isinstance(fact, Retires):
            yield Retires(fact.on, promise=fact.on.is_floor and rules.promises), quote
        elif not isinstance(fact, Retires):
            yield fact, quote


def _read_section(section: Section, rules: Announcement) -> _Sheet:
    sheet = _Sheet()
    label = ""
    for block in section.blocks:
        if isinstance(block, Paragraph):
            if label:
                _read_value(label, block.text, f"{label} {block.text.plain}", sheet, rules)
            label = block.text.plain if not label and _is_label(block.text.plain) else ""
            _read_pairs(block.text, sheet, rules)
            _read_sentences(block.text, section, sheet)
            continue
        label = ""
        if isinstance(block, Items):
            for item in block.items:
                _read_pairs(item, sheet, rules)
        elif isinstance(block, Table) and speaks_of_lifecycles(block):
            sheet.rows = read_rows(block, Frame(rules.provider, promises=rules.promises, order=rules.order, scope=rules.scope), sheet.rows)
        elif isinstance(block, Table):
            _read_ids(block, sheet)
            _read_table(block, sheet, rules)
    return sheet


def _is_label(text: str) -> bool:
    return len(text.split()) <= _MOST_WORDS and role_of(text) in {*DATED, Role.STATE, Role.MODEL_ID} and not find_dates(text)


def _read_pairs(text: Text, sheet: _Sheet, rules: Announcement) -> None:
    """Lines of the form "EOL no sooner than: September 8, 2027"."""
    for line in text.plain.split("\n") if ":" in text.plain else ():
        found = _LABEL.fullmatch(line)
        if found and found[2] and _is_label(found[1]):
            _read_value(found[1], Text(found[2], text.codes), line, sheet, rules)


def _read_ids(table: Table, sheet: _Sheet) -> None:
    """The ids in a table that has a column of them."""
    for at, header in enumerate(table.header):
        if role_of(header.plain) is Role.MODEL_ID:
            cells = [row.cells[at].plain for row in table.rows if at < len(row.cells)]
            sheet.ids.update(dict.fromkeys(cell for cell in cells if is_id(cell)))


def _read_table(table: Table, sheet: _Sheet, rules: Announcement) -> None:
    """A table of two columns, labels and values; a value may be a list of pairs."""
    for cells in (table.header, *(row.cells for row in table.rows)):
        if len(cells) > 1 and _is_label(cells[0].plain):
            _read_value(cells[0].plain, cells[1], f"{cells[0].plain} {cells[1].plain}", sheet, rules)
        for value in cells[1:2]:
            _read_pairs(value, sheet, rules)


def _read_value(label: str, value: Text, quote: str, sheet: _Sheet, rules: Announcement) -> None:
    role = role_of(label)
    if role is Role.MODEL_ID:
        sheet.ids.update(dict.fromkeys(name for name in (value.codes or (value.plain,)) if is_id(name)))
    elif role is Role.STATE:
        stage = stage_of(value.plain)
        if stage:
            sheet.facts.setdefault(InStage(stage), quote)
    elif role in DATED and find_dates(value.plain, order=rules.order):
        try:
            said = read_cell(role, _LABEL.sub(r"\2", value.plain), rules.order)
        except UnreadableDate:
            sheet.skipped.append(Skipped(quote, f"unreadable date: {value.plain[:80]}", f"{role.value}: unreadable date"))
            return
        for fact, _, _ in said:
            least = isinstance(fact, Retires) and _LEAST.search(label)
            sheet.facts.setdefault(Retires(fact.on.as_floor()) if isinstance(fact, Retires) and least else fact, quote)


def _read_sentences(text: Text, section: Section, sheet: _Sheet) -> None:
    """ "TITLE is deprecated as of May 1, 2026 and will be shut down on November 1, 2026." """
    for sentence in sentences(text.plain):
        acts = [verb for verb in verbs(sentence) if verb.passive and verb.act is not Act.REDIRECT]
        if not acts or not _speaks_of(sentence[: acts[0].start], section.title.plain):
            continue
        sheet.ids.update(dict.fromkeys(code for code in text.codes if not sheet.ids and code in sentence[: acts[0].start] and is_id(code)))
        for verb, after in zip(acts, [*acts[1:], None], strict=True):
            dates = find_dates(sentence[verb.end : after.start if after else len(sentence)])
            if dates:
                sheet.facts.setdefault(Deprecated(dates[0].when) if verb.act is Act.DEPRECATE else Retires(dates[0].when), sentence)
            if verb.done:
                sheet.facts.setdefault(InStage(Stage.DEPRECATED if verb.act is Act.DEPRECATE else Stage.RETIRED), sentence)


def _speaks_of(subject: str, title: str) -> bool:
    """Whether a sentence's beginning names the model of the heading."""
    return bool(_SUBJECTS.match(subject)) or (bool(title) and _slug(title) in _slug(subject))


def _slug(text: str) -> str:
    return _NO_SLUG.sub("-", text.casefold()).strip("-")
