"""Which of a page's names are models': "Nova 2" is one where the page speaks of models, or of `nova-2-lite`; "Stage 2" nowhere."""

import re
from collections.abc import Callable, Iterable, Iterator

from monitor.parsing.documents import Document, Table
from monitor.parsing.headings import texts

_PLAIN = re.compile(r"(?:[A-Z][A-Za-z]*\s+)+\d+(?:\.[\dx]+)*(?:\s+[A-Z][A-Za-z]*)*")  # ordinary words and a number
_MODEL = re.compile(r"\b(?:models?|LLMs?|checkpoints?|snapshots?)\b", re.IGNORECASE)
_ID = re.compile(r"(?<![\w/.@-])[a-z]{2,}(?:-[a-z0-9.]+)*(?:-|(?<=[a-z]))\d[\w.-]*")
_WORD = re.compile(r"[a-z]{2,}")
_BEFORE = re.compile(r"(?<![\w.+-])((?:[A-Z][\w.+-]*\s+){1,5})(?:[a-z]\w*\s+){0,2}models?\b")
_BEHIND = re.compile(r"\b[Mm]odels?(?:,|:|\s+(?:such\s+as|like|named|called|including|are|is))?\s+([A-Z][\w.+-]*)")
_OPENING = 2  # words of a name, one of which the page must know


def speaks_of_models(text: str) -> bool:
    """Whether models are named as such in the text."""
    return _MODEL.search(text) is not None


class Spoken:
    """What a page shows of names, found out when it is first asked: most pages never are."""

    def __init__(self, said: Callable[[], Iterable[str]]) -> None:
        """Take what gives the texts of the page."""
        self._said = said
        self._words: frozenset[str] | None = None

    def shows(self, name: str, sentence: str) -> bool:
        """Whether a name is a model's by its own form, by its sentence, or by what the page says elsewhere."""
        if not _PLAIN.fullmatch(name) or speaks_of_models(sentence):
            return True
        if self._words is None:
            self._words = frozenset(word for text in self._said() for word in _words_of_models(text))
        return not self._words.isdisjoint(_WORD.findall(name.lower())[:_OPENING])


def every_text(documents: Iterable[Document]) -> Iterator[str]:
    """Every text of some documents: headings, tables, all else."""
    for document in documents:
        for section in document.sections:
            yield section.title.plain
            yield from (text.plain for _, text in texts(section.blocks))
            tables = [block for block in section.blocks if isinstance(block, Table)]
            yield from (cell.plain for table in tables for row in (table.header, *(row.cells for row in table.rows)) for cell in row)


def _words_of_models(text: str) -> Iterator[str]:
    """The words of ids, and the capitalised ones beside "model"."""
    for found in _ID.finditer(text.lower()):
        yield from _WORD.findall(found[0])[:_OPENING]
    if speaks_of_models(text):
        for named in (*_BEFORE.finditer(text), *_BEHIND.finditer(text)):
            yield from _WORD.findall(named[1].lower())
