"""Where a name stands in a text, found without a pattern of its own: a page has hundreds of names, and each pattern has to be made."""

from collections.abc import Iterator


def every_place(text: str, part: str, since: int = 0, until: int | None = None) -> Iterator[tuple[int, int]]:
    """Start and end of every occurrence of a part in a text, or between two places of it, one behind the other."""
    at = text.find(part, since, until) if part else -1
    while at >= 0:
        yield at, at + len(part)
        at = text.find(part, at + len(part), until)


def whole_places(text: str, part: str, since: int = 0, until: int | None = None) -> Iterator[tuple[int, int]]:
    """Those where the part is no piece of a longer id, path or word."""
    for start, end in every_place(text, part, since, until):
        before, behind = text[start - 1 : start] if start else "", text[end : end + 1]
        if not (before.isalnum() or behind.isalnum() or before in {"_", "/", ".", "-"} or behind in {"_", "/", "-"}):
            yield start, end
