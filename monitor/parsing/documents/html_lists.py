"""Collects the items of one HTML list, nested lists flattened, while its events go by."""

from monitor.parsing.documents.model import Text
from monitor.parsing.documents.runs import join


class ItemWriter:
    """A list under construction; a definition joins the term before it."""

    def __init__(self) -> None:
        """Begin with no item."""
        self.items: list[Text] = []
        self._term_waits = False

    def end(self, tag: str, text: Text) -> None:
        """Add an item, a term or a definition, by its *tag*."""
        if tag == "dt":
            self._end_term(text)
        elif tag == "dd":
            self._end_definition(text)
        else:
            self._end_item(text)

    def _end_item(self, text: Text) -> None:
        """Add an item, if it says anything."""
        if text:
            self.items.append(text)
            self._term_waits = False

    def _end_term(self, text: Text) -> None:
        """Add a term, to which the next definition belongs."""
        self._end_item(text)
        self._term_waits = bool(text)

    def _end_definition(self, text: Text) -> None:
        """Add a definition to its term, or on its own where it has none."""
        if text and self._term_waits:
            text = join((self.items.pop(), text), ": ")
        self._end_item(text)
