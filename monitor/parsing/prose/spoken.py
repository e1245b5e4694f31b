"""Which of a page's names are models': "Nova 2" is one where the page speaks of models, or of `nova-2-lite`; "Stage 2" nowhere."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from monitor.domain.providers import PROVIDERS
from monitor.parsing.documents import Document, Table
from monitor.parsing.headings import texts
from monitor.parsing.naming.occurrences import every_place

_PLAIN = re.compile(r"(?:[A-Z][A-Za-z]*\s+)+\d+(?:\.[\dx]+)*(?:\s+[A-Z][A-Za-z]*)*")  # ordinary words and a number
_MODEL = re.compile(r"\b(?:models?|LLMs?|checkpoints?|snapshots?)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{2,}", re.IGNORECASE)
_APIS = frozenset(title.split()[0] for title in PROVIDERS.values() if title.endswith(" API"))  # an API is called as its models are
_OPENING = 2  # words of a name, one of which the page must know
_ID = re.compile(r"(?:-[a-z]++)*+-?\d")  # behind its first word
_BEHIND = re.compile(r"(?:\s+[A-Z\d][\w.+-]*+){0,4}(?:\s+[a-z]\w*+){0,2}\s+models?\b")
_BEFORE = re.compile(r"\b[Mm]odels?(?:,|:|\s+(?:such\s+as|like|named|called|including|are|is))?\s+$")
_NEAR, _OFTEN = 30, 1000  # characters before a word; places that are looked at
_MOST = 64  # words that a page is asked for: each is looked for in all of it


class Spoken:
    """What a page shows of names, found out when it is first asked: most pages never are."""

    def __init__(self, said: Callable[[], Iterable[str]]) -> None:
        """Take what gives the texts of the page."""
        self._said = said
        self._page = self._lower = ""
        self._known: dict[str, bool] = {}

    def shows(self, name: str, *around: str) -> bool:
        """Whether a name is a model's by its own form, by its sentence and the headings *around* it, or by what the page says elsewhere."""
        if not _PLAIN.fullmatch(name) or any(map(_MODEL.search, around)):
            return True
        return any(map(self._is_models, _WORD.findall(name)[:_OPENING]))

    def _is_models(self, word: str) -> bool:
        """Whether a word begins an id on the page ("nova-lite-2"), or stands beside "model" there ("models like Nova")."""
        if word in _APIS:
            return True
        if word not in self._known:
            if not self._page:
                self._page = "\n".join(self._said())
                self._lower = self._page.lower()
            places = islice(every_place(self._lower, word.lower()), _OFTEN) if len(self._known) < _MOST else ()
            self._known[word] = any(self._shown(word, start, end) for start, end in places)
        return self._known[word]

    def _shown(self, word: str, start: int, end: int) -> bool:
        before = self._page[max(0, start - _NEAR) : start]
        if before[-1:].isalnum() or before.endswith(("_", "/", ".", "@", "-")):
            return False
        named = self._page.startswith(word, start)
        return bool(_ID.match(self._page, end) or (named and (_BEHIND.match(self._page, end) or _BEFORE.search(before))))


def every_text(documents: Iterable[Document]) -> Iterator[str]:
    """Every text of some documents: headings, tables, all else."""
    for document in documents:
        for section in document.sections:
            yield section.title.plain
            yield from (text.plain for _, text in texts(section.blocks))
            tables = [block for block in section.blocks if isinstance(block, Table)]
            yield from (cell.plain for table in tables for row in (table.header, *(row.cells for row in table.rows)) for cell in row)
