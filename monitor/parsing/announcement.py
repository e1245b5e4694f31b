"""A page that announces: its sections in order, tables by column role, callouts and prose where no table speaks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from monitor.domain.claims import Skipped, Statement
from monitor.domain.facts import Deprecated, InStage, Retires, Stage
from monitor.domain.identity import EVERYWHERE, Kind, Scope, scope_of
from monitor.domain.pages import Page
from monitor.domain.providers import PROVIDERS
from monitor.domain.readings import Parsed
from monitor.domain.when import When
from monitor.parsing.dates import Order, find_dates
from monitor.parsing.documents import Document, Items, Note, Section, Table, Text, is_json, read_document
from monitor.parsing.headings import heading_date, texts, told, topic
from monitor.parsing.prose import Prose, names_in, read_prose
from monitor.parsing.rows import Frame, Rows, read_rows, speaks_of_lifecycles
from monitor.parsing.sentences import LONGEST, Act, has_lifecycle_word, sentences, verbs
from monitor.parsing.timelines import is_timeline, read_timeline

_EMPTY = re.compile(
    r"\bno\s+(?:planned|upcoming|scheduled|current|announced)\s+(?:model\s+)?(?:deprecation|retirement|shutdown|sunset)s?\b", re.IGNORECASE
)
_EARLIEST = re.compile(r"\bdates?\b[^.]*\b(?:indicate|are|represent|show)\b[^.]*\bearliest\b[^.]*\bdates?\b", re.IGNORECASE)
_FINE_TUNING = re.compile(r"^fine-?tun", re.IGNORECASE)
_THESE = re.compile(r"^\W*(?:this|these|both|all\s+(?:of\s+)?these)\s+(?:\w+\s+)?(?:model|snapshot|version|alias)(?:e?s)?\b", re.IGNORECASE)
_THIS = re.compile(r"\b(?:this|these|both|all)\b", re.IGNORECASE)
FINE_TUNING = scope_of({"feature": "fine-tuning"})


class Heading(StrEnum):
    """What the date in a section's heading is, by the page's own habit."""

    ANNOUNCED = "announced"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Announcement:
    """A declaration of one announcement page.

    *markers* are words of which each group must occur, in one of its forms, on a page that fits; *heading* is what a heading's date means;
    *promises* that floors on it only promise; *order* how it writes numeric dates; *first_hand* whether the provider itself speaks.
    """

    provider: str
    markers: tuple[tuple[str, ...], ...] = ()
    heading: Heading = Heading.ANNOUNCED
    promises: bool = False
    order: Order = Order.REFUSE
    first_hand: bool = True
    surfaces: tuple[tuple[str, str], ...] = tuple((title, key) for key, title in PROVIDERS.items())

    def of(self, provider: str) -> "Announcement":
        """The same declaration for another provider's page of the same layout."""
        return replace(self, provider=provider)


@dataclass(slots=True)
class _Found:
    statements: list[Statement] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    cut: bool = False

    def take(self, rows: Rows) -> None:
        self.statements.extend(rows.statements)
        self.skipped.extend(rows.skipped)
        self.cut |= rows.cut


def read_announcement(page: Page, rules: Announcement) -> Parsed:
    """Everything an announcement page states; a page without its markers, or that states nothing, is `drift`."""
    if is_json(page.body):
        return Parsed(drift="JSON, not a page")
    document = read_document(page.body, page.content_type)
    body = page.body.lower()
    absent = ["/".join(words) for words in rules.markers if not any(word.encode() in body for word in words)]
    if absent:
        return Parsed(drift=f"not the page expected: no {' and no '.join(absent)}")
    found = _Found()
    floors = _any_text(document, _EARLIEST, "earliest")
    for section in document.sections:
        _read_section(section, rules, found, all_floors=floors)
    empty = not found.statements and _any_text(document, _EMPTY, "no ")
    drift = "" if found.statements or empty else "no statement about a model's life on this page"
    return Parsed(tuple(_merged(found.statements)), tuple(found.skipped), drift, found.cut, empty)


def _read_section(section: Section, rules: Announcement, found: _Found, *, all_floors: bool) -> None:
    said_on, said_in = heading_date(section) if rules.heading is Heading.ANNOUNCED else (None, "")
    days_told = told(section)
    if days_told and said_on is None:
        said_on, said_in = days_told[0]
    frame = Frame(rules.provider, said_on, said_in, rules.promises, all_floors, rules.order, _scope(section))
    lifecycle = [block for block in section.blocks if isinstance(block, Table) and speaks_of_lifecycles(block)]
    timelines = [block for block in section.blocks if isinstance(block, Table) and is_timeline(block)]
    start = len(found.statements)
    for table in lifecycle:
        found.take(read_rows(table, frame))
    for table in timelines:
        found.take(read_timeline(table, frame, topic(section)))
    mine = found.statements[start:]
    found.statements.extend(_told_otherwise(mine, days_told, frame))
    if timelines and days_told and not any(isinstance(statement.fact, Deprecated) for statement in mine):
        found.statements.extend(_announced(mine, *days_told[0]))
    _read_text(section, rules, frame, found, tabled=bool(lifecycle or timelines), models=mine)


def _read_text(section: Section, rules: Announcement, frame: Frame, found: _Found, *, tabled: bool, models: list[Statement]) -> None:
    prose = Prose(rules.provider, dict(rules.surfaces), rules.first_hand, said_on=frame.said_on)
    for block, text in texts(section.blocks):
        found.statements.extend(_about_these(text, models))
        if tabled and not (isinstance(block, Note) and text.codes):
            continue
        said = read_prose(text, prose)
        found.statements.extend(said)
        if not said and isinstance(block, Items) and _promises_news(text):
            found.skipped.append(Skipped(text.plain[:300], "a list item with a date or an end, and no statement", "item"))


def _promises_news(text: Text) -> bool:
    return (
        len(text.plain) <= LONGEST
        and has_lifecycle_word(text.plain)
        and bool(names_in(text.plain, text.codes))
        and bool(find_dates(text.plain))
    )


def _told_otherwise(mine: list[Statement], days_told: list[tuple[When, str]], frame: Frame) -> Iterator[Statement]:
    """A second announcement day in the prose contradicts the heading's; a month that holds it does not."""
    if frame.said_on is None:
        return
    for when, sentence in days_told:
        if not when.starts_on <= frame.said_on.starts_on <= when.ends_on:
            yield from _announced(mine, when, sentence)


def _announced(mine: list[Statement], when: When, sentence: str) -> list[Statement]:
    subjects = {statement.key: statement for statement in mine if isinstance(statement.fact, Retires)}
    return [replace(statement, fact=Deprecated(when), quote=sentence) for statement in subjects.values()]


def _about_these(text: Text, models: list[Statement]) -> Iterator[Statement]:
    """ "These models were retired October 28, 2025." speaks of every model of the section's table."""
    for sentence in sentences(text.plain) if models and _THIS.search(text.plain) else ():
        ends = [verb for verb in verbs(sentence) if verb.act is Act.END] if _THESE.match(sentence) else []
        if not ends:
            continue
        when = next((date.when for date in find_dates(sentence)), None)
        subjects = {statement.key: statement for statement in models if statement.kind is Kind.MODEL}
        for statement in subjects.values():
            if when:
                yield replace(statement, fact=Retires(when), quote=sentence)
            if ends[0].done:
                yield replace(statement, fact=InStage(Stage.RETIRED), quote=sentence)


def _merged(statements: list[Statement]) -> Iterator[Statement]:
    """Each statement once: the same date said with and without its clock is said with it."""
    timed = {(item.key, item.fact.on.value, item.place): item for item in statements if isinstance(item.fact, Retires) and item.fact.on.at}
    kept: dict[tuple[str, type], list[Statement]] = {}
    for item in statements:
        best = timed.get((item.key, item.fact.on.value, item.place), item) if timed and isinstance(item.fact, Retires) else item
        alike = kept.setdefault((best.key.model, type(best.fact)), [])
        if not any(_says_the_same(best, other) for other in alike):
            alike.append(best)
            yield best


def _says_the_same(one: Statement, other: Statement) -> bool:
    """Whether two statements of a page differ at most in their words."""
    return replace(one, quote=other.quote) == other


def _scope(section: Section) -> Scope:
    return FINE_TUNING if _FINE_TUNING.match(topic(section)) else EVERYWHERE


def _any_text(document: Document, pattern: re.Pattern[str], word: str) -> bool:
    """Whether a text outside the tables matches; *word* stands in all that do."""
    plain = (text.plain for section in document.sections for _, text in texts(section.blocks))
    said = (sentence for text in plain if word in text.casefold() for sentence in sentences(text))
    return any(len(sentence) <= LONGEST and pattern.search(sentence) for sentence in said)
