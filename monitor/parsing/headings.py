"""What surrounds a table: the section's texts, the date and topic of its heading, and who was told when."""

import re
from collections.abc import Iterator
from functools import lru_cache

from monitor.domain.when import Precision, When
from monitor.parsing.dates import Found, find_dates
from monitor.parsing.documents import Block, Items, Note, Paragraph, Section, Text
from monitor.parsing.naming.names import has_digit
from monitor.parsing.prose.sentences import sentences, tells

_UPDATE_OF = re.compile(r"^(?:an?\s+)?(?:updates?|changes?)\s+to\s+(?:\S+[’']s\s+)?", re.IGNORECASE)
_ON = re.compile(r"^\W*(?:on|in)\s+", re.IGNORECASE)
_AROUND = " :-\u2013\u2014"
_DATED = re.compile(r"^\W*(?:date|posted|published|updated|announced)\W*$", re.IGNORECASE)
_SUBORDINATE = re.compile(r"\W*(?:when|after|since|although|while)\b", re.IGNORECASE)
_WE = re.compile(r"^,?\s+(?:we|our\s+team)\s+(?:have\s+|also\s+)?(?:emailed|notified|announced|informed|told)\b", re.IGNORECASE)


def texts(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, Text]]:
    """Every text of a section that stands in no table, with its block."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block, block.text
        elif isinstance(block, Items):
            yield from ((block, item) for item in block.items)
        elif isinstance(block, Note):
            yield from ((block, paragraph) for paragraph in block.paragraphs)


@lru_cache(maxsize=512)
def _opening_date(title: str) -> Found | None:
    """The date a heading begins with."""
    dates = find_dates(title) if has_digit(title) else ()
    lead = title[: dates[0].start].strip(_AROUND) if dates else ""
    return dates[0] if dates and (not lead or _DATED.match(lead)) else None


def heading_date(section: Section) -> tuple[When | None, str]:
    """The date at the start of the section's heading, or of the nearest heading above it, and that heading's text."""
    for title in (section.title.plain, *reversed(section.path)):
        date = _opening_date(title)
        if date:
            return date.when, title
    return None, ""


def entry_day(section: Section) -> tuple[When, str] | None:
    """The day of the changelog entry a section stands in, and the heading that is this day and nothing else."""
    for title in (section.title.plain, *reversed(section.path)):
        date = _opening_date(title)
        if date:
            alone = not title[date.end :].strip(_AROUND)
            return (date.when, title) if alone and date.when.precision is Precision.DAY else None
    return None


def told(section: Section, near: When | None = None) -> list[tuple[When, str]]:
    """The days on which the section says that somebody was told: "On August 26th, 2025, we notified developers …".

    A day without a year takes that of *near*, the heading's, where it does not lie behind it.
    """
    found = []
    for block, text in texts(section.blocks):
        for sentence in sentences(text.plain) if isinstance(block, Paragraph) and tells(text.plain) else ():
            found.extend([(when, sentence)] if (when := _told_on(sentence, near)) else [])
    return found


def _told_on(sentence: str, near: When | None) -> When | None:
    if not tells(sentence):
        return None
    dates = find_dates(sentence)
    if not dates and near:
        dates = tuple(date for date in find_dates(sentence, year=near.starts_on.year) if date.when.starts_on <= near.ends_on)
    for date in dates:
        opens = _ON.match(sentence) and not _ON.sub("", sentence[: date.start])
        if opens or (_WE.match(sentence[date.end :]) and not _SUBORDINATE.match(sentence)):
            return date.when
    return None


def topic(section: Section) -> str:
    """What a section is about: its heading without date and "Update to …"."""
    title = section.title.plain
    date = _opening_date(title)
    if date:
        title = title[date.end :].lstrip(_AROUND)
    return _UPDATE_OF.sub("", title).strip()
