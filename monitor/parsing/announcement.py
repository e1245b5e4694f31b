"""A page that announces: its sections in order, tables by column role, lists under their leads, callouts and prose."""

import re
from collections.abc import Iterator
from itertools import chain, islice, pairwise, takewhile

from msgspec.structs import replace

from monitor.domain.claims import Statement, Substance, substance
from monitor.domain.facts import ReplacedBy, Retires
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.domain.when import Precision, When
from monitor.parsing.dates import find_dates
from monitor.parsing.declaration import Announcement, Heading, misfits
from monitor.parsing.documents import Document, Section, Table, is_json, read_document
from monitor.parsing.headings import heading_date, texts, told
from monitor.parsing.naming.names import named
from monitor.parsing.news.feeds import is_feed
from monitor.parsing.prose.foreign import may_end_otherwise
from monitor.parsing.prose.paragraphs import Told
from monitor.parsing.prose.sentences import LONGEST, calls_fail, fails_then, sentences
from monitor.parsing.prose.spoken import Spoken, every_text
from monitor.parsing.prose.verbs import has_lifecycle_word
from monitor.parsing.screened import Screened
from monitor.parsing.sections import Found, Habits, read_section
from monitor.parsing.tables.columns import Role, Words, roles_of, with_words
from monitor.parsing.tables.flat_tables import with_flat_tables

__all__ = ["Announcement", "Heading", "misfits", "read_announced", "read_announcement", "read_fitting"]

_EMPTY = Screened(  # of a sentence, in which white space is collapsed
    r"\bno (?:planned|upcoming|scheduled|current|announced)\s+(?:model\s+)?(?:deprecation|retirement|shutdown|sunset)s?\b", "no "
)
_LEAD = re.compile(r"\b(?:retired|shut\s+down|removed|discontinued)\b[^.]*:\W*$")
_UPDATED = re.compile(r"\b(?:updated?|modified|reviewed)\b", re.IGNORECASE)
_BYLINES, _BYLINE, _PROSE = 6, 12, 25  # texts above the prose; words of a byline; words of prose
_EARLIEST = Screened(
    r"\bdates?\b[^.]*\b(?:indicate|are|represent|show)\b[^.]*\bearliest\b[^.]*\bdates?\b"
    r"|\bearliest\s+(?:\w+\s+){0,2}dates?\b[^.]*\b(?:tracked|listed|shown|given|found)\b[^.]*\b(?:this\s+page|below|here|tables?)\b",
    "earliest",
)


def read_announcement(page: Page, rules: Announcement) -> Parsed:
    """Everything an announcement page states; a page without its markers, or that states nothing, is `drift`."""
    if is_json(page.body):
        return Parsed(drift="JSON, not a page")
    if is_feed(page):
        return Parsed(drift="a feed, not a page")
    return read_fitting(page, read_document(page.body, page.content_type), rules)


def read_fitting(page: Page, document: Document, rules: Announcement) -> Parsed:
    """Everything an announcement page states, read as a *document* before."""
    misfit = misfits(page, rules)
    return Parsed(drift=misfit) if misfit else read_announced(document, rules)


def read_announced(document: Document, rules: Announcement, spoken: Spoken | None = None) -> Parsed:
    """Everything an announcement states; one that states nothing is `drift`.

    *spoken* is what shows which names are models', where that is more than the document itself.
    """
    found, so_far = Found(), Told()
    said = "\n".join(_plain(document)).casefold()
    sections = tuple(_with_columns(with_flat_tables(section), rules.columns) for section in document.sections)
    habits = Habits(
        floors="earliest" in said and _any_text(document, _EARLIEST),
        heading=_heading_means(sections, rules),
        listed=_listed(sections),
        near=_newest(document) if rules.current else rules.published or _published_on(document),
        final=rules.deprecation_ends or ("deprecat" in said and _fails_when_deprecated(document)),
        foreign=may_end_otherwise(said),
        spoken=spoken or Spoken(lambda: every_text((document,))),
    )
    for section in sections:
        read_section(section, rules, habits, found, so_far)
    statements = (*found.statements, *_where_nothing_else(so_far.weak, found.statements))
    empty = not statements and _any_text(document, _EMPTY)
    drift = "" if statements or empty else "no statement about a model's life on this page"
    return Parsed(tuple(_merged(statements)), tuple(found.skipped), drift, found.cut, empty)


def _with_columns(section: Section, words: Words) -> Section:
    """The section with the headers of its tables in our words."""
    if not words:
        return section
    blocks = (replace(block, header=with_words(block.header, words)) if isinstance(block, Table) else block for block in section.blocks)
    return replace(section, blocks=tuple(blocks))


def _heading_means(sections: tuple[Section, ...], rules: Announcement) -> Heading:
    """What a heading's date is, by what the page says elsewhere: the end, where a table's end or nobody's announcement agrees with it."""
    if rules.heading is not Heading.EVIDENT:
        return rules.heading
    days = [(section, heading_date(section)[0]) for section in sections]
    ends = any(day is not None and day.value in _ends_in(section) for section, day in days)
    return Heading.RETIRES if ends else Heading.ANNOUNCED


def _ends_in(section: Section) -> set[str]:
    tables = [block for block in section.blocks if isinstance(block, Table)]
    places = [(table, at) for table in tables for at, role in enumerate(roles_of(table.header)) if role is Role.RETIRES]
    cells = [row.cells[at].plain for table, at in places for row in table.rows if at < len(row.cells)]
    leads = [text.plain for _, text in texts(section.blocks) if len(text.plain) <= LONGEST and _LEAD.search(text.plain)]
    return {date.when.value for text in (*cells, *leads) for date in find_dates(text)} - {day.value for day, _ in told(section)}


def _listed(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """The names in the first columns of the page's tables."""
    rows = chain.from_iterable(block.rows for section in sections for block in section.blocks if isinstance(block, Table))
    return tuple(dict.fromkeys(name for row in rows if row.cells and row.cells[0].codes for name in named(row.cells[0])))


def _plain(document: Document) -> Iterator[str]:
    """The texts outside the tables."""
    return (text.plain for section in document.sections for _, text in texts(section.blocks))


def _newest(document: Document) -> When | None:
    """The latest day that the page prints in full."""
    days = [date.when for text in _plain(document) for date in find_dates(text) if date.when.precision is Precision.DAY]
    return max(days, key=lambda day: day.starts_on, default=None)


def _published_on(document: Document) -> When | None:
    """The day in an article's byline: a short text of one day above the prose, which says nothing of an update."""
    above = islice(_plain(document), _BYLINES)
    for plain in takewhile(lambda plain: len(plain.split()) <= _PROSE, above):
        days = [date.when for date in find_dates(plain) if date.when.precision is Precision.DAY]
        if len(days) == 1 and len(plain.split()) <= _BYLINE and not _UPDATED.search(plain) and not has_lifecycle_word(plain):
            return days[0]
    return None


def _where_nothing_else(weak: list[Statement], firm: list[Statement]) -> list[Statement]:
    """What was said of a whole list, for those of it that nothing else is said of."""
    own = {statement.key for statement in firm if isinstance(statement.fact, ReplacedBy)}
    return [statement for statement in weak if statement.key not in own]


def _merged(statements: tuple[Statement, ...]) -> Iterator[Statement]:
    """Each statement once: the same date said with and without its clock is said with it."""
    timed = {(item.key, item.fact.on.value, item.place): item for item in statements if isinstance(item.fact, Retires) and item.fact.on.at}
    kept: set[Substance] = set()
    for item in statements:
        best = timed.get((item.key, item.fact.on.value, item.place), item) if timed and isinstance(item.fact, Retires) else item
        said = substance(best)
        if said not in kept:
            kept.add(said)
            yield best


def _fails_when_deprecated(document: Document) -> bool:
    """Whether a text says of deprecations that calls fail from their day."""
    told = [text for text in _plain(document) if len(text) <= LONGEST]
    if any(fails_then(label, text) for label, text in pairwise(told) if "deprecat" in label.casefold()):
        return True
    return any(calls_fail(sentence) for text in told if "deprecat" in text.casefold() for sentence in sentences(text))


def _any_text(document: Document, pattern: Screened) -> bool:
    """Whether a text outside the tables matches."""
    said = (sentence for text in _plain(document) if pattern.may_match(text) for sentence in sentences(text))
    return any(len(sentence) <= LONGEST and pattern.search(sentence) for sentence in said)
