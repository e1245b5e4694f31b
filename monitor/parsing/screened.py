"""Patterns that are tried only where one of their stems stands in the text: most texts of most pages have none.

Finding a few words takes a twentieth of the time that a pattern of many words takes to find nothing.
"""

import re
from collections.abc import Iterator


class Screened:
    """A pattern, and *stems*, letters in lower case of which every match of it holds at least one."""

    __slots__ = ("_stems", "pattern")

    def __init__(self, pattern: str, *stems: str, flags: re.RegexFlag = re.IGNORECASE) -> None:
        """Compile *pattern*, by default without regard to case."""
        self.pattern = re.compile(pattern, flags)
        self._stems = stems

    def may_match(self, text: str) -> bool:
        """Whether a match is possible at all."""
        return any(map(text.casefold().__contains__, self._stems))

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self.pattern.search(text) if any(map(text.casefold().__contains__, self._stems)) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match."""
        return self.pattern.finditer(text) if any(map(text.casefold().__contains__, self._stems)) else iter(())


_WORD = re.compile(r"\w+")


def words_of(text: str) -> frozenset[str]:
    """The words of a text, in lower case."""
    return frozenset(_WORD.findall(text.casefold()))


class Worded:
    """A pattern, without regard to case, and *words*, of which every match of it holds at least one as a whole word.

    For texts that many patterns are tried on: their words are told apart once.
    """

    __slots__ = ("_words", "pattern")

    def __init__(self, pattern: str, words: str) -> None:
        """Compile *pattern*; *words* stand apart by spaces."""
        self.pattern = re.compile(pattern, re.IGNORECASE)
        self._words = frozenset(words.split())

    def stands_in(self, text: str, words: frozenset[str]) -> bool:
        """Whether it matches in a text of these *words*."""
        return not self._words.isdisjoint(words) and self.pattern.search(text) is not None
