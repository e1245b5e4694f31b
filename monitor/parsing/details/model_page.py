"""A page that describes one model: its names, its specs, and what it says in passing about the model's end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.domain.claims import Place, Statement
from monitor.domain.facts import AliasOf, Listed, Released
from monitor.domain.identity import ModelKey
from monitor.domain.lines import fold, line_of, snapshot_base
from monitor.domain.pages import Page
from monitor.domain.providers import PROVIDERS
from monitor.domain.readings import Parsed
from monitor.parsing.dates import find_dates
from monitor.parsing.details.specs import Found, Line, labelled, may_say, said, settled
from monitor.parsing.documents import Document, Items, Note, Paragraph, Section, Table, Text, is_json, read_document
from monitor.parsing.naming.names import has_digit, is_display_name, is_id, is_service
from monitor.parsing.prose.paragraphs import Prose, read_prose
from monitor.parsing.prose.sentences import sentences
from monitor.parsing.prose.verbs import has_lifecycle_word
from monitor.parsing.screened import Screened

_ID_LABEL = Screened(
    r"\b(?:model\s+(?:id|slug|string|name)|api\s+(?:name|id)|slug)\b[\s:`*\"=]*(?P<id>[\w./:@~+-]*[\w])", "model", "api", "slug"
)
_CODE_ID = re.compile(r"\bmodel\"?\s*[:=]\s*[\"'](?P<id>[\w./:@~+-]+)[\"']")
_URL_ID = re.compile(r"/models?/(?P<id>[\w.:@~+/-]*?\w)/?(?:\.md)?$")
_RELEASED = Screened(r"\b(?:released|launched|introduced)\b", "released", "launched", "introduced")
_SNAPSHOTS = re.compile(r"^snapshots$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ModelPage:
    """A declaration: *listed* where the provider's own page shows that it offers the model; *first_hand* where the provider speaks;
    *markers* are words of which each must occur on a page that fits.
    """

    listed: bool = False
    first_hand: bool = False
    markers: tuple[str, ...] = ()


def read_model_page(page: Page, provider: str, rules: ModelPage) -> Parsed:
    """What the page states about its one model; `drift` where it names none or gives no spec."""
    if is_json(page.body):
        return Parsed(drift="JSON, not a page that describes one model")
    return read_description(page, read_document(page.body, page.content_type), provider, rules)


def read_description(page: Page, document: Document, provider: str, rules: ModelPage) -> Parsed:
    """What a page, read as a *document* before, states about its one model; `drift` where it names none or gives no spec."""
    absent = [word for word in rules.markers if word.encode() not in page.body.lower()]
    if absent:
        return Parsed(drift=f"not the page expected: no {' and no '.join(absent)}")
    texts = tuple(_texts(document))
    lines = tuple(line for section in document.sections for line in _lines(section))
    name = _model(document, lines)
    if not name:
        return Parsed(drift="no page that describes one model: it names none")
    key = ModelKey(provider, name)
    spoken = (sentence for text in texts if may_say(text.plain) for sentence in sentences(text.plain))
    found = settled([*labelled(lines), *(spec for sentence in spoken for spec in said(sentence))])
    if not found:
        return Parsed(drift=f"no page that describes one model: no property of {name}")
    specs = [Statement(key, item.spec, item.quote, place=_place(item)) for item in found]
    return Parsed((*specs, *_names(key, lines, rules), *_released(key, texts), *_ends(key, texts, rules)))


def _place(found: Found) -> Place:
    return Place.STATUS if found.labelled else Place.HISTORY


def _texts(document: Document) -> Iterator[Text]:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield from _by_line(block.text)
            elif isinstance(block, Items):
                yield from (line for item in block.items for line in _by_line(item))
            elif isinstance(block, Note):
                yield from block.paragraphs


def _by_line(text: Text) -> Iterator[Text]:
    """A wrapped paragraph as one text; lines that end like sentences as texts of their own."""
    current: list[str] = []
    for line in text.plain.split("\n"):
        current.append(line)
        if line.rstrip().endswith((".", "!", "?")):
            yield Text(" ".join(current), text.codes)
            current = []
    if current:
        yield Text(" ".join(current), text.codes)


def _lines(section: Section) -> Iterator[Line]:
    yield from (Line(section.title.plain),) if section.title else ()
    for block in section.blocks:
        if isinstance(block, Table):
            yield from (Line(" | ".join(cell.plain for cell in row.cells), tuple(cell.plain for cell in row.cells)) for row in block.rows)
        else:
            texts = (block.text,) if isinstance(block, Paragraph) else block.items if isinstance(block, Items) else block.paragraphs
            yield from (Line(line.strip()) for text in texts for line in text.plain.split("\n") if line.strip())


def _model(document: Document, lines: Sequence[Line]) -> str:
    """The id the page says a request carries; else the name in its title or first lines."""
    for line in lines:
        for found in (*_ID_LABEL.finditer(line.text), *_CODE_ID.finditer(line.text)) if _ID_LABEL.may_match(line.text) else ():
            if is_id(found["id"]):
                return found["id"]
    for address in (document.front.get("url", ""), document.front.get("canonical_url", "")):
        path = _URL_ID.search(address)
        if path and is_id(path["id"]):
            return path["id"]
    titles = [document.front.get("title", ""), *(line.text for line in lines)]
    return next((title for title in titles if is_display_name(title) and has_digit(title) and not is_service(title)), "") or next(
        (title for title in titles[:20] if is_id(title)),
        "",
    )


def _names(key: ModelKey, lines: Sequence[Line], rules: ModelPage) -> Iterator[Statement]:
    """The alias and its snapshots, from the list of snapshots; and that the provider offers them."""
    start = next((index for index, line in enumerate(lines) if _SNAPSHOTS.match(line.text)), len(lines))
    ids = [line.text for line in lines[start : start + 40] if is_id(line.text) and fold(line.text).startswith(snapshot_base(key.model))]
    dated = [name for name in ids if snapshot_base(name) != fold(name)]
    alias = next((name for name in ids if snapshot_base(name) == fold(name)), "")
    if alias and dated:
        beside = (alias, dated[0]) in pairwise(line.text for line in lines[start : start + 40])
        quote = f"{alias} {dated[0]}" if beside else dated[0]  # never a run of words that does not stand on the page
        yield Statement(ModelKey(key.provider, alias), AliasOf(dated[0]), quote, place=Place.STATUS)
    if rules.listed:
        for name in dict.fromkeys([key.model, *ids]):
            yield Statement(ModelKey(key.provider, name), Listed(), name, place=Place.STATUS)


def _released(key: ModelKey, texts: Sequence[Text]) -> Iterator[Statement]:
    for text in texts:
        for sentence in sentences(text.plain) if _RELEASED.may_match(text.plain) else ():
            verb = _RELEASED.search(sentence)
            dates = [date for date in find_dates(sentence) if verb and date.start >= verb.end()]
            if dates:
                yield Statement(key, Released(dates[0].when), sentence)
                return


def _ends(key: ModelKey, texts: Sequence[Text], rules: ModelPage) -> Iterator[Statement]:
    """What is said of this model's end, on whatever surface; other models named in passing are left out."""
    prose = Prose(key.provider, {title: provider for provider, title in PROVIDERS.items()}, rules.first_hand)
    for text in texts:
        if has_lifecycle_word(text.plain):
            for statement in read_prose(text, prose):
                if line_of(statement.key.model) == line_of(key.model):
                    here = statement.key.provider == key.provider
                    yield Statement(key, statement.fact, statement.quote, authority=statement.authority) if here else statement
