"""Finds the stars, underscores and tildes that are emphasis and takes them out; the others are text (`2 weeks*`, `snake_case`)."""

from collections.abc import Callable

_STRONG = 2


class Emphasis:
    """Matches runs of delimiters over the *parts* of a text; each delimiter is looked at once, so it takes linear time."""

    def __init__(self, parts: list[str], strike: Callable[[int], None]) -> None:
        """Work on *parts*, in which each run of delimiters is a part of its own; *strike* takes back the parts from a place on."""
        self._parts = parts
        self._strike = strike
        self._openers: dict[str, list[int]] = {"*": [], "_": [], "~": []}

    def add(self, run: str, before: str, after: str) -> None:
        """Append a *run* of one delimiter that stands between the characters *before* and *after* ("" at the ends)."""
        mark = run[0]
        if mark == "~" and len(run) != _STRONG:
            self._parts.append(run)
            return
        opens, closes = _flanks(run, before or " ", after or " ")
        left = self._close(mark, len(run)) if closes else len(run)
        if opens and left:
            self._openers[mark].append(len(self._parts))
        self._parts.append(mark * left)

    def _close(self, mark: str, left: int) -> int:
        """Take out as many openers as the run closes; return how much of it is left."""
        openers = self._openers[mark]
        while left and openers:
            opener = self._parts[openers[-1]] if openers[-1] < len(self._parts) else ""
            if not opener.startswith(mark):  # taken out with an image or a footnote mark
                openers.pop()
                continue
            both = min(left, len(opener))
            self._parts[openers[-1]] = opener[both:]
            left -= both
            place = openers[-1]
            if both == len(opener):
                openers.pop()
            if mark == "~":
                self._strike(place)
        return left


def _flanks(run: str, before: str, after: str) -> tuple[bool, bool]:
    """Tell whether *run* can open and can close (CommonMark 6.2, but for strong emphasis white space alone counts)."""
    left, right = not after.isspace(), not before.isspace()
    if run.startswith("**"):
        return left, right
    words = before.isalnum(), after.isalnum()
    opens = left and (words[1] or not words[0])
    closes = right and (words[0] or not words[1])
    if run[0] == "_":
        return opens and not words[0], closes and not words[1]
    return opens, closes
