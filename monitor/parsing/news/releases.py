"""Release notes: dated entries, each titled with the model that came out that day."""

import re
from collections.abc import Iterator

from monitor.domain.claims import Skipped, Statement
from monitor.domain.facts import Released, ReplacedBy, Retires
from monitor.domain.identity import ModelKey
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.domain.when import When
from monitor.parsing.declaration import Announcement, misfits
from monitor.parsing.documents import Items, Section, Text, read_document
from monitor.parsing.headings import heading_date, texts
from monitor.parsing.naming.names import MAX_NAME, is_id
from monitor.parsing.prose.paragraphs import Prose, Told, read_prose
from monitor.parsing.prose.verbs import has_lifecycle_word

_SPLIT = re.compile(r"\s*(?:,|&|\s/|/\s|\band\b)\s*")
_SERIES = re.compile(r"\s+(?:model\s+)?(?:series|family|models?)$", re.IGNORECASE)
_NAME = re.compile(r"[A-Z](?:[- ]?[\w.+])*(?:\s\((?:Beta|Preview)\))?", re.IGNORECASE)  # one character a step: no two ways to match
_OTHER = re.compile(r"\b(?:agents?|API|plan|platform|tool|plugin|update|pricing|docs?|console|app)\b", re.IGNORECASE)
_SHAPED = re.compile(r"\d|-")
_MOST_WORDS = 5


def read_releases(page: Page, rules: Announcement) -> Parsed:
    """The release of every model that a dated entry is titled with; entries about anything else are skipped with that reason."""
    if misfit := misfits(page, rules):
        return Parsed(drift=misfit)
    statements: list[Statement] = []
    skipped: list[Skipped] = []
    for section in read_document(page.body, page.content_type).sections:
        day, day_in = heading_date(section)
        if day:
            for title, others in _titles(section):
                statements.extend(_ends(section, title, rules, day, day_in))
                names = _names(title, others)
                statements.extend(_released(rules.provider, name, day, day_in) for name in names)
                skipped.extend([] if names else [Skipped(f"{day_in} {title.plain}"[:300], "an entry whose title names no model", "entry")])
    return Parsed(tuple(dict.fromkeys(statements)), tuple(skipped), "" if statements else "no dated entry with a model's name on this page")


def _released(provider: str, name: str, day: When, day_in: str) -> Statement:
    return Statement(ModelKey(provider, name), Released(day), day_in, said_on=day)


def _ends(section: Section, title: Text, rules: Announcement, day: When, day_in: str) -> Iterator[Statement]:
    """What an entry says below its title of models that end, and of what replaces those."""
    prose, so_far = Prose(rules.provider, dict(rules.surfaces), near=day, said_on=day, said_in=day_in, order=rules.order), Told()
    for _, text in texts(section.blocks):
        said = read_prose(text, prose, so_far) if text is not title and has_lifecycle_word(text.plain) else ()
        ends = {statement.key for statement in said if isinstance(statement.fact, Retires)}
        yield from (statement for statement in said if statement.key in ends and isinstance(statement.fact, Retires | ReplacedBy))


def _titles(section: Section) -> Iterator[tuple[Text, str]]:
    """The first text of a section, which titles its entry, with what stands below it."""
    blocks = [(block, text) for block, text in texts(section.blocks) if not isinstance(block, Items)]
    if blocks:
        below = " ".join(text.plain for _, text in texts(section.blocks) if text is not blocks[0][1])
        yield blocks[0][1], below


def _names(title: Text, below: str) -> list[str]:
    """The models a title names; the spelling of the text below it, where that has the form of an id."""
    found = []
    for part in _SPLIT.split(title.plain):
        name = _SERIES.sub("", part.strip())
        if (
            len(name) <= MAX_NAME
            and len(name.split()) <= _MOST_WORDS
            and _NAME.fullmatch(name)
            and _SHAPED.search(name)
            and not _OTHER.search(name)
        ):
            found.append(_spelled(name, below))
    return found


def _spelled(name: str, below: str) -> str:
    """The id that the text gives for a display name: "MiniMax-M3" for "MiniMax M3"."""
    form = name.replace(" ", "-")
    return form if " " in name and is_id(form) and re.search(rf"(?<![\w-]){re.escape(form)}(?![\w-])", below) else name
