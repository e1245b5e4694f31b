"""One section of an announcement page → statements: what its heading's date is, its tables, its lists and its prose."""

import re
from collections.abc import Iterator
from datetime import timedelta

from msgspec import structs

from monitor.domain.claims import Statement
from monitor.domain.facts import Deprecated, ReplacedBy, Retires
from monitor.domain.identity import Scope
from monitor.domain.when import When
from monitor.parsing.dates import find_dates
from monitor.parsing.declaration import Announcement, Heading
from monitor.parsing.documents import Items, Section, Table
from monitor.parsing.headings import heading_date, texts, told, topic
from monitor.parsing.lists.groups import Group
from monitor.parsing.prose.narrowing import tiers_in
from monitor.parsing.prose.paragraphs import Told, may_state
from monitor.parsing.prose.sentences import LONGEST, sentences
from monitor.parsing.prose.verbs import Act, has_lifecycle_word, may_tell, verbs
from monitor.parsing.screened import Screened
from monitor.parsing.section_texts import Found, Habits, Texts
from monitor.parsing.tables.columns import Role, role_of, roles_of
from monitor.parsing.tables.footnotes import floor_marks
from monitor.parsing.tables.rows import Frame, carried, passed_over, read_rows, speaks_of_lifecycles
from monitor.parsing.tables.timelines import is_timeline, read_timeline
from monitor.parsing.tables.worded import with_states

__all__ = ["Found", "Habits", "read_section"]

_FINE_TUNING = re.compile(r"^fine-?tun", re.IGNORECASE)
_NOTICE = timedelta(days=14)
_LIMITED = Screened(r"\bappl(?:y|ies)\s+(?:only\s+)?to\b", "apply", "applies")


def read_section(section: Section, rules: Announcement, habits: Habits, found: Found, so_far: Told) -> None:
    """Add everything that one section states."""
    if not (
        _may_state(section, foreign=habits.foreign)
        or so_far.leads(section.path)
        or so_far.below
        or so_far.listed_on
        or may_tell(section.title.plain)
    ):
        return
    day, day_in = (None, "") if habits.heading is Heading.NOTHING else heading_date(section)
    announced = habits.heading is Heading.ANNOUNCED
    days_told = told(section, day or rules.published)
    said_on, said_in = (day, day_in) if day and announced else days_told[0] if days_told else (rules.published, "")
    frame = Frame(rules.provider, said_on, said_in, rules.promises, habits.floors, rules.order, _scope(section, rules))
    if any(isinstance(block, Table) for block in section.blocks):
        frame = structs.replace(frame, floor_marks=floor_marks(section), final=habits.final or _ends_then(section))
    start = len(found.statements)
    tabled = _read_tables(section, frame, found, days_told if announced else [])
    mine = found.statements[start:]
    if day and habits.heading is Heading.RETIRES and not any(when == day for when, _ in days_told if not _ends_on(mine, day)):
        if rules.heading is Heading.EVIDENT and _ends_long_after(mine, day):
            found.statements.extend(_announced(mine, day, day_in))
        else:
            found.statements.extend(_ended(mine, day, day_in))
    if so_far.below and mine and all(isinstance(statement.fact, ReplacedBy) for statement in mine):
        found.statements.extend(_told_below(mine, so_far.below))
    reader = Texts(section, rules, habits, frame, so_far, tabled=tabled)
    reader.read(found, mine)


def _ends_then(section: Section) -> bool:
    """Whether the days of a table's deprecations are those on which the section's prose says that the models end."""
    days = {date.when for cell in _deprecations(section) for date in find_dates(cell)}
    told = (sentence for _, text in texts(section.blocks) if days and len(text.plain) <= LONGEST for sentence in sentences(text.plain))
    ends = {date.when.value for sentence in told if any(verb.act is Act.END for verb in verbs(sentence)) for date in find_dates(sentence)}
    return bool(days) and all(day.value in ends for day in days)


def _deprecations(section: Section) -> Iterator[str]:
    """The cells of deprecation days in the section's tables."""
    for table in (block for block in section.blocks if isinstance(block, Table)):
        roles = roles_of(table.header)
        at = roles.index(Role.DEPRECATED) if Role.DEPRECATED in roles and Role.RETIRES not in roles else len(roles)
        yield from (cell.plain for row in table.rows for cell in row.cells[at : at + 1])


def _may_state(section: Section, *, foreign: bool) -> bool:
    """Whether there is anything to read, or to be counted as passed over."""
    tabled = any(isinstance(block, Table) for block in section.blocks)
    return (
        tabled
        or foreign
        or any(may_state(text) or (isinstance(block, Items) and carried(text.plain)) for block, text in texts(section.blocks))
    )


def _read_tables(section: Section, frame: Frame, found: Found, days_told: list[tuple[When, str]]) -> bool:
    """Read the section's tables; whether there were any that speak of lifecycles."""
    tables = [with_states(block) for block in section.blocks if isinstance(block, Table)]
    lifecycle = [table for table in tables if speaks_of_lifecycles(table) or _moves(table)]
    timelines = [table for table in tables if is_timeline(table)]
    start = len(found.statements)
    for table in lifecycle:
        found.take(read_rows(table, frame))
    for table in timelines:
        found.take(read_timeline(table, frame, topic(section)))
    if lifecycle or timelines:  # else their texts may make lists of them
        found.skipped.extend(row for table in tables if table not in lifecycle and table not in timelines for row in passed_over(table))
    mine = found.statements[start:]
    found.statements.extend(_told_otherwise(mine, days_told, frame))
    if timelines and days_told and not any(isinstance(statement.fact, Deprecated) for statement in mine):
        found.statements.extend(_announced(mine, *days_told[0]))
    return bool(lifecycle or timelines)


def _moves(table: Table) -> bool:
    """Whether a table says of models that end what answers instead: "Model being retired | Redirect target"."""
    roles = {role_of(header.plain): header.plain for header in table.header}
    return Role.REPLACEMENT in roles and any(has_lifecycle_word(roles.get(role, "")) for role in (Role.MODEL, Role.MODEL_ID))


def _told_otherwise(mine: list[Statement], days_told: list[tuple[When, str]], frame: Frame) -> Iterator[Statement]:
    """A second announcement day in the prose contradicts the heading's; a month that holds it does not."""
    if frame.said_on is None:
        return
    for when, sentence in days_told:
        if not when.starts_on <= frame.said_on.starts_on <= when.ends_on:
            yield from _announced(mine, when, sentence)


def _announced(mine: list[Statement], when: When, sentence: str) -> list[Statement]:
    return [structs.replace(statement, fact=Deprecated(when), quote=sentence) for statement in _ending(mine)]


def _ended(mine: list[Statement], when: When, heading: str) -> list[Statement]:
    return [structs.replace(statement, fact=Retires(when), quote=heading) for statement in _ending(mine)]


def _told_below(mine: list[Statement], group: Group) -> list[Statement]:
    """What an earlier section said of the models of a table that says no more than what replaces them."""
    assert group.when is not None  # noqa: S101 - what points below gives a day
    fact = Retires(group.when) if group.act is Act.END else Deprecated(group.when)
    return [structs.replace(statement, fact=fact, quote=group.quote) for statement in {said.key: said for said in mine}.values()]


def _ends_on(mine: list[Statement], day: When) -> bool:
    return any(isinstance(statement.fact, Retires) and statement.fact.on == day for statement in mine)


def _ends_long_after(mine: list[Statement], day: When) -> bool:
    """Whether every end that a section's tables give lies so far behind its heading's day that the heading can only announce it."""
    ends = [statement.fact.on.starts_on for statement in mine if isinstance(statement.fact, Retires)]
    return bool(ends) and all(end - day.ends_on >= _NOTICE for end in ends)


def _ending(mine: list[Statement]) -> list[Statement]:
    return list({statement.key: statement for statement in mine if isinstance(statement.fact, Retires)}.values())


def _scope(section: Section, rules: Announcement) -> Scope:
    scope = rules.scope.with_part("feature", ["fine-tuning"]) if _FINE_TUNING.match(topic(section)) else rules.scope
    parts = (sentence for _, text in texts(section.blocks) if _LIMITED.search(text.plain) for sentence in sentences(text.plain))
    tiers = next((tiers for sentence in parts if _LIMITED.search(sentence) and (tiers := tiers_in(sentence, "appl"))), ())
    return scope.with_part("tier", tiers) if tiers else scope
