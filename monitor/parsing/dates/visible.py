"""Text without its invisible characters, and the way back to where each one stood."""

import re

from msgspec import Struct

# Soft hyphen, zero-width spaces and joiners, direction marks, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


class Visible(Struct, frozen=True, gc=False):
    """The visible *text* of *source*; *places* gives each character's index in *source*, or is None where nothing was taken out."""

    source: str
    text: str
    places: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the source."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def visible(source: str) -> Visible:
    """What of *source* a reader sees."""
    if source.isascii():
        return Visible(source, source)
    text = _INVISIBLE.sub("", source)
    if len(text) == len(source):
        return Visible(source, source)
    hidden = {place for match in _INVISIBLE.finditer(source) for place in range(*match.span())}
    return Visible(source, text, tuple(place for place in range(len(source)) if place not in hidden))
