"""A feed → statements: each entry read as an announcement of its own, dated the day it was published."""

import re
from collections.abc import Iterator
from dataclasses import replace

from msgspec import structs

from monitor.domain.claims import Skipped, Statement, substance
from monitor.domain.facts import Deprecated, InStage, Redirects, Retires
from monitor.domain.lines import fold
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.parsing.announcement import Announcement, read_announced
from monitor.parsing.dates import find_dates
from monitor.parsing.documents import Document, Paragraph, Section, Table, Text, read_fragment
from monitor.parsing.naming.names import is_id
from monitor.parsing.news.feeds import FeedEntry, read_entries
from monitor.parsing.prose.paragraphs import names_in
from monitor.parsing.prose.spoken import Spoken, every_text
from monitor.parsing.prose.verbs import has_lifecycle_word

_NEWS = (Retires, Deprecated, Redirects, InStage)
_ENDING = re.compile(r"\b(?:EOL|going\s+away|(?:say(?:ing)?\s+)?(?:goodbye|farewell))\b", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-z][a-z0-9]*+[\s/>]|&(?:\w{1,32}|#\w{1,7});", re.IGNORECASE)


def read_feed(page: Page, rules: Announcement) -> Parsed:
    """Everything the entries of a feed state; what is no feed, or has no entry, is `drift`.

    A feed whose entries speak of other things is in order: it says that there is nothing to report.
    """
    entries = read_entries(page)
    if isinstance(entries, str):
        return Parsed(drift=entries)
    documents = [Document(tuple(_sections(entry, title_of(entry)))) for entry in entries]
    spoken = Spoken(lambda: every_text(documents))
    read = [(entry, _read(entry, document, rules, spoken)) for entry, document in zip(entries, documents, strict=True)]
    statements = tuple(
        structs.replace(said, link=entry.link) for entry, parsed in read for said in parsed.statements if _is_said(said, entry)
    )
    skipped = tuple(row for entry, parsed in read for row in (*parsed.skipped, *_unread(entry, parsed)))
    return Parsed(statements, skipped, empty_state=not statements, rolling=True)


def _read(entry: FeedEntry, document: Document, rules: Announcement, spoken: Spoken) -> Parsed:
    parsed = read_announced(document, replace(rules, published=entry.published), spoken)
    return replace(parsed, statements=_in_one_spelling(parsed.statements))


def _in_one_spelling(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The statements with the id that an entry gives a model where it spells the same name otherwise too, as titles do; each once."""
    ids = {fold(said.key.model): said.key.model for said in statements if is_id(said.key.model) and said.key.model == fold(said.key.model)}
    kept: dict[object, Statement] = {}
    for statement in statements:
        name = statement.key.model
        said = structs.replace(statement, key=structs.replace(statement.key, model=ids.get(fold(name), name)))
        kept.setdefault(substance(said), said)
    return tuple(kept.values())


def _sections(entry: FeedEntry, title: Text) -> Iterator[Section]:
    """The entry's title as its heading and first words, with what its content has above its own headings.

    A title stands apart from a table, beside which prose counts for little.
    """
    sections = read_fragment(entry.content, html=_is_html(entry.content) if entry.html is None else entry.html)
    lead = tuple(block for section in sections if not section.level for block in section.blocks)
    tabled = any(isinstance(block, Table) for block in lead)
    yield Section(title, 1, (Paragraph(title), *(() if tabled else lead)))
    if tabled:
        yield Section(Text(""), 2, lead, (title.plain,))
    for section in sections:
        if section.level:
            yield structs.replace(section, level=section.level + 1, path=(title.plain, *section.path))


def title_of(entry: FeedEntry) -> Text:
    """An entry's title, which may be HTML, as one line."""
    sections = read_fragment(entry.title, html=True) if entry.html is None and _is_html(entry.title) else ()
    paragraphs = [block.text for section in sections for block in section.blocks if isinstance(block, Paragraph)]
    return paragraphs[0] if len(paragraphs) == 1 else Text(" ".join(entry.title.split()))


def _is_html(text: str) -> bool:
    return _MARKUP.search(text) is not None


def _is_said(statement: Statement, entry: FeedEntry) -> bool:
    """Whether the entry itself says so. The day it was published may be that of a reminder: it deprecates nothing by itself."""
    day = entry.published if isinstance(statement.fact, Deprecated) else None
    return day is None or statement.fact != Deprecated(day) or any(date.when.value == day.value for date in find_dates(statement.quote))


def _unread(entry: FeedEntry, parsed: Parsed) -> Iterator[Skipped]:
    """An entry whose title promises news about a model's end that none of its words gave."""
    title = title_of(entry)
    given = parsed.skipped or any(isinstance(said.fact, _NEWS) for said in parsed.statements)
    if not given and (has_lifecycle_word(title.plain) or _ENDING.search(title.plain)) and names_in(title.plain, title.codes):
        yield Skipped(title.plain[:300], "an entry about an end, and no statement", "entry")
