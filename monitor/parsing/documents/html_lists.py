"""Collects the items of one HTML list, nested lists flattened, while its events go by."""

from monitor.parsing.documents.model import Text
from monitor.parsing.documents.runs import join


class ItemWriter:
    """A list under construction; a definition joins the term before it."""

    def __init__(self) -> None:
        """Begin with no item."""
        self.items: list[Text] = []
        self._term_waits = False

    def end_item(self, text: Text) -> None:
        """Add an item, if it says anything."""
        if text:
            self.items.append(text)
            self._term_waits = False

    def end_term(self, text: Text) -> None:
        """Add a term, to which the next definition belongs."""
        self.end_item(text)
        self._term_waits = bool(text)

    def end_definition(self, text: Text) -> None:
        """Add a definition to its term, or on its own where it has none."""
        if text and self._term_waits:
            text = join((self.items.pop(), text), ": ")
        self.end_item(text)
