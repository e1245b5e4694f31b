"""The texts of one section, read in order: lists under their leads, callouts, prose; beside a table only what it has no column for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec import Struct, structs

from monitor.domain.claims import Skipped, Statement
from monitor.domain.facts import ReplacedBy, Retires
from monitor.domain.identity import Kind
from monitor.domain.lines import fold
from monitor.domain.when import When
from monitor.parsing.dates import find_dates
from monitor.parsing.declaration import Announcement, Heading
from monitor.parsing.documents import Items, Note, Section, Table, Text
from monitor.parsing.headings import entry_day, heading_date, texts, topic
from monitor.parsing.lists.groups import Group, Groups, pieces
from monitor.parsing.lists.leads import heading_lead, on_listed_dates, pointing_below
from monitor.parsing.lists.listed import read_groups
from monitor.parsing.naming.names import is_id
from monitor.parsing.prose.beside import about_these, adds, may_add
from monitor.parsing.prose.paragraphs import LONGEST, Prose, Told, names_in, read_prose
from monitor.parsing.prose.spoken import Spoken
from monitor.parsing.prose.surfaces import instead_of_api
from monitor.parsing.prose.unread import unread_item, unread_sentence
from monitor.parsing.prose.verbs import may_tell, moves
from monitor.parsing.screened import Screened
from monitor.parsing.tables.rows import SHOWN, Frame, Rows, passed_over, read_rows

_RELEASE = Screened(r"\breleased?\b", "release")
_MOST_ABOUT_ALL = 20  # texts that speak of "these models" in one section: more are no announcement
_AFFECTED = re.compile(r"\b(?:affected|impacted|deprecat|retir|remov|sunset|discontinu)", re.IGNORECASE)
_SHORT = 5  # words of a heading that is a name


class Habits(Struct, frozen=True, gc=False):
    """What the page as a whole shows: that all its dates are floors, what a heading's date means, which names its tables list, and the
    day *near* which a date without a year lies, whether calls fail from the day of a deprecation (*final*), what it shows of names
    (*spoken*), and whether it tells of ends in a language that is not read (*foreign*).
    """

    floors: bool = False
    heading: Heading = Heading.ANNOUNCED
    listed: tuple[str, ...] = ()
    near: When | None = None
    final: bool = False
    spoken: Spoken | None = None
    foreign: bool = False


@dataclass(slots=True)
class Found:
    """What was read so far."""

    statements: list[Statement] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    cut: bool = False

    def take(self, rows: Rows) -> None:
        """Add what a table gave."""
        self.statements.extend(rows.statements)
        self.skipped.extend(rows.skipped)
        self.cut |= rows.cut


class Texts:
    """The texts of one section, read in order."""

    def __init__(self, section: Section, rules: Announcement, habits: Habits, frame: Frame, so_far: Told, *, tabled: bool) -> None:
        about, surfaces = "" if tabled else topic(section), dict(rules.surfaces)
        entry = entry_day(section)
        label = heading_date(section)[0] if section.update else entry[0] if entry else None
        self.section, self.frame, self.tabled, self.so_far = section, frame, tabled, so_far
        self.prose = Prose(
            rules.provider,
            surfaces,
            rules.first_hand,
            near=label or habits.near,
            said_on=frame.said_on,
            said_in="" if tabled else frame.said_in,
            label=label,
            topic=about if names_in(about) and len(about.split()) <= _SHORT else "",
            order=rules.order,
            scope=frame.scope,
            listed=habits.listed,
            foreign=habits.foreign,
            app=instead_of_api((text.plain for _, text in texts(section.blocks)), rules.provider, surfaces),
            spoken=habits.spoken,
            under=(section.title.plain, *section.path),
        )
        affected = _AFFECTED.search(section.title.plain) is not None
        below, lead = so_far.below, self._headed_with(entry)
        self.groups = Groups(rules.order, self.prose.near, entry, open=lead, below=below, affected=affected)
        if so_far.above and so_far.leads(section.path) and not tabled:
            self.groups.above = so_far.above[1]
        self.growing: Group | None = None
        self.grown = self.said_of_all = 0
        so_far.names = []

    def _headed_with(self, entry: tuple[When, str] | None) -> Group | None:
        """The list that the section's heading opens: by its own words, or as a day on which an earlier section said that the list ends."""
        lead = heading_lead(self.section.title.plain, self.prose.order)
        if lead is None and entry and self.so_far.listed_on and entry[1] == self.section.title.plain:
            act, words = self.so_far.listed_on
            return Group(words, act, *entry)
        return lead

    def read(self, found: Found, models: list[Statement]) -> None:
        """Add what the texts state."""
        start = len(found.statements)
        for block, text in pieces(self.section):
            if isinstance(block, Table):
                self._read_rows(block, found)
                continue
            if self.said_of_all < _MOST_ABOUT_ALL:
                about = list(about_these(text, models))
                self.said_of_all += bool(about)
                found.statements.extend(about)
            if not self.tabled and self.groups.take(text):
                self._list_grows()
                continue
            self._points_on(text)
            self.so_far.unread = []
            self.so_far.names = [] if isinstance(block, Items) else self.so_far.names  # an item is news of its own
            found.statements.extend(said := self._said(block, text))
            if not isinstance(block, Items):
                found.skipped.extend(map(unread_sentence, self.so_far.unread))
            elif not said and not self.groups.open:
                found.skipped.extend(unread_item(text, self.prose, tabled=self.tabled))
        found.statements.extend(read_groups(self.groups.found, self.prose))
        if not self.tabled and not self.groups.found:
            found.statements.extend(self._said_by_heading(found.statements[start:]))
        found.skipped.extend(
            Skipped(text[:SHOWN], "an item of a list that names no model for certain", "item") for text in self.groups.missed
        )
        self._tell_on()

    def _points_on(self, text: Text) -> None:
        """What a text says of lists that stand further below, or under days."""
        self.so_far.below = pointing_below(text, self.prose.near, self.prose.order) or self.so_far.below
        self.so_far.listed_on = on_listed_dates(text) or self.so_far.listed_on

    def _tell_on(self) -> None:
        """What the sections to come are to know: a list said to be below was found, or a day was given to models without names."""
        listed = self.tabled or bool(self.groups.found)
        if listed:
            self.so_far.below = None
        elif self.groups.dated:
            self.so_far.above = (*self.section.path, self.section.title.plain), self.groups.dated

    def _said_by_heading(self, below: list[Statement]) -> Iterator[Statement]:
        """The ends that the heading tells of models of whose end the texts below it give no day, by the ids that these give them."""
        title = topic(self.section)
        if len(title) > LONGEST or not may_tell(title) or not find_dates(title):
            return
        told = {fold(said.key.model) for said in below if isinstance(said.fact, Retires)}
        below_it = (text for _, text in texts(self.section.blocks) if len(text.plain) <= LONGEST)
        codes = {fold(name): name for text in below_it for name, *_ in names_in(text.plain, text.codes) if is_id(name)}
        for said in read_prose(Text(title, self.section.title.codes), self.prose, Told()):
            if isinstance(said.fact, Retires) and fold(said.key.model) not in told:
                name = codes.get(fold(said.key.model), said.key.model)
                yield structs.replace(said, key=structs.replace(said.key, model=name))

    def _read_rows(self, table: Table, found: Found) -> None:
        """A table that says nothing of dates: the list of its lead, or what replaces models whose end was told before it."""
        if self.tabled:
            return
        if self.groups.take_rows(table):
            self._list_grows()
            return
        rows = read_rows(table, structs.replace(self.frame, said_on=None)) if self.so_far.ending else Rows()
        moved = [said for said in rows.statements if isinstance(said.fact, ReplacedBy) and said.key.model in self.so_far.ending]
        found.statements.extend(moved)
        found.skipped.extend(() if moved else passed_over(table))

    def _list_grows(self) -> None:
        """Let "these models" and "the models above" mean the list, as far as it goes; an item is taken in once."""
        group = self.groups.found[-1] if self.groups.found else None
        if group and group.act:
            if group is not self.growing:
                self.growing, self.grown, self.so_far.listed = group, 0, []
            fresh = group.names[self.grown :]
            self.grown = len(group.names)
            self.so_far.listed.extend(name for name in fresh if name.kind is Kind.MODEL)
            self.so_far.ending.update(name.name for name in fresh)
            self.so_far.names = self.so_far.listed

    def _said(self, block: object, text: Text) -> list[Statement]:
        beside = self.tabled and not isinstance(block, Note)
        if self.tabled and not (_RELEASE.search(text.plain) or (text.codes and moves(text.plain)) or (not beside and may_add(text))):
            return []
        prose = structs.replace(self.prose, effective=self.groups.dated) if self.groups.headed else self.prose
        said = list(read_prose(text, prose, self.so_far))
        return [statement for statement in said if adds(statement, text)] if beside else said
